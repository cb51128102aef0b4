"""A question as the answerer takes it: masked, with its body, its day and its thread."""

from dataclasses import dataclass
from datetime import date

from consultation.municipality import MunicipalityCode
from consultation.outcome import Citation, OutcomeKind


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier question of the same thread, and what came of it."""

    text: str
    outcome: OutcomeKind
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One masked question."""

    text: str
    masked: tuple[str, ...]
    """What was taken out of it, as shown: 電話番号, 氏名."""
    municipality: MunicipalityCode
    on: date
    earlier: tuple[Earlier, ...] = ()
    """Oldest first."""
    chosen: str | None = None
    """The choice of a clarification; it stands in the text as well."""
    asks_consent: bool = False
    """Whoever is not sure asks before a person is called (consultation.consent)."""
