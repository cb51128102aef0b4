"""How near the labels that the confidence is tested on lie to those that it was fitted on, split by document."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.calibration import folds_of
from knowledge.embedding.embedder import Embedder
from madoguchi.calibrating import examples, labels_in
from madoguchi.house import House

LIKE = (0.90, 0.95, 0.99)  # cosines
SHOWN = 5


def measure(house: House, embedder: Embedder, paths: Sequence[Path]) -> str:
    """The report on label files, split as `madoguchi calibrate` splits them."""
    used = [(label.question, example.document) for label, example, _ in examples(house, labels_in(paths), dense=True)]
    questions, documents = zip(*used, strict=True)
    return report(questions, embedder.queries(questions), folds_of(documents))


def report(questions: Sequence[str], vectors: NDArray[np.floating], fold_of: NDArray[np.int64]) -> str:
    """Of the cosines of each question, its vector of length 1 in a row, with the nearest one of another fold."""
    cosines = np.asarray(vectors @ vectors.T, np.float64)
    np.fill_diagonal(cosines, -1)
    among_all = cosines.max(axis=1)
    others = np.where(fold_of[:, None] == fold_of, -1.0, cosines)
    nearest, likeness = others.argmax(axis=1), others.max(axis=1)
    pairs = {frozenset((int(at), int(nearest[at]))): likeness[at] for at in np.argsort(likeness)}
    likest = sorted(pairs, key=lambda pair: -pairs[pair])[:SHOWN]
    middle = np.median(cosines[np.triu_indices(len(questions), 1)])
    return "\n".join(
        [
            f"{len(questions)} questions in {len(set(fold_of.tolist()))} folds; any two: median {middle:.3f}",
            _row("nearest of those it is tested against", likeness),
            _row("nearest of all, the own fold too", among_all),
            *(f"  {pairs[pair]:.3f}  {' | '.join(questions[at] for at in sorted(pair))}" for pair in likest),
        ]
    )


def _row(name: str, likeness: NDArray[np.float64]) -> str:
    shares = ", ".join(f">= {least:.2f}: {np.count_nonzero(likeness >= least)}" for least in LIKE)
    quantiles = ", ".join(f"{at}% {np.quantile(likeness, at / 100):.3f}" for at in (50, 90, 99, 100))
    return f"{name}: {quantiles}; {shares}"
