"""Labelled questions and reviewers' verdicts to a gate: a logistic, and the threshold from which it keeps its promise.

Learn then test; the promise wins over coverage: with too few nothing is answered. It holds for questions like those
measured. Verdicts exist only for what a gate let through: docs/decisions/0022.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from knowledge.gate import CLOSED, GRID, Logistic, Promise

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the machine would answer, with what is known of the search, and whether that answer is right."""

    document: str
    """That the question is of: it stands in one fold only."""
    features: Mapping[str, float]
    is_right: bool
    counts_from: float = 0.0
    """The lowest threshold that it may speak for: the one it had to pass to be seen at all. CLOSED: it only teaches."""


def calibrated(examples: Sequence[Example], alpha: float, delta: float) -> Logistic:
    """A logistic fitted on all examples; its promise is measured on confidences fitted on other documents."""
    names, columns, right = _columns(examples)
    if len(set(right)) < 2:
        return Logistic(bias=0.0, weights={}, promise=_nothing(len(examples), alpha, delta))
    promise = promised(crossfitted(examples), right, alpha, delta, _counting(examples))
    scaler, logistic = _fitted(columns, right).named_steps.values()
    weights = logistic.coef_[0] / scaler.scale_
    bias = float(logistic.intercept_[0] - weights @ scaler.mean_)
    return Logistic(bias=bias, weights=dict(zip(names, map(float, weights), strict=True)), promise=promise)


def rethresholded(logistic: Logistic, examples: Sequence[Example], alpha: float, delta: float) -> Logistic:
    """The same weights with the promise that these examples, seen behind a gate of them, support."""
    confidences = np.asarray([logistic.confidence(one.features) for one in examples], np.float64)
    right = np.asarray([one.is_right for one in examples], np.bool_)
    return logistic.model_copy(update={"promise": promised(confidences, right, alpha, delta, _counting(examples))})


def crossfitted(examples: Sequence[Example]) -> Floats:
    """For each example the confidence of a logistic that was fitted on other documents, (n,)."""
    _, columns, right = _columns(examples)
    fold_of = folds_of([one.document for one in examples])
    confidences = np.zeros(len(examples))
    for fold in range(FOLDS):
        train, test = fold_of != fold, fold_of == fold
        if test.any() and len(set(right[train])) == 2:
            confidences[test] = _fitted(columns[train], right[train]).predict_proba(columns[test])[:, 1]
    return confidences


def promised(
    confidences: Floats, right: Flags, alpha: float, delta: float, counts_from: Floats | None = None
) -> Promise:
    """The loosest threshold that passes, tested one after the other from the one that is likeliest to pass.

    A threshold passes where so few errors as there are would have a probability of `delta` at most if the error were
    `alpha`. The start is chosen by the confidences alone. Each threshold is tested on those that may speak for it.
    """
    counts_from = np.zeros(len(right)) if counts_from is None else counts_from
    passed = _nothing(int((counts_from < CLOSED).sum()), alpha, delta)
    for threshold in GRID[_start(confidences, counts_from, alpha, delta) :]:
        answered = _answered(confidences, counts_from, threshold)
        errors, asked = int((~right[answered]).sum()), int(answered.sum())
        if binom.cdf(errors, asked, alpha) > delta:
            break
        passed = passed.model_copy(update={"threshold": threshold, "answered": asked, "errors": errors})
    return passed


def _start(confidences: Floats, counts_from: Floats, alpha: float, delta: float) -> int:
    """The place on the grid whose expected error gives it the best chance to pass."""
    chances = []
    for threshold in GRID:
        answered = confidences[_answered(confidences, counts_from, threshold)]
        most = binom.ppf(delta, len(answered), alpha)
        most -= binom.cdf(most, len(answered), alpha) > delta  # errors with which it just passes; -1: with none
        chances.append(float(binom.cdf(most, len(answered), 1 - answered.mean())) if len(answered) else 0.0)
    return int(np.argmax(chances))


def _answered(confidences: Floats, counts_from: Floats, threshold: float) -> Flags:
    """Those that would be answered from the threshold on and may speak for it."""
    return (confidences >= threshold) & (counts_from <= threshold)


def _counting(examples: Sequence[Example]) -> Floats:
    return np.asarray([one.counts_from for one in examples], np.float64)


def _nothing(labels: int, alpha: float, delta: float) -> Promise:
    return Promise(threshold=CLOSED, labels=labels, answered=0, errors=0, alpha=alpha, delta=delta)


def _fitted(columns: Floats, right: Flags) -> Pipeline:
    with threadpool_limits(1, "blas"):  # so few numbers: threads would spend three times the time waiting
        return make_pipeline(StandardScaler(), LogisticRegression(max_iter=2_000)).fit(columns, right)


def _columns(examples: Sequence[Example]) -> tuple[list[str], Floats, Flags]:
    names = sorted({name for one in examples for name in one.features})
    rows = [[one.features.get(name, 0.0) for name in names] for one in examples]
    columns = np.asarray(rows, np.float64).reshape(len(examples), len(names))
    return names, columns, np.asarray([one.is_right for one in examples], np.bool_)


def folds_of(documents: Sequence[str]) -> NDArray[np.int64]:
    """Documents dealt out in order of their size, so that the folds come out alike; a document stands in one fold."""
    names, sizes = np.unique(np.asarray(documents), return_counts=True)
    order = names[np.argsort(-sizes, kind="stable")]
    fold_of = {str(name): number % FOLDS for name, number in zip(order, count(), strict=False)}
    return np.asarray([fold_of[document] for document in documents], np.int64)
