"""How sure the desk may be that the first passage answers the question.

A logistic over features of the retrieval, its weights set by hand in gate.json. It is NOT calibrated: 0.8 does not mean
that eight of ten answers are right. It leans to handing over; the deployment's labelled questions must fit it later.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class _Logistic(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: float
    weights: dict[str, float]


class _GateFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    threshold: float
    dense: _Logistic
    lexical: _Logistic


@dataclass(frozen=True, slots=True)
class Gate:
    """A named set of weights and the confidence from which the machine may answer."""

    version: str
    threshold: float
    _dense: _Logistic
    _lexical: _Logistic

    def confidence(self, features: Mapping[str, float], *, dense: bool) -> float:
        """In [0, 1]; `dense` tells whether vectors took part."""
        logistic = self._dense if dense else self._lexical
        logit = logistic.bias + sum(weight * features[name] for name, weight in logistic.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


def read_gate(threshold: float | None = None) -> Gate:
    """The gate that comes with the package, with another threshold where one is given."""
    parsed = _GateFile.model_validate(json.loads((files("knowledge") / "gate.json").read_text(encoding="utf-8")))
    return Gate(parsed.version, parsed.threshold if threshold is None else threshold, parsed.dense, parsed.lexical)
