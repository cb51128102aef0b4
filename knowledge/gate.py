"""How sure the desk may be that the first passage answers the question, and from where on the machine may answer.

A logistic over the features of a search and of what would be quoted: one for searches with vectors, one for searches by
words alone. The one that comes along is cautious and set by hand; `madoguchi calibrate` fits another on labelled
questions (calibration.py). It holds for the embedding model it was made with, and for no other.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from consultation.errors import BadInput
from knowledge.wording import gate_unreadable

GRID = tuple(round(0.99 - step / 100, 2) for step in range(70))
"""Thresholds, strict to loose; fixed beforehand, so that what is measured decides nothing but where to stop."""
CLOSED = 1.01
"""A threshold that no confidence reaches: everything goes to a person."""


class Promise(BaseModel):
    """What was measured: of the questions asked for, `answered` would be, `errors` of them wrongly.

    From the threshold on the share of wrong answers is at most `alpha`, with a probability of 1 - `delta`. Measured on
    `labels`; without any, on reviewers' `verdicts`. Without both nothing was measured, and nothing is promised.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float
    labels: int
    verdicts: int = 0
    answered: int
    errors: int
    alpha: float
    delta: float

    @property
    def measured(self) -> int:
        """On how many questions."""
        return self.labels or self.verdicts


class Logistic(BaseModel):
    """Weights by feature, and the promise that they keep."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: float
    weights: dict[str, float]
    promise: Promise

    def confidence(self, features: Mapping[str, float]) -> float:
        """In [0, 1]."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


class GateFile(BaseModel):
    """A gate as it is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    model: str
    corpus: str
    dense: Logistic
    lexical: Logistic


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate in use."""

    file: GateFile
    is_fitted_for: bool
    """False: it was made with another embedding model, and stays closed."""
    threshold_set: float | None
    raised_to: Mapping[bool, float] = field(default_factory=dict)
    """By whether vectors took part: from where on reviewers' verdicts do not contradict what it promises (drift.py)."""

    @property
    def version(self) -> str:
        return self.file.version

    def threshold(self, *, dense: bool) -> float:
        """From which confidence the machine may answer; `dense` tells whether vectors took part."""
        return max(self.promised(dense=dense), self.raised_to.get(dense, 0.0))

    def promised(self, *, dense: bool) -> float:
        """The threshold before any verdict."""
        if self.threshold_set is not None:
            return self.threshold_set
        return self.logistic(dense=dense).promise.threshold if self.is_fitted_for else CLOSED

    def confidence(self, features: Mapping[str, float], *, dense: bool) -> float:
        """In [0, 1]."""
        return self.logistic(dense=dense).confidence(features)

    def logistic(self, *, dense: bool) -> Logistic:
        """The one for searches with vectors, or the one for searches by words alone."""
        return self.file.dense if dense else self.file.lexical


def read_gate(model: str, path: Path | None = None, threshold: float | None = None) -> Gate:
    """The gate at `path`, else the one that comes with the package; with another threshold where one is given.

    Raises BadInput where the file is none.
    """
    source = path if path is not None and path.is_file() else files("knowledge") / "gate.json"
    try:
        parsed = GateFile.model_validate_json(source.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as problem:
        raise BadInput(gate_unreadable(str(source))) from problem
    return Gate(parsed, parsed.model == model, threshold)
