"""The keyword index."""

from collections.abc import Iterable

import numpy as np
import pytest

from knowledge.lexical import Coverage, LexicalIndex
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser
from tests.knowledge.corpora import FIVE

ANALYSER = Analyser(read_synonyms())


def index_of(texts: Iterable[str]) -> LexicalIndex:
    """Each text a passage of one sentence, under nothing."""
    return LexicalIndex([[ANALYSER.terms(""), ANALYSER.terms(text)] for text in texts])


INDEX = index_of(item.text for item in FIVE)
ALL = np.ones(len(FIVE), np.bool_)


@pytest.mark.parametrize(
    ("question", "row"),
    [("保育園の選考にかかる時間", 0), ("会議録", 1), ("コスパの求め方", 2), ("エルジーワン", 3), ("H30年度の研究", 4)],
)
def test_the_passage_that_shares_the_rarest_terms_comes_first(question: str, row: int) -> None:
    assert int(INDEX.bm25(ANALYSER.question_terms(question), ALL).argmax()) == row
    assert int(covered(INDEX, question).all.argmax()) == row


def test_coverage_is_whole_where_every_term_stands() -> None:
    coverage = covered(INDEX, "録音の質が大切です")
    assert coverage.all[1] == pytest.approx(1)
    assert coverage.words[1] == pytest.approx(1)


def test_a_term_that_no_passage_uses_lowers_the_coverage() -> None:
    known, with_unknown = (covered(INDEX, question).words[1] for question in ("議事録", "議事録 潜水艦"))
    assert with_unknown < known == pytest.approx(1)


def test_a_passage_that_is_not_allowed_scores_nothing_and_shapes_nothing() -> None:
    question = ANALYSER.question_terms("弘前市の議事録と録音")
    without = index_of(item.text for item in FIVE if item is not FIVE[1])
    allowed = np.array([True, False, True, True, True])
    assert INDEX.bm25(question, allowed)[1] == 0
    rest = INDEX.coverage(INDEX.asked(question, allowed), [0, 2, 3, 4]).all
    assert rest == pytest.approx(without.coverage(without.asked(question, ALL[:4]), range(4)).all)


def test_a_sentence_covers_what_stands_in_it_and_its_passage_the_head_too() -> None:
    parts = [["試算の方法", "削減時間を求めます。", "利用料と比べます。"], ["", "別の文です。"]]
    index = LexicalIndex([list(map(ANALYSER.terms, passage)) for passage in parts])
    asked = index.asked(ANALYSER.question_terms("試算の利用料"), ALL[:2])

    (mine, other) = index.sentence_coverage(asked, [0, 1])

    assert mine.words[1] > mine.words[0] == 0
    assert other.words.tolist() == [0]
    assert index.coverage(asked, [0]).words[0] == pytest.approx(1)
    assert index.holds(0, "試算")
    assert not index.holds(1, "試算")


def test_the_rows_of_a_term_are_in_order() -> None:
    index = index_of(["議事録です。", "別です。"] * 50)
    assert covered(index, "議事録", 100).words.tolist() == [1, 0] * 50


@pytest.mark.parametrize("question", ["", "？", "zzz qqq"])
def test_a_question_without_known_terms_scores_nothing(question: str) -> None:
    assert not INDEX.bm25(ANALYSER.question_terms(question), ALL).any()
    assert not covered(INDEX, question).all.any()


@pytest.mark.parametrize("texts", [[], [""], ["。"]])
def test_an_index_without_words_answers_with_zeros(texts: list[str]) -> None:
    index = index_of(texts)
    assert index.bm25(ANALYSER.question_terms("議事録"), ALL[: len(texts)]).tolist() == [0] * len(texts)
    assert covered(index, "議事録", len(texts)).all.tolist() == [0] * len(texts)


def covered(index: LexicalIndex, question: str, count: int = len(FIVE)) -> Coverage:
    asked = index.asked(ANALYSER.question_terms(question), np.ones(count, np.bool_))
    return index.coverage(asked, range(count))
