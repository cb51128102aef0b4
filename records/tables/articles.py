"""Articles (ナレッジ): each edition, its history, and the sources that its answer rests on."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base

_OPEN = text("state IN ('draft', 'submitted', 'returned')")
_STANDING = text("state IN ('approved', 'expired')")


class ArticleTable(Base):
    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("number", "edition"),
        Index("uq_article_open", "number", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("uq_article_standing", "number", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(comment="shown as K-0007; its editions share it")
    edition: Mapped[int] = mapped_column(comment="from 1, rising")
    state: Mapped[str] = mapped_column(index=True)
    question: Mapped[str] = mapped_column(comment="generalised")
    answer: Mapped[str] = mapped_column(comment="generalised")
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), comment="whose consultation it was")
    for_all: Mapped[bool] = mapped_column(comment="else only that body may find it")
    case_id: Mapped[str | None] = mapped_column(
        ForeignKey("handoff_case.id"), index=True, comment="whose answer it was; none: written as a new edition"
    )
    author_id: Mapped[str] = mapped_column(ForeignKey("account.id"), comment="who wrote this edition")
    owner_id: Mapped[str] = mapped_column(
        ForeignKey("account.id"), index=True, comment="who is asked whether it still holds"
    )
    expires_on: Mapped[date] = mapped_column(comment="last day in force")
    approved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ArticleEventTable(Base):
    __tablename__ = "article_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), index=True)
    deed: Mapped[str]
    by: Mapped[str] = mapped_column(comment="an account's id, or desk")
    at: Mapped[datetime]
    why: Mapped[str]


class ArticleSourceTable(Base):
    __tablename__ = "article_source"
    __table_args__ = (UniqueConstraint("article_id", "rank"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"))
    rank: Mapped[int]
    passage_id: Mapped[str] = mapped_column(ForeignKey("passage.id"))
    document_id: Mapped[str]
    document_version: Mapped[int]
    document: Mapped[str] = mapped_column(comment="its title when cited")
    locator: Mapped[str]
    quote: Mapped[str]
