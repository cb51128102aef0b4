"""Materials: a document, its versions, the passages each version consists of, and who may see it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class DocumentTable(Base):
    __tablename__ = "document"

    id: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True, comment="where it was read from; its identity over versions")
    created_at: Mapped[datetime]
    leaving: Mapped[str | None] = mapped_column(comment="coming or held: waits to be taken out of retrieval")


class DocumentVersionTable(Base):
    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "version"),
        Index(
            "uq_document_version_live",
            "document_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        Index(
            "uq_document_version_stage",
            "document_id",
            unique=True,
            sqlite_where=text("stage IS NOT NULL"),
            postgresql_where=text("stage IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    version: Mapped[int] = mapped_column(comment="from 1, rising")
    live: Mapped[bool] = mapped_column(comment="the one version that is retrieved; none: the document was removed")
    stage: Mapped[str | None] = mapped_column(comment="coming, back or held: waits to go live; at most one a document")
    fingerprint: Mapped[str] = mapped_column(comment="SHA-256 of the file and of what was said about it")
    title: Mapped[str]
    kind: Mapped[str]
    as_of: Mapped[date | None] = mapped_column(comment="時点")
    source: Mapped[str]
    source_kind: Mapped[str]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(comment="last day in force")
    supersedes: Mapped[str] = mapped_column(
        server_default="", comment="path of the document that this edition replaces; empty: none"
    )
    programme: Mapped[str] = mapped_column(
        server_default="", comment="programmes it belongs to, as the catalogue names them; empty: none"
    )
    follows: Mapped[int | None] = mapped_column(comment="version that was live when this one first went live")
    restricted: Mapped[bool] = mapped_column(comment="only the bodies in document_visibility may see it")
    remarks: Mapped[list[str]]
    ingested_at: Mapped[datetime]


class VisibilityTable(Base):
    __tablename__ = "document_visibility"

    version_id: Mapped[str] = mapped_column(ForeignKey("document_version.id"), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)


class PassageTable(Base):
    __tablename__ = "passage"

    id: Mapped[str] = mapped_column(primary_key=True, comment="hash of document, context, locator and text")
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    locator: Mapped[str]
    heading: Mapped[list[str]]
    text: Mapped[str]
    sentences: Mapped[list[str]] = mapped_column(comment="exact substrings of text, in order")


class VersionPassageTable(Base):
    __tablename__ = "version_passage"

    version_id: Mapped[str] = mapped_column(ForeignKey("document_version.id"), primary_key=True)
    passage_id: Mapped[str] = mapped_column(ForeignKey("passage.id"), primary_key=True, index=True)
    ordinal: Mapped[int]
