"""Files that came with words: what was announced of them, what became of them, and those that we hold, sealed."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class AttachmentTable(Base):
    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("inquiry_id", "ref"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    inquiry_id: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"), comment="from the municipality")
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("turn.id"), index=True, comment="from a consultant")
    ordinal: Mapped[int] = mapped_column(comment="within its message")
    team: Mapped[str] = mapped_column(comment="the workspace where it was uploaded; web: we hold it")
    ref: Mapped[str] = mapped_column(index=True, comment="Slack's id of it there, or held_file.ref")
    name: Mapped[str] = mapped_column(comment="masked and cleaned; empty: not known, or taken back")
    size: Mapped[int | None] = mapped_column(BigInteger, comment="as announced")
    state: Mapped[str]
    unfit: Mapped[str | None] = mapped_column(comment="why it was not passed on")
    upload_ref: Mapped[str | None] = mapped_column(comment="Slack's id of the copy, noted before it becomes visible")
    changed_at: Mapped[datetime]
    let_go_at: Mapped[datetime | None] = mapped_column(comment="since when it is held no longer")


class HeldFileTable(Base):
    __tablename__ = "held_file"

    ref: Mapped[str] = mapped_column(primary_key=True)
    piece: Mapped[int] = mapped_column(primary_key=True, comment="from 0")
    kept_at: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, comment="some of its bytes, by desk/sealing.py")
