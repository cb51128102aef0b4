"""What consultants sent to a municipality, how it read before, and what they asked the machine unseen by it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class ReplyTable(Base):
    """A consultant's turn with the case it was sent in."""

    __tablename__ = "reply"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("handoff_case.id"), index=True)
    consultant_id: Mapped[str | None] = mapped_column(
        ForeignKey("consultant.id"), comment="who sent it; none: before this was kept"
    )


class EarlierWordingTable(Base):
    __tablename__ = "earlier_wording"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id"), index=True)
    text: Mapped[str]
    until: Mapped[datetime]
    by: Mapped[str] = mapped_column(comment="who changed or withdrew it: a consultant's id")


class AsideTable(Base):
    __tablename__ = "aside"

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, comment="the message's identity, so that it is asked once")
    case_id: Mapped[str] = mapped_column(ForeignKey("handoff_case.id"), index=True)
    consultant_id: Mapped[str] = mapped_column(
        ForeignKey("consultant.id"), comment="who asked; not necessarily the owner"
    )
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(comment="masked")
    is_posted: Mapped[bool] = mapped_column(comment="answered in the card's thread; else on the web")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    text: Mapped[str]
    found: Mapped[list[str]] = mapped_column(
        comment="ids of like cases; their words are read when shown, so that what is taken back is gone"
    )
