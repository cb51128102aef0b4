"""Whether what is asked is what an article answers: its question is near to many others that it does not answer."""

import re
from collections.abc import Mapping, Sequence

from answering.checking import Standing
from consultation.folding import folded
from consultation.passage import MaterialKind, Passage
from knowledge.tokens import Analyser

HEAVY = 0.4  # of the question's heaviest word: a word from there on must stand in the article (docs/decisions/0026)
FRAME = frozenset("いつ どこ 誰 だれ いくら 場合 際 時 とき 要る".split())  # how it is asked, which _ASKED looks at

# What a question asks for. One that asks for what the article's own does not ask for is another question.
_ASKED = tuple(
    re.compile(words)
    for words in (
        r"どこ|どちら|何処|場所",
        r"誰|だれ|どなた|どの(?:課|係|部署|職員|担当)|何(?:課|係)|担当者は",
        r"なぜ|何故|どうして|理由",
        r"いつ|何[日月年週](?!が|を)|期限|期日|時期|期間|何[かヶカケ箇]月|タイミング",
        r"いくら|何円|費用|金額|料金|価格|単価|月額|予算",
        r"何(?:人|名|件|回|時間|分|枚|台|割|%|パーセント|団体|個|種類|つ)|いくつ"
        r"|どれ(?:くらい|ぐらい|ほど|だけ)|どの(?:くらい|ぐらい|程度)",
        r"どう(?:やって|すれば|したら|する|作|書|進)|どのように|方法|手順|進め方|仕方|やり方|書き方",
        r"どれ|どの(?!くらい|ぐらい|程度|よう)|どんな|どのような|どういう|何が|何を",
    )
)


def rightly_quoted(
    question: str, weights: Mapping[str, float], standing: Sequence[Standing], analyser: Analyser
) -> tuple[Standing, ...]:
    """The quotations without those of articles on another question; none where the first one is such."""
    fits = [
        item.passage.kind is not MaterialKind.ARTICLE or repeats(question, weights, item.passage, analyser)
        for item in standing
    ]
    return tuple(item for item, fit in zip(standing, fits, strict=True) if fit) if fits[:1] == [True] else ()


def repeats(question: str, weights: Mapping[str, float], article: Passage, analyser: Analyser) -> bool:
    """Whether the article holds each weighty word of the question, and its own question asks for the same."""
    own = folded(article.heading[-1] if article.heading else article.title)
    asked = folded(question)
    if any(kind.search(asked) and not kind.search(own) for kind in _ASKED):
        return False
    held = frozenset(analyser.terms(f"{article.context}\n{article.text}").words)
    heaviest = max(weights.values(), default=0.0)
    weighty = {word for word, weight in weights.items() if weight >= HEAVY * heaviest}
    return weighty - FRAME <= held
