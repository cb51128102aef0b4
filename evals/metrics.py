"""Figures of rankings and of confidences, and how sure they are. Pure numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

RESAMPLES = 1_000
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.2f} [{self.low:.2f}, {self.high:.2f}]"


@dataclass(frozen=True, slots=True)
class Decile:
    """The confidences within a tenth of [0, 1]: their mean, the share that was right, how many."""

    confidence: float
    right: float
    count: int


def ranking(ranked: Sequence[str], relevant: frozenset[str]) -> dict[str, float]:
    """hit@1/3/5/10 in per cent, MRR@10 and nDCG@10 of one question, all relevant passages counting alike."""
    ranks = [place for place, name in enumerate(ranked[:DEPTH], start=1) if name in relevant]
    gain = sum(1 / np.log2(rank + 1) for rank in ranks)
    ideal = sum(1 / np.log2(rank + 1) for rank in range(1, min(len(relevant), DEPTH) + 1))
    hits = {f"hit@{k}": 100.0 * any(rank <= k for rank in ranks) for k in (1, 3, 5, 10)}
    return hits | {"MRR@10": 1 / ranks[0] if ranks else 0.0, "nDCG@10": float(gain / ideal) if ideal else 0.0}


def interval(values: Sequence[float], groups: Sequence[str], seed: int = 0) -> Interval:
    """By resampling whole groups (documents): questions of one document are no independent evidence."""
    _, place = np.unique(np.asarray(groups), return_inverse=True)
    sums = np.bincount(place, weights=np.asarray(values, np.float64))
    counts = np.bincount(place)
    draws = np.random.default_rng(seed).multinomial(len(sums), [1 / len(sums)] * len(sums), RESAMPLES)
    means = (draws @ sums) / (draws @ counts)
    return Interval(float(np.mean(values)), *(float(bound) for bound in np.quantile(means, (0.025, 0.975))))


def auroc(scores: Floats, right: Flags) -> float:
    """The chance that a right one scores higher than a wrong one, ties counting half."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    mean_rank = np.bincount(place, weights=ranks) / counts
    positives, negatives = int(right.sum()), int((~right).sum())
    if not positives or not negatives:
        return float("nan")
    return float((mean_rank[place][right].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def deciles(confidences: Floats, right: Flags) -> list[Decile]:
    """The tenths of [0, 1] that hold a confidence, in order."""
    place = np.minimum((confidences * 10).astype(int), 9)
    return [
        Decile(float(confidences[place == one].mean()), float(right[place == one].mean()), int((place == one).sum()))
        for one in range(10)
        if (place == one).any()
    ]


def calibration_error(among: Sequence[Decile]) -> float:
    """The expected calibration error: the mean gap between confidence and share right, by counts."""
    gaps = sum(abs(one.confidence - one.right) * one.count for one in among)
    return gaps / sum(one.count for one in among)


def risk_coverage(scores: Floats, right: Flags) -> tuple[Floats, Floats]:
    """Coverage and error where the best are answered first; where scores tie, all of them or none."""
    order = np.argsort(-scores, kind="stable")
    answered = np.arange(1, len(scores) + 1)
    errors = np.cumsum(~right[order]) / answered
    last = np.append(np.diff(scores[order]) != 0, True)
    return answered[last] / len(scores), errors[last]


def coverage_at(scores: Floats, right: Flags, error: float) -> float:
    """The largest share that can be answered with at most this share of errors, in per cent."""
    covered, errors = risk_coverage(scores, right)
    within = covered[errors <= error]
    return 100.0 * float(within.max()) if len(within) else 0.0
