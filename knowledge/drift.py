"""The verdicts of the last weeks against what the gate promises: from where on they do not contradict it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import bdtrc

from knowledge.gate import CLOSED, GRID

LEAST_ERRORS = 2
"""One answer judged wrong is as likely one wrong click: it contradicts nothing by itself."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer that was judged, and the confidence it was given with."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What verdicts leave of a promise: of those `judged` from the promised threshold on, `errors` were wrong."""

    promised: float
    threshold: float
    """From where on the promise still stands; CLOSED: nowhere."""
    judged: int
    errors: int
    alpha: float

    @property
    def is_broken(self) -> bool:
        return self.threshold > self.promised

    @property
    def is_closed(self) -> bool:
        return self.threshold >= CLOSED


def standing(verdicts: Sequence[Verdict], promised: float, alpha: float, delta: float) -> Standing:
    """The lowest threshold, from the promised one on, that the verdicts at or above it do not contradict."""

    def counted(threshold: float) -> tuple[int, int]:
        judged = [one for one in verdicts if one.confidence >= threshold]
        return len(judged), sum(not one.is_right for one in judged)

    stricter = sorted(threshold for threshold in GRID if threshold > promised)
    stands = (one for one in (promised, *stricter) if not contradicted(*counted(one), alpha, delta))
    return Standing(promised, next(stands, CLOSED), *counted(promised), alpha)


def contradicted(judged: int, errors: int, alpha: float, delta: float) -> bool:
    """Whether at least two errors, so many or more, had a probability of `delta` at most, were the error `alpha`."""
    return errors >= LEAST_ERRORS and bool(
        bdtrc(errors - 1, judged, alpha) <= delta
    )  # binom.sf; scipy.stats would take seconds at each start
