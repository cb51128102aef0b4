"""A question as the answerer takes it: masked, with its body, its day, and what went before in the thread."""

from dataclasses import dataclass
from datetime import date

from consultation.municipality import MunicipalityCode
from consultation.outcome import Citation, OutcomeKind


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier question of the same thread, and what came of it."""

    text: str
    outcome: OutcomeKind
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """`on` is the day the question is asked, in Japan; `chosen` the choice of a clarification that led here."""

    text: str
    masked: tuple[str, ...]
    municipality: MunicipalityCode
    on: date
    earlier: tuple[Earlier, ...] = ()
    chosen: str | None = None
