"""Labelled questions to a gate: a logistic, and the threshold from which it keeps its promise (learn then test).

The promise wins over coverage: with too few labels nothing is answered. It holds for questions like those labelled.
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

from knowledge.gate import CLOSED, Logistic, Promise

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FOLDS = 5
GRID = np.linspace(0.99, 0.3, 70)
"""Thresholds, strict to loose; fixed beforehand, so that the labels decide nothing but where to stop."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the machine would answer, with what is known of the search, and whether that answer is right."""

    document: str
    """That the question is of: it stands in one fold only."""
    features: Mapping[str, float]
    is_right: bool


def calibrated(examples: Sequence[Example], alpha: float, delta: float) -> Logistic:
    """A logistic fitted on all examples; its promise is measured on confidences fitted on other documents."""
    names, columns, right = _columns(examples)
    if len(set(right)) < 2:
        return Logistic(bias=0.0, weights={}, promise=_nothing(len(examples), alpha, delta))
    promise = promised(crossfitted(examples), right, alpha, delta)
    scaler, logistic = _fitted(columns, right).named_steps.values()
    weights = logistic.coef_[0] / scaler.scale_
    bias = float(logistic.intercept_[0] - weights @ scaler.mean_)
    return Logistic(bias=bias, weights=dict(zip(names, map(float, weights), strict=True)), promise=promise)


def crossfitted(examples: Sequence[Example]) -> Floats:
    """For each example the confidence of a logistic that was fitted on other documents, (n,)."""
    _, columns, right = _columns(examples)
    fold_of = _folds([one.document for one in examples])
    confidences = np.zeros(len(examples))
    for fold in range(FOLDS):
        train, test = fold_of != fold, fold_of == fold
        if test.any() and len(set(right[train])) == 2:
            confidences[test] = _fitted(columns[train], right[train]).predict_proba(columns[test])[:, 1]
    return confidences


def promised(confidences: Floats, right: Flags, alpha: float, delta: float) -> Promise:
    """The loosest threshold that passes, tested one after the other from the one that is likeliest to pass.

    A threshold passes where so few errors as there are would have a probability of `delta` at most if the error were
    `alpha`. The start is chosen by the confidences alone.
    """
    passed = _nothing(len(right), alpha, delta)
    for threshold in GRID[_start(confidences, alpha, delta) :]:
        answered = confidences >= threshold
        errors, asked = int((~right[answered]).sum()), int(answered.sum())
        if binom.cdf(errors, asked, alpha) > delta:
            break
        passed = passed.model_copy(update={"threshold": float(threshold), "answered": asked, "errors": errors})
    return passed


def _start(confidences: Floats, alpha: float, delta: float) -> int:
    """The place on the grid whose expected error gives it the best chance to pass."""
    chances = []
    for threshold in GRID:
        answered = confidences[confidences >= threshold]
        most = binom.ppf(delta, len(answered), alpha)
        most -= binom.cdf(most, len(answered), alpha) > delta  # errors with which it just passes; -1: with none
        chances.append(float(binom.cdf(most, len(answered), 1 - answered.mean())) if len(answered) else 0.0)
    return int(np.argmax(chances))


def _nothing(labels: int, alpha: float, delta: float) -> Promise:
    return Promise(threshold=CLOSED, labels=labels, answered=0, errors=0, alpha=alpha, delta=delta)


def _fitted(columns: Floats, right: Flags) -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=2_000)).fit(columns, right)


def _columns(examples: Sequence[Example]) -> tuple[list[str], Floats, Flags]:
    names = sorted({name for one in examples for name in one.features})
    rows = [[one.features.get(name, 0.0) for name in names] for one in examples]
    columns = np.asarray(rows, np.float64).reshape(len(examples), len(names))
    return names, columns, np.asarray([one.is_right for one in examples], np.bool_)


def _folds(documents: Sequence[str]) -> NDArray[np.int64]:
    """Documents dealt out in order of their size, so that the folds come out alike; a document stands in one fold."""
    names, sizes = np.unique(np.asarray(documents), return_counts=True)
    order = names[np.argsort(-sizes, kind="stable")]
    fold_of = {str(name): number % FOLDS for name, number in zip(order, count(), strict=False)}
    return np.asarray([fold_of[document] for document in documents], np.int64)
