"""The consultation log: a consultation, its inquiries with their outcomes, citations, turns and feedback."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class CounterTable(Base):
    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True, comment="fiscal year and area: R08-KANTO")
    last: Mapped[int]


class ConsultationTable(Base):
    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("channel", "team", "room", "thread"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    channel: Mapped[str]
    team: Mapped[str]
    room: Mapped[str]
    thread: Mapped[str]
    asker_id: Mapped[str] = mapped_column(index=True)
    asker_name: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(index=True)


class InquiryTable(Base):
    __tablename__ = "inquiry"
    __table_args__ = (UniqueConstraint("consultation_id", "ordinal"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, comment="the message's identity: what makes a redelivery harmless")
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    ordinal: Mapped[int]
    asker_id: Mapped[str]
    asker_name: Mapped[str]
    text: Mapped[str] = mapped_column(comment="masked; the original is not kept")
    masked: Mapped[list[str]] = mapped_column(comment="kinds of personal data taken out")
    chosen: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[str | None]
    answer: Mapped[str | None] = mapped_column(comment="what the asker reads")
    choices: Mapped[list[str]]
    draft: Mapped[str] = mapped_column(comment="what a consultant may start from")
    confidence: Mapped[float | None]
    threshold: Mapped[float | None] = mapped_column(
        comment="from which confidence on the gate lets through; none: it did not decide"
    )
    features: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, Any]]
    took_ms: Mapped[dict[str, Any]]
    usage: Mapped[dict[str, Any]] = mapped_column(
        server_default="{}", comment="of the language model: tokens, yen, sentences that stood and fell"
    )
    decided_at: Mapped[datetime | None]
    consent: Mapped[str | None] = mapped_column(index=True, comment="to a hand-over; none: it was not asked about")
    wants_person: Mapped[bool] = mapped_column(default=False, comment="no answer of the machine is wanted")
    topic: Mapped[str | None] = mapped_column(comment="T01–T12, as the asker said; none: by its words")
    needed_by: Mapped[date | None] = mapped_column(comment="as the asker said; none: by its words")
    amended_at: Mapped[datetime | None] = mapped_column(comment="when its message was last edited")


class CitationTable(Base):
    __tablename__ = "citation"
    __table_args__ = (UniqueConstraint("inquiry_id", "rank"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    rank: Mapped[int]
    passage_id: Mapped[str] = mapped_column(ForeignKey("passage.id"))
    document_id: Mapped[str]
    document_version: Mapped[int]
    document: Mapped[str] = mapped_column(comment="its title when cited")
    locator: Mapped[str]
    quote: Mapped[str]
    score: Mapped[float]
    is_reference: Mapped[bool] = mapped_column(
        server_default=false(), comment="the asker of a hand-over saw it, as near and not as certain"
    )


class TurnTable(Base):
    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("consultation_id", "ordinal"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True, comment="the message's identity, so that a relay is made once")
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    ordinal: Mapped[int]
    inquiry_id: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"))
    speaker: Mapped[str] = mapped_column(comment="asker, desk or consultant")
    name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    revised_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class FeedbackTable(Base):
    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("inquiry_id", "by"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    by: Mapped[str]
    helpful: Mapped[bool]
    at: Mapped[datetime]


class VerdictTable(Base):
    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("inquiry_id", "by"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    by: Mapped[str] = mapped_column(ForeignKey("account.id"), comment="the reviewer")
    is_right: Mapped[bool] = mapped_column(comment="whether the machine's answer is; the reviewer's last word")
    at: Mapped[datetime] = mapped_column(index=True)


class VerdictEventTable(Base):
    __tablename__ = "verdict_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    verdict_id: Mapped[str] = mapped_column(ForeignKey("verdict.id"), index=True)
    is_right: Mapped[bool]
    at: Mapped[datetime]
