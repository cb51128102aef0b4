"""Deliveries: what has to become visible somewhere, and whether it does."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class DeliveryTable(Base):
    __tablename__ = "delivery"

    # The database counts: on PostgreSQL two planners at once get two ordinals, and neither waits or fails.
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="order of planning; kept within a lane")
    id: Mapped[str] = mapped_column(unique=True, comment="made of purpose and subject: one row for one visible thing")
    purpose: Mapped[str]
    channel: Mapped[str]
    team: Mapped[str]
    room: Mapped[str]
    thread: Mapped[str] = mapped_column(comment="empty: a message of its own")
    inquiry_id: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("handoff_case.id"), index=True)
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("turn.id"))
    state: Mapped[str] = mapped_column(index=True)
    posted_ref: Mapped[str | None] = mapped_column(comment="Slack's ts of what stands there")
    failure: Mapped[str | None]
    created_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
