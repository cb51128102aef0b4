"""What is read from the log: typed rows, detached from the database."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consultation.article import Article, ArticleDeed, ArticleId, ArticleState, label
from consultation.attachment import HELD, NAMELESS, OF_THE_WAY, AttachmentState, Unfit
from consultation.case import CaseEvent, CaseId, CaseState, Consultant
from consultation.consent import UNANSWERED, Consent
from consultation.inquiry import ConsultationId, InquiryId, Place, Wish
from consultation.municipality import Municipality
from consultation.outcome import Citation, OutcomeKind, Reason
from consultation.rating import Rating
from consultation.team import EVERYBODY, Team
from consultation.watch import Watch


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file that came with a question, or (`turn_id`) with a consultant's words."""

    id: str
    inquiry_id: InquiryId | None
    turn_id: str | None
    team: str
    ref: str
    name: str
    size: int | None
    state: AttachmentState
    unfit: Unfit | None
    upload_ref: str | None
    let_go_at: datetime | None = None
    """Since when it is held no longer; of what we never held: None."""

    @property
    def is_open(self) -> bool:
        """Whether it may be had, as far as the log knows; not whether its words still stand."""
        return (not self.is_refused or (self.team == HELD and self.unfit in OF_THE_WAY)) and self.let_go_at is None

    @property
    def is_refused(self) -> bool:
        """Whether it did not reach whom its words did."""
        return self.state is AttachmentState.REFUSED

    @property
    def title(self) -> str:
        """What to call it."""
        return self.name or NAMELESS


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """A question with what came of it; outcome None: not decided yet."""

    id: InquiryId
    consultation_id: ConsultationId
    key: str
    ordinal: int
    asker_id: str
    asker_name: str
    text: str
    masked: tuple[str, ...]
    chosen: str | None
    received_at: datetime
    withdrawn_at: datetime | None
    outcome: OutcomeKind | None
    reason: Reason | None
    answer: str
    choices: tuple[str, ...]
    draft: str
    confidence: float
    features: dict[str, Any]
    versions: dict[str, Any]
    took_ms: dict[str, Any]
    usage: dict[str, Any]
    decided_at: datetime | None
    citations: tuple[Citation, ...]
    helpful: bool | None
    wish: Wish = field(default_factory=Wish)
    threshold: float | None = None
    """Of the gate that judged it; None: it was not asked."""
    amended_at: datetime | None = None
    files: tuple[AttachmentRow, ...] = ()
    consent: Consent | None = None
    """To a hand-over, where the municipality wishes to be asked."""

    @property
    def is_asked_consent(self) -> bool:
        """Whether it waits for the asker's word before anybody is called."""
        return self.consent in UNANSWERED

    @property
    def is_corrected(self) -> bool:
        """Edited after somebody may have read it."""
        return self.amended_at is not None and self.decided_at is not None and self.amended_at > self.decided_at

    @property
    def is_grounded(self) -> bool:
        """根拠あり: answered by the machine, with sources."""
        return self.outcome is OutcomeKind.ANSWER and bool(self.citations)

    @property
    def is_referred(self) -> bool:
        """参考: handed over, and the nearest passages shown to the asker as not certain."""
        return any(citation.is_reference for citation in self.citations)


@dataclass(frozen=True, slots=True)
class TurnRow:
    speaker: str
    name: str
    text: str
    at: datetime
    inquiry_id: InquiryId | None
    id: str = ""
    revised_at: datetime | None = None
    withdrawn_at: datetime | None = None
    earlier: tuple[str, ...] = ()
    """How it read before, oldest first."""
    files: tuple[AttachmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    id: ConsultationId
    number: str
    municipality: Municipality
    place: Place
    asker_id: str
    asker_name: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CaseRow:
    id: CaseId
    consultation: ConsultationRow
    inquiry: InquiryRow
    state: CaseState
    reason: Reason
    owner: Consultant | None
    opened_at: datetime
    history: tuple[CaseEvent, ...]
    turned_to: Consultant | None = None
    """Who was asked to take it, while nobody owns it."""
    topic: str | None = None
    is_urgent: bool = False
    team: Team = EVERYBODY
    ratings: tuple[Rating, ...] = ()

    @property
    def watch(self) -> Watch:
        """Its clock."""
        return Watch(self.state, self.history, self.is_urgent, self.team.hours, self.team.targets)


@dataclass(frozen=True, slots=True)
class ConsultationFile:
    """Everything of one consultation, for replay."""

    consultation: ConsultationRow
    inquiries: tuple[InquiryRow, ...]
    turns: tuple[TurnRow, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log's list: a question and its consultation."""

    inquiry: InquiryRow
    consultation: ConsultationRow
    case_state: CaseState | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    id: str
    ordinal: int
    purpose: str
    place: Place
    inquiry_id: InquiryId | None
    case_id: CaseId | None
    turn_id: str | None
    state: str
    posted_ref: str | None
    failure: str | None = None
    """Why it does not stand there, in Slack's word: for good where it failed, for now where it waits."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account by its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticleEventRow:
    deed: ArticleDeed
    by: str
    name: str
    """Empty: the desk itself."""
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An edition of an article with its sources and its history."""

    id: ArticleId
    number: int
    edition: int
    state: ArticleState
    question: str
    answer: str
    body: Municipality
    """Whose consultation it was."""
    for_all: bool
    case_id: CaseId | None
    author: PersonRow
    owner: PersonRow
    expires_on: date
    approved_at: datetime | None
    changed_at: datetime
    sources: tuple[Citation, ...]
    history: tuple[ArticleEventRow, ...]

    @property
    def label(self) -> str:
        return label(self.number)

    @property
    def rules(self) -> Article:
        return Article(self.state, self.author.id, self.owner.id)

    @property
    def seen(self) -> str:
        """A short name for exactly what a reviewer reads of it: what was approved unseen is not approved."""
        sources = [f"{one.document}{one.locator}{one.quote}" for one in self.sources]
        read = (self.question, self.answer, str(self.for_all), self.expires_on.isoformat(), *sources)
        return hashlib.sha256("\x1f".join(read).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class AskerRow:
    """A consultation in which an earlier edition was said; `told_at`: that it changed."""

    consultation: ConsultationRow
    inquiry: InquiryRow
    told_at: datetime | None
