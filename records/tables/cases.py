"""Cases that a person takes, and their history."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class CaseTable(Base):
    __tablename__ = "handoff_case"

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), unique=True, comment="the question handed over")
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    topic: Mapped[str | None] = mapped_column(comment="T01–T12, as far as the question tells")
    is_urgent: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("consultant.id"), index=True)
    turned_to_id: Mapped[str | None] = mapped_column(
        ForeignKey("consultant.id"), index=True, comment="who was asked to take it"
    )
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CaseEventTable(Base):
    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("handoff_case.id"), index=True)
    deed: Mapped[str]
    by: Mapped[str] = mapped_column(comment="a consultant's or asker's id, or desk")
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(default="", comment="in the words of who did it, or a code of the desk")
    to_id: Mapped[str | None] = mapped_column(ForeignKey("consultant.id"), comment="who was turned to, or told")
    value: Mapped[str] = mapped_column(default="", server_default="", comment="of a correction: what was set")


class RatingTable(Base):
    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("case_id", "by"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("handoff_case.id"))
    by: Mapped[str] = mapped_column(comment="an asker's id")
    score: Mapped[int] = mapped_column(comment="1 poor, 2 fair, 3 good; the last word")
    words: Mapped[str] = mapped_column(comment="masked")
    at: Mapped[datetime] = mapped_column(index=True)
