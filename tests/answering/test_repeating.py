"""An article is quoted to its own question, and not to its neighbours'."""

import pytest

from answering.checking import Standing, citation_of
from answering.repeating import repeats, rightly_quoted
from consultation.passage import MaterialKind, Passage
from tests.answering.shelf import ANALYSER, NURSERY, passage

OWN = "議事録AIの録音データは、文字にしたあと何日で消せばよいですか"
ARTICLE = passage(
    "K",
    "議事録AIの録音データは、文字にしたものを確認したあと30日以内に消してください。",
    title=f"ナレッジ：{OWN}",
    kind=MaterialKind.ARTICLE,
)


def weights(question: str) -> dict[str, float]:
    return dict.fromkeys(ANALYSER.question_terms(question).words, 1.0)


def standing(item: Passage) -> Standing:
    return Standing(citation_of(item, item.sentences[0], 0.9), item)


@pytest.mark.parametrize(
    "asked",
    [
        OWN,
        "議事録AIの録音データを文字にしたあと、何日で消すのがよいでしょうか。",
        "文字にしたあとの議事録AIの録音データは、いつ消せばいいですか",
        "議事録AIの録音データは消してください、とのことですか",
    ],
)
def test_the_same_question_is_answered_by_it(asked: str) -> None:
    assert repeats(asked, weights(asked), ARTICLE, ANALYSER)


@pytest.mark.parametrize(
    "asked",
    [
        "議事録AIの録音データは、どこに保存すればよいですか",
        "議事録AIの録音データは、誰が消せばよいですか",
        "議事録AIの録音データは、なぜ消すのですか",
        "研修動画の録音データは、何日で消せばよいですか",
        "議事録AIの録音データは、いくらで消せますか",
    ],
)
def test_a_neighbouring_question_is_not(asked: str) -> None:
    assert not repeats(asked, weights(asked), ARTICLE, ANALYSER)


def test_a_long_question_is_read_where_it_stands_whole() -> None:
    cut = passage("K", ARTICLE.text, title="ナレッジ：議事録AIの…", heading=(OWN,), kind=MaterialKind.ARTICLE)
    assert repeats(OWN, weights(OWN), cut, ANALYSER)


def test_where_an_article_on_another_question_would_come_first_nothing_is_quoted() -> None:
    asked = "議事録AIの録音データは、どこに保存すればよいですか"
    article, material = standing(ARTICLE), standing(NURSERY)

    assert rightly_quoted(asked, weights(asked), (article, material), ANALYSER) == ()
    assert rightly_quoted(asked, weights(asked), (material, article), ANALYSER) == (material,)
    assert rightly_quoted(OWN, weights(OWN), (article, material), ANALYSER) == (article, material)
    assert rightly_quoted(asked, weights(asked), (), ANALYSER) == ()
