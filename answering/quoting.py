"""The extractive writer: the one to three sentences that answer best, quoted exactly. It never invents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from langchain_core.runnables import RunnableLambda

from answering.brief import Brief, Draft, Quote, Writer
from consultation.folding import folded
from knowledge.retrieval import Hit

MOST_QUOTES = 3
LONGEST_QUOTE = 320
"""Characters: three quotes and their frame stay under 900, a length that is read in Slack."""
PASSAGES = 3  # beyond the third, a sentence rarely says what the first did not
NEAR_BEST = 0.75  # of the best sentence's score: what lies below rarely adds to the answer
SAME = 0.6  # share of common character pairs from which two sentences say the same
SHORT_LINE = 9  # characters: headings and labels, no sentences

NUMBER_BONUS, NAME_BONUS = 0.12, 0.15  # small against the scores' range of [0, 1]: they decide between near ones
_ASKS_NUMBER = re.compile(
    r"どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度)|いくら|いくつ|何(?:[時分秒日月年人件円回枚割倍頁台校社個]|%|パーセント|ページ|団体|自治体)|"
    r"数字|数値|割合|率|人数|件数|時間|金額|額|費用|単価|効果|削減|期限|締切|〆切|いつ|上限|how (?:much|many|long)|when"
)
_DIGIT = re.compile(r"[0-9０-９]")
_NAMED = re.compile(
    r"[一-龥々ァ-ヴーぁ-ん]{1,6}?[市区町村県府都](?![民役長内外])|[ァ-ヴー]{3,}|[A-Za-z][A-Za-z0-9\-]{2,}"
)
_LEANS_BACK = re.compile(
    r"^(?:これ|それ|その|この|ここ|そこ|同(?:市|町|村|区|県|社|事業|団体|年度|様)|こう(?:し|い)|そう(?:し|い)|また|一方|なお|ただし|"
    r"さらに|しかし|そのため|このため|例えば|たとえば|特に|あわせて|併せて|加えて|つまり)"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    index: int
    score: float

    @property
    def sentence(self) -> str:
        return self.hit.passage.sentences[self.index]


def quoting_writer() -> Writer:
    """The writer that needs no model and no key."""
    return RunnableLambda(quote, name="quoting")


def quote(brief: Brief) -> Draft:
    """The best sentence of the first passage, then others near it that say something else."""
    hits = brief.hits[:PASSAGES]
    candidates = sorted(_candidates(brief, hits), key=lambda candidate: -candidate.score)
    first = next((candidate for candidate in candidates if candidate.hit is hits[0]), None)
    if first is None:
        return Draft(())
    chosen = [first]
    for candidate in candidates:
        if len(chosen) < MOST_QUOTES and candidate.score >= NEAR_BEST * first.score and _adds(candidate, chosen):
            chosen.append(candidate)
    return Draft(tuple(_quoted(candidate) for candidate in chosen))


def _candidates(brief: Brief, hits: tuple[Hit, ...]) -> Iterator[_Candidate]:
    question = folded(brief.question)
    wants_number = _ASKS_NUMBER.search(question) is not None
    named = set(_NAMED.findall(question))
    for hit in hits:
        for index, score in enumerate(hit.sentence_scores):
            sentence = hit.passage.sentences[index]
            if len(sentence.strip()) < SHORT_LINE and len(hit.passage.sentences) > 1:
                continue
            bonus = NUMBER_BONUS * (wants_number and _DIGIT.search(sentence) is not None)
            bonus += NAME_BONUS * _share(named, folded(sentence + hit.passage.context))
            yield _Candidate(hit, index, (score + hit.score) / 2 + bonus)


def _share(named: set[str], text: str) -> float:
    return sum(name in text for name in named) / len(named) if named else 0.0


def _adds(candidate: _Candidate, chosen: list[_Candidate]) -> bool:
    text = _quoted(candidate).text
    return not any(
        text in (other := _quoted(picked).text) or other in text or _likeness(text, other) >= SAME for picked in chosen
    )


def _likeness(one: str, other: str) -> float:
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _pairs(text: str) -> set[str]:
    letters = "".join(folded(text).split())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def _quoted(candidate: _Candidate) -> Quote:
    """The sentence as it stands; with the one before it where it leans back on that."""
    passage, sentence = candidate.hit.passage, candidate.sentence
    own = Quote(passage, _shortened(sentence.strip()), candidate.score)
    if candidate.index == 0 or not _LEANS_BACK.match(sentence.strip()):
        return own
    before = passage.sentences[candidate.index - 1]
    both = (before + sentence).strip()
    stands = both in passage.text and len(both) <= LONGEST_QUOTE and len(before.strip()) >= SHORT_LINE
    return replace(own, text=both) if stands else own


def _shortened(sentence: str) -> str:
    """A beginning of an over-long sentence (a table row, say), up to its last pause: still an exact quotation."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    head = sentence[:LONGEST_QUOTE]
    pause = max(head.rfind(mark) for mark in "、。／\n")
    return head[: pause + 1] if pause > LONGEST_QUOTE // 2 else head
