"""Which passages stand where: all, the live ones, and what a tenant may see on a day: the one filter on materials."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from consultation.municipality import MunicipalityCode
from records.tables import DocumentTable, DocumentVersionTable, PassageTable, VersionPassageTable, VisibilityTable

Rows = Select[PassageTable, DocumentVersionTable]


def passage_rows() -> Rows:
    """Every passage with each version it stands in: for this package."""
    return (
        select(PassageTable, DocumentVersionTable)
        .join(VersionPassageTable, VersionPassageTable.passage_id == PassageTable.id)
        .join(DocumentVersionTable, DocumentVersionTable.id == VersionPassageTable.version_id)
        .order_by(DocumentVersionTable.document_id, VersionPassageTable.ordinal)
    )


def live_rows() -> Rows:
    """Those of live versions, of every municipality."""
    return passage_rows().where(DocumentVersionTable.live)


def shown_rows(tenant: MunicipalityCode, on: date) -> Rows:
    """Those that the tenant may see, that are in force on the day, and that no newer edition takes the place of."""
    version, newer = DocumentVersionTable, aliased(DocumentVersionTable)
    replaced = (
        select(newer.id)
        .join(DocumentTable, DocumentTable.path == newer.supersedes)
        .where(DocumentTable.id == version.document_id, newer.live, open_to(newer, tenant), _in_force(newer, on))
        .exists()
    )
    return live_rows().where(open_to(version, tenant), _in_force(version, on), ~replaced)


def open_to(version: type[DocumentVersionTable], tenant: MunicipalityCode) -> ColumnElement[bool]:
    """Whether the tenant may see a version."""
    theirs = (
        select(VisibilityTable.version_id)
        .where(VisibilityTable.version_id == version.id, VisibilityTable.municipality_code == tenant)
        .exists()
    )
    return or_(version.restricted.is_(False), theirs)


def _in_force(version: type[DocumentVersionTable], on: date) -> ColumnElement[bool]:
    return and_(
        or_(version.valid_from.is_(None), version.valid_from <= on),
        or_(version.valid_until.is_(None), version.valid_until >= on),
    )
