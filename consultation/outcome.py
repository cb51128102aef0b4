"""What the desk does with an inquiry: answer, clarify, hand over, refuse; each with its reason."""

from dataclasses import dataclass, field
from enum import StrEnum

from consultation.passage import DocumentId, PassageId


class OutcomeKind(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"
    REFUSE = "refuse"


class Reason(StrEnum):
    """Why an outcome was chosen; the codes stand in the log, on cards and in JSON."""

    GROUNDED = "grounded"
    ABOUT_DESK = "about_desk"
    TOO_SHORT = "too_short"
    AMBIGUOUS = "ambiguous"
    NEEDS_DETAIL = "needs_detail"
    WHICH_BODY = "which_body"
    WHICH_YEAR = "which_year"
    WHICH_NETWORK = "which_network"
    NO_REFERENT = "no_referent"
    AT_A_LOSS = "at_a_loss"
    EMPTY = "empty"
    NOT_IN_MATERIALS = "not_in_materials"
    LOW_CONFIDENCE = "low_confidence"
    CONFLICTING_SOURCES = "conflicting_sources"
    ASKED_FOR_PERSON = "asked_for_person"
    COMPLAINT = "complaint"
    URGENT = "urgent"
    INDIVIDUAL_JUDGEMENT = "individual_judgement"
    PLAN_REVIEW = "plan_review"
    PRODUCT_COMPARISON = "product_comparison"
    SELECTION_PROSPECT = "selection_prospect"
    LEGAL_INTERPRETATION = "legal_interpretation"
    ADMINISTRATIVE = "administrative"
    TOO_LONG = "too_long"
    WITH_PERSON = "with_person"
    ERROR = "error"
    PERSONAL_DATA = "personal_data"
    OUT_OF_SCOPE = "out_of_scope"
    UNLAWFUL = "unlawful"
    OTHER_BODY = "other_body"
    INSTRUCTION_ATTACK = "instruction_attack"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with its source: `quote` stands exactly so in the passage."""

    passage_id: PassageId
    document_id: DocumentId
    document_version: int
    document: str
    locator: str
    quote: str
    score: float
    is_reference: bool = False
    """The asker of a hand-over saw it, as near and not as certain (参考)."""


@dataclass(frozen=True, slots=True)
class Answer:
    reason: Reason
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Clarification:
    reason: Reason
    text: str
    choices: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Handoff:
    """`text` is what the asker reads; `draft` a start for the consultant, and so are the `citations`: what was found.

    The asker sees those of them that are marked as a reference.
    """

    reason: Reason
    text: str
    citations: tuple[Citation, ...] = ()
    draft: str = ""
    asks_consent: bool = False
    """The asker is asked first (consultation.consent): there is no case until they want one."""


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: Reason
    text: str
    citations: tuple[Citation, ...] = ()


Outcome = Answer | Clarification | Handoff | Refusal

_KINDS: dict[type, OutcomeKind] = {
    Answer: OutcomeKind.ANSWER,
    Clarification: OutcomeKind.CLARIFY,
    Handoff: OutcomeKind.HANDOFF,
    Refusal: OutcomeKind.REFUSE,
}


def kind_of(outcome: Outcome) -> OutcomeKind:
    return _KINDS[type(outcome)]


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome with what it was decided on, as the log keeps it."""

    outcome: Outcome
    confidence: float
    features: dict[str, float]
    versions: dict[str, str]
    """Of corpus, embedding model, gate, policy; the language model that wrote, or why it did not."""
    took_ms: dict[str, int]
    """Per stage: retrieve, decide, compose."""
    usage: dict[str, float] = field(default_factory=dict)
    """Of the language model, where one was asked: tokens, yen, sentences that stood, sentences that fell by flaw."""
    threshold: float | None = None
    """From which confidence on the gate lets through what it judged; None: it was not the gate that decided."""
