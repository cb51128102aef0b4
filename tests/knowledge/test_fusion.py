"""Scores of three kinds to one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.fusion import Weights, fuse, scaled

COLUMNS = arrays(np.float32, 7, elements=st.floats(-100, 100, width=32))
WEIGHTS = Weights(0.6, 0.24, 0.16)


@given(COLUMNS, COLUMNS, COLUMNS)
def test_fused_scores_lie_between_0_and_1(bm25: np.ndarray, coverage: np.ndarray, dense: np.ndarray) -> None:
    for scores in (fuse(WEIGHTS, bm25, coverage, dense), fuse(WEIGHTS, bm25, coverage, None)):
        assert scores.min() >= 0
        assert scores.max() <= 1 + 1e-6


@given(COLUMNS)
def test_scaling_keeps_the_order(scores: np.ndarray) -> None:
    assert np.all(np.diff(scaled(scores)[np.argsort(scores, kind="stable")]) >= 0)


def test_without_vectors_the_words_carry_the_whole_weight() -> None:
    best = fuse(WEIGHTS, np.array([0, 2], np.float32), np.array([0, 1], np.float32), None)
    assert best == pytest.approx([0, 1])


def test_no_candidates_have_no_scores() -> None:
    none = np.zeros(0, np.float32)
    assert fuse(WEIGHTS, none, none, none).shape == (0,)
