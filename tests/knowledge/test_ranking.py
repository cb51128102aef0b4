"""What counts for a passage, and the kinds of words that are searched."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.kinds import Kind, kind_of
from knowledge.ranking import WEIGHTS, Signals, chances, longest_run, scaled, scores

COLUMN = np.asarray([0.1, 0.9], np.float32)


def signals(*, cosine: bool) -> Signals:
    return Signals(COLUMN if cosine else None, COLUMN, COLUMN, COLUMN, COLUMN)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("cosine", [True, False])
def test_more_of_every_signal_is_better_with_vectors_and_without(kind: Kind, cosine: bool) -> None:
    low, high = scores(WEIGHTS[kind], signals(cosine=cosine))
    assert high > low


def test_the_operator_scales_what_vectors_count() -> None:
    spreads = [np.ptp(scores(WEIGHTS[Kind.QUESTION], signals(cosine=True), dense)) for dense in (0, 1, 2)]
    words = np.ptp(scores(WEIGHTS[Kind.QUESTION], signals(cosine=False)))
    assert spreads == pytest.approx([words, words + 0.8 * 89.6, words + 2 * 0.8 * 89.6], rel=1e-4)


@given(st.lists(st.floats(-300, 300, width=32), min_size=1, max_size=20))
def test_chances_and_scaled_scores_keep_the_order(values: list[float]) -> None:
    column = np.asarray(values, np.float32)
    assert chances(column).sum() == pytest.approx(1, abs=1e-3)
    for found in (chances(column), scaled(column)):
        assert np.all(np.diff(found[np.argsort(column, kind="stable")]) >= 0)
        assert found.min() >= 0
        assert found.max() <= 1


def test_nothing_found_has_no_chances() -> None:
    none = np.zeros(0, np.float32)
    assert chances(none).shape == scaled(none).shape == (0,)


@pytest.mark.parametrize(
    ("asked", "text", "letters"),
    [
        ("議事録の時間", "弘前市の議事録は", 3),
        ("abc", "abc", 3),
        ("abc", "xyz", 0),
        ("", "xyz", 0),
        ("abxcd", "ab cd x", 2),
    ],
)
def test_the_longest_run_is_counted_in_letters(asked: str, text: str, letters: int) -> None:
    assert longest_run(asked, text) == letters


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AI議事録を導入したいと考えています。", Kind.STATEMENT),
        ("机上にスマートフォンとコードが置かれています", Kind.STATEMENT),
        ("弘前市では何時間かかりましたか", Kind.QUESTION),
        ("ラオスの首都は", Kind.QUESTION),
        ("費用対効果 計算", Kind.QUESTION),
        ("事例を教えてください。", Kind.QUESTION),
        ("略称を答えよ。", Kind.QUESTION),
        ("。", Kind.QUESTION),
        ("", Kind.QUESTION),
    ],
)
def test_a_statement_ends_in_a_predicate_and_asks_for_nothing(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind
