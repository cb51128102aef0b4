"""Local accounts of the web desk, invitations to it, and sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class AccountTable(Base):
    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(comment="staff, consultant, reviewer or operator")
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"))
    consultant_id: Mapped[str | None] = mapped_column(ForeignKey("consultant.id"))
    password_hash: Mapped[str | None] = mapped_column(comment="argon2id; none: no sign-in by password (demo)")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class InvitationTable(Base):
    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(primary_key=True, comment="SHA-256; the token itself is only in the link")
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSessionTable(Base):
    __tablename__ = "web_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
