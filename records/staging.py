"""What waits to go live, or to leave: put there by the ingest, seen by nobody who asks. Given a session.

`coming` goes live as soon as it is embedded; `held` waits for a reviewer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from consultation.passage import Passage
from records.library import Library
from records.shelves import passage_rows
from records.tables import DocumentTable, DocumentVersionTable, PassageTable, VersionPassageTable, VisibilityTable


class Stage(StrEnum):
    """How far on its way a version is that is not live yet."""

    COMING = "coming"
    BACK = "back"  # was live before, and is coming again
    HELD = "held"


DUE = (Stage.COMING.value, Stage.BACK.value)


@dataclass(frozen=True, slots=True)
class Publication:
    """What goes live together: the versions and the documents that leave, by id; passages as they are live then."""

    passages: Sequence[Passage]
    versions: frozenset[str]
    leaving: frozenset[str]


class Staging:
    """The way of versions into the library, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, version_id: str, stage: Stage) -> None:
        """Let a version wait. Settle what waited before, and only then shelve it: numbers have no gaps."""
        self._session.get_one(DocumentVersionTable, version_id).stage = stage.value
        self._session.flush()

    def settle(self, path: str) -> None:
        """Forget what waits of a document, if anything does: its live version is right."""
        document_id = self._session.scalar(select(DocumentTable.id).where(DocumentTable.path == path))
        if document_id is not None:
            self._settle(document_id)

    def leave(self, path: str, stage: Stage) -> None:
        """Let a document wait to be taken out; one that never was live is forgotten."""
        document = self._session.scalars(select(DocumentTable).where(DocumentTable.path == path)).one()
        self._settle(document.id)
        is_live = select(DocumentVersionTable.id).where(_version_of(document.id), DocumentVersionTable.live)
        document.leaving = stage.value if self._session.scalar(is_live) else None
        self._session.flush()

    def coming(self) -> Publication:
        """The publication that is due: what is coming, with all that stays."""
        version, document = DocumentVersionTable, DocumentTable
        coming = select(version.document_id, version.id).where(version.stage.in_(DUE))
        replaced = {row.document_id: row.id for row in self._session.execute(coming)}
        leaving = set(self._session.scalars(select(document.id).where(document.leaving == Stage.COMING)))
        live = self._session.execute(select(version.document_id, version.id).where(version.live))
        stays = [version_id for document_id, version_id in live if document_id not in replaced.keys() | leaving]
        passages = self._passages([*stays, *replaced.values()])
        return Publication(passages, frozenset(replaced.values()), frozenset(leaving))

    def held(self) -> list[Passage]:
        """The passages that wait for a reviewer: to be embedded, and shown to nobody who asks."""
        held = self._session.scalars(select(DocumentVersionTable.id).where(DocumentVersionTable.stage == Stage.HELD))
        return self._passages(held.all())

    def publish(self, due: Publication) -> bool:
        """Make it live. False where something of it was forgotten or put elsewhere since it was looked at."""
        version, document = DocumentVersionTable, DocumentTable
        chosen = self._session.scalars(
            select(version).where(version.stage.in_(DUE), version.id.in_(due.versions))
        ).all()
        gone = self._session.scalars(
            select(document).where(document.leaving == Stage.COMING, document.id.in_(due.leaving))
        ).all()
        ended = {one.document_id for one in chosen} | {one.id for one in gone}
        live = select(version).where(version.live, version.document_id.in_(ended))
        before = {one.document_id: one.version for one in self._session.scalars(live)}
        self._session.execute(update(version).where(version.live, version.document_id.in_(ended)).values(live=False))
        for one in chosen:
            if one.stage == Stage.COMING:  # one that comes back keeps what it followed
                one.follows = before.get(one.document_id)
            one.live, one.stage = True, None
        for document_gone in gone:
            document_gone.leaving = None
        self._session.flush()
        return len(chosen) == len(due.versions) and len(gone) == len(due.leaving)

    def release(self, paths: Sequence[str] | None) -> list[str]:
        """What is held is coming now: all of it, or the documents of the paths. Their paths."""
        waiting = [path for path in self.waiting() if paths is None or path in paths]
        document = DocumentTable
        ids = list(self._session.scalars(select(document.id).where(document.path.in_(waiting))))
        held = DocumentVersionTable.stage == Stage.HELD
        mine = DocumentVersionTable.document_id.in_(ids)
        self._session.execute(update(DocumentVersionTable).where(held, mine).values(stage=Stage.COMING.value))
        left = update(document).where(document.leaving == Stage.HELD, document.id.in_(ids))
        self._session.execute(left.values(leaving=Stage.COMING.value))
        return waiting

    def waiting(self) -> list[str]:
        """The paths of what is held."""
        version, document = DocumentVersionTable, DocumentTable
        held = select(version.document_id).where(version.stage == Stage.HELD)
        waits = or_(document.leaving == Stage.HELD, document.id.in_(held))
        return list(self._session.scalars(select(document.path).where(waits).order_by(document.path)))

    def _passages(self, versions: Sequence[str]) -> list[Passage]:
        return Library(self._session).passages(passage_rows().where(DocumentVersionTable.id.in_(versions)))

    def _settle(self, document_id: str) -> None:
        """A version that never was live is cited nowhere: it goes, with the passages that it alone had."""
        version, shelved = DocumentVersionTable, VersionPassageTable
        waiting = self._session.scalar(select(version).where(_version_of(document_id), version.stage.is_not(None)))
        self._session.execute(update(DocumentTable).where(DocumentTable.id == document_id).values(leaving=None))
        if waiting is None:
            return
        if waiting.stage == Stage.BACK:
            waiting.stage = None
            self._session.flush()
            return
        self._session.execute(delete(shelved).where(shelved.version_id == waiting.id))
        self._session.execute(delete(VisibilityTable).where(VisibilityTable.version_id == waiting.id))
        self._session.delete(waiting)
        self._session.flush()
        kept = select(shelved.passage_id).where(shelved.passage_id == PassageTable.id).exists()
        self._session.execute(delete(PassageTable).where(PassageTable.document_id == document_id, ~kept))


def _version_of(document_id: str) -> ColumnElement[bool]:
    return DocumentVersionTable.document_id == document_id
