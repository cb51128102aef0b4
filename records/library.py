"""The library of materials: versions written by the ingest, passages read by the knowledge. Given a session.

`visible` is the one place where a tenant's filter on materials (records/shelves.py) is applied.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from records.base import new_id
from records.shelves import Rows, live_rows, open_to, passage_rows, shown_rows
from records.tables import DocumentTable, DocumentVersionTable, PassageTable, VersionPassageTable, VisibilityTable

LOOKUP_BATCH = 500  # SQLite limits the variables of a statement


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of a document beside its text. `visible_to` None: all bodies."""

    title: str
    kind: MaterialKind
    as_of: date | None
    source: str
    source_kind: str
    valid_from: date | None
    valid_until: date | None
    visible_to: frozenset[MunicipalityCode] | None
    supersedes: str = ""
    """Path of the document that this one takes the place of."""
    programme: str = ""
    """The programmes that the document belongs to, as the catalogue names them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as the ingest cuts it."""

    locator: str
    heading: tuple[str, ...]
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest word on a document, as the next ingest has to know it. `visible_to` None: all bodies."""

    fingerprint: str
    kind: MaterialKind
    visible_to: frozenset[MunicipalityCode] | None
    stage: str | None
    """None: it is live, and nothing else waits."""
    live_fingerprint: str | None
    leaving: str | None


class Library:
    """The materials inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, path: str) -> Standing | None:
        """What was said of the version read from `path` that waits, else of the live one."""
        rows = self._session.execute(
            select(DocumentVersionTable, DocumentTable.leaving)
            .join(DocumentTable, DocumentTable.id == DocumentVersionTable.document_id)
            .where(DocumentTable.path == path, _current())
            .order_by(DocumentVersionTable.live)
        ).all()
        if not rows:
            return None
        version, leaving = rows[0]
        live = next((one.fingerprint for one, _ in rows if one.live), None)
        seers = self._seers([version.id]).get(version.id, frozenset()) if version.restricted else None
        return Standing(version.fingerprint, MaterialKind(version.kind), seers, version.stage, live, leaving)

    def paths(self, under: str) -> list[str]:
        """Paths that begin with `under`, of the documents that are live or wait to be, and do not leave."""
        query = select(DocumentTable.path).join(
            DocumentVersionTable, DocumentVersionTable.document_id == DocumentTable.id
        )
        query = query.where(_current(), DocumentTable.leaving.is_(None)).distinct()
        found = self._session.scalars(query.order_by(DocumentTable.path))
        return [path for path in found if path.startswith(under)]

    def publish(self, path: str, fingerprint: str, material: Material, pieces: Sequence[Piece], at: datetime) -> int:
        """Make a new version of the document live at once, in the place of the one before. The version's number."""
        version = self._session.get_one(DocumentVersionTable, self.shelve(path, fingerprint, material, pieces, at))
        self._retire(version.document_id)
        version.live = True
        self._session.flush()
        return version.version

    def shelve(self, path: str, fingerprint: str, material: Material, pieces: Sequence[Piece], at: datetime) -> str:
        """Write down a new version that is not live, nor on its way (records/staging.py). The version's id."""
        document = self._session.scalar(select(DocumentTable).where(DocumentTable.path == path).with_for_update())
        if document is None:
            document = DocumentTable(id=new_id(), path=path, created_at=at)
            self._session.add(document)
            self._session.flush()
        newest = select(func.max(DocumentVersionTable.version)).where(DocumentVersionTable.document_id == document.id)
        version = DocumentVersionTable(
            id=new_id(),
            document_id=document.id,
            version=(self._session.scalar(newest) or 0) + 1,
            live=False,
            fingerprint=fingerprint,
            title=material.title,
            kind=material.kind.value,
            as_of=material.as_of,
            source=material.source,
            source_kind=material.source_kind,
            valid_from=material.valid_from,
            valid_until=material.valid_until,
            restricted=material.visible_to is not None,
            supersedes=material.supersedes,
            programme=material.programme,
            remarks=[],
            ingested_at=at,
        )
        self._session.add(version)
        self._session.flush()
        for code in sorted(material.visible_to or ()):
            self._session.add(VisibilityTable(version_id=version.id, municipality_code=code))
        self._shelve(document.id, version.id, material.title, pieces)
        return version.id

    def remove(self, path: str) -> bool:
        """Take a document out of retrieval; what was cited of it stays readable in the log."""
        document = self._session.scalar(select(DocumentTable).where(DocumentTable.path == path).with_for_update())
        return document is not None and self._retire(document.id)

    def live(self) -> list[Passage]:
        """Every passage of every live version, for indexing."""
        return self.passages(live_rows())

    def visible(self, ids: Sequence[PassageId], tenant: MunicipalityCode, on: date) -> Mapping[PassageId, Passage]:
        """Those of the passages that `tenant` may see and that are in force on the day `on`, re-read."""
        return {passage.id: passage for passage in self._found(shown_rows(tenant, on), ids)}

    def earlier(self, document_id: DocumentId, tenant: MunicipalityCode) -> list[Passage]:
        """The passages of the edition before the live one: the document it replaces, else the version that was live."""
        version = self._session.scalar(
            select(DocumentVersionTable).where(
                DocumentVersionTable.document_id == document_id, DocumentVersionTable.live
            )
        )
        if version is None:
            return []
        wanted = DocumentVersionTable.version == (version.follows or version.version - 1)
        before = document_id
        if version.supersedes:
            replaced = select(DocumentTable.id).where(DocumentTable.path == version.supersedes)
            before = DocumentId(self._session.scalar(replaced) or "")
            public = and_(DocumentVersionTable.document_id == before, DocumentVersionTable.stage.is_(None))
            newest = select(func.max(DocumentVersionTable.version)).where(public)
            wanted = DocumentVersionTable.version == newest.scalar_subquery()
        rows = passage_rows().where(
            DocumentVersionTable.document_id == before, wanted, open_to(DocumentVersionTable, tenant)
        )
        return self.passages(rows)

    def cited(self, passage_id: PassageId, version: int) -> Passage | None:
        """A passage as it was when cited, live or not."""
        rows = passage_rows().where(PassageTable.id == passage_id, DocumentVersionTable.version == version)
        return next(iter(self.passages(rows)), None)

    def counts(self) -> tuple[int, int]:
        """How many live documents and passages there are."""
        live = select(func.count()).select_from(DocumentVersionTable).where(DocumentVersionTable.live)
        documents = self._session.scalar(live)
        passages = self._session.scalar(select(func.count()).select_from(live_rows().subquery()))
        return documents or 0, passages or 0

    def _retire(self, document_id: str) -> bool:
        standing = self._session.scalar(
            select(DocumentVersionTable).where(
                DocumentVersionTable.document_id == document_id, DocumentVersionTable.live
            )
        )
        if standing is None:
            return False
        standing.live = False
        self._session.flush()
        return True

    def _shelve(self, document_id: str, version_id: str, title: str, pieces: Sequence[Piece]) -> None:
        ids = [_piece_id(document_id, title, piece) for piece in pieces]
        known, shelved = set(self._known(ids)), set[str]()
        for ordinal, (passage_id, piece) in enumerate(zip(ids, pieces, strict=True)):
            if passage_id not in known:
                known.add(passage_id)
                self._session.add(
                    PassageTable(
                        id=passage_id,
                        document_id=document_id,
                        locator=piece.locator,
                        heading=list(piece.heading),
                        text=piece.text,
                        sentences=list(piece.sentences),
                    )
                )
            if passage_id not in shelved:  # the very same piece twice is one passage
                shelved.add(passage_id)
                self._session.add(VersionPassageTable(version_id=version_id, passage_id=passage_id, ordinal=ordinal))
        self._session.flush()

    def _known(self, ids: Sequence[str]) -> Iterable[str]:
        for start in range(0, len(ids), LOOKUP_BATCH):
            batch = ids[start : start + LOOKUP_BATCH]
            yield from self._session.scalars(select(PassageTable.id).where(PassageTable.id.in_(batch)))

    def _found(self, rows: Rows, ids: Sequence[PassageId]) -> Iterable[Passage]:
        for start in range(0, len(ids), LOOKUP_BATCH):
            yield from self.passages(rows.where(PassageTable.id.in_(ids[start : start + LOOKUP_BATCH])))

    def passages(self, rows: Rows) -> list[Passage]:
        """What the rows say: for this package."""
        found = self._session.execute(rows).all()
        restricted = {version.id for _, version in found if version.restricted}
        seers = self._seers(sorted(restricted))
        return [_passage(row, version, seers.get(version.id, frozenset())) for row, version in found]

    def _seers(self, version_ids: Sequence[str]) -> dict[str, frozenset[MunicipalityCode]]:
        seers: dict[str, set[MunicipalityCode]] = {}
        for start in range(0, len(version_ids), LOOKUP_BATCH):
            batch = version_ids[start : start + LOOKUP_BATCH]
            for row in self._session.scalars(select(VisibilityTable).where(VisibilityTable.version_id.in_(batch))):
                seers.setdefault(row.version_id, set()).add(MunicipalityCode(row.municipality_code))
        return {version_id: frozenset(codes) for version_id, codes in seers.items()}


def _piece_id(document_id: str, title: str, piece: Piece) -> str:
    parts = (document_id, title, *piece.heading, piece.locator, piece.text)
    return hashlib.sha256("\x1f".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]


def _passage(row: PassageTable, version: DocumentVersionTable, seers: frozenset[MunicipalityCode]) -> Passage:
    return Passage(
        PassageId(row.id),
        DocumentId(row.document_id),
        version.version,
        version.title,
        tuple(row.heading),
        row.locator,
        row.text,
        tuple(row.sentences),
        MaterialKind(version.kind),
        version.as_of,
        version.source,
        version.valid_from,
        version.valid_until,
        seers if version.restricted else None,
        version.programme,
    )


def _current() -> ColumnElement[bool]:
    return or_(DocumentVersionTable.live, DocumentVersionTable.stage.is_not(None))
