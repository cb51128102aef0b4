"""The keyword index."""

import numpy as np
import pytest

from knowledge.lexical import LexicalIndex
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser
from tests.knowledge.corpora import FIVE

ANALYSER = Analyser(read_synonyms())
INDEX = LexicalIndex([ANALYSER.terms(item.text) for item in FIVE])
ALL = np.ones(len(FIVE), np.bool_)


@pytest.mark.parametrize(
    ("question", "row"),
    [("保育園の選考にかかる時間", 0), ("会議録", 1), ("コスパの求め方", 2), ("エルジーワン", 3), ("H30年度の研究", 4)],
)
def test_the_passage_that_shares_the_rarest_terms_comes_first(question: str, row: int) -> None:
    scores = INDEX.scores(ANALYSER.question_terms(question), ALL)
    assert int(scores.bm25.argmax()) == int(scores.coverage.argmax()) == row


def test_coverage_is_whole_where_every_term_stands() -> None:
    scores = INDEX.scores(ANALYSER.question_terms("録音の質が大切です"), ALL)
    assert scores.coverage[1] == pytest.approx(1)
    assert scores.word_coverage[1] == pytest.approx(1)


def test_a_term_that_no_passage_uses_lowers_the_coverage() -> None:
    known = INDEX.scores(ANALYSER.question_terms("議事録"), ALL).word_coverage[1]
    with_unknown = INDEX.scores(ANALYSER.question_terms("議事録 潜水艦"), ALL).word_coverage[1]
    assert with_unknown < known == pytest.approx(1)


def test_a_passage_that_is_not_allowed_scores_nothing_and_shapes_nothing() -> None:
    question = ANALYSER.question_terms("弘前市の議事録と録音")
    without = LexicalIndex([ANALYSER.terms(item.text) for item in FIVE if item is not FIVE[1]])
    allowed = np.array([True, False, True, True, True])
    scores = INDEX.scores(question, allowed)
    assert scores.bm25[1] == scores.coverage[1] == scores.word_coverage[1] == 0
    assert scores.coverage[allowed] == pytest.approx(without.scores(question, ALL[:4]).coverage)


@pytest.mark.parametrize("question", ["", "？", "zzz qqq"])
def test_a_question_without_known_terms_scores_nothing(question: str) -> None:
    scores = INDEX.scores(ANALYSER.question_terms(question), ALL)
    assert not scores.bm25.any()
    assert not scores.coverage.any()


@pytest.mark.parametrize("texts", [[], [""], ["。"]])
def test_an_index_without_words_answers_with_zeros(texts: list[str]) -> None:
    index = LexicalIndex([ANALYSER.terms(text) for text in texts])
    scores = index.scores(ANALYSER.question_terms("議事録"), np.ones(len(texts), np.bool_))
    assert scores.bm25.shape == (len(texts),)
    assert not scores.bm25.any()
