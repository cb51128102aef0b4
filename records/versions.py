"""The versions of a document: listed, an older one made live again, all moved to another path. Given a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from consultation.errors import BadInput
from records.base import new_id
from records.staging import Stage, Staging
from records.tables import DocumentTable, DocumentVersionTable, VersionPassageTable


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document, as the operator sees it."""

    number: int
    live: bool
    stage: str | None
    """None: it was or is live. Else it waits to be (records/staging.py)."""
    title: str
    ingested_at: datetime
    passages: int


class Versions:
    """Documents by path and their versions, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, path: str) -> list[Version]:
        """Newest first. Raises BadInput where nothing was ever read from the path."""
        return [
            Version(row.version, row.live, row.stage, row.title, row.ingested_at, self._passages(row.id))
            for row in self._rows(self._document(path))
        ]

    def roll_back(self, path: str, to: int | None) -> int:
        """Let version `to` come back, or the one before the live one. Its number; BadInput where there is none."""
        document, staging = self._document(path), Staging(self._session)
        rows = [row for row in self._rows(document) if row.stage not in {Stage.COMING, Stage.HELD}]
        live = next((row for row in rows if row.live), None)
        before = [row for row in rows if live is None or row.version < live.version]
        chosen = next((row for row in (before if to is None else rows) if to in {None, row.version}), None)
        if chosen is None:
            raise BadInput(
                f"「{path}」に、その版（{to or '1つ前'}）はありません。madoguchi versions でご確認ください。"
            )
        staging.settle(path)
        if chosen is not live:
            staging.put(chosen.id, Stage.BACK)
        return chosen.version

    def move(self, old: str, new: str) -> None:
        """Let the document of `old` be read from `new`; a removed one that stood there takes the path left."""
        moving, standing = self._document(old), self._find(new)
        if standing is not None:
            self._rename(standing, f"{old}#{new_id()}")
        self._rename(moving, new)
        if standing is not None:
            self._rename(standing, old)

    def _rename(self, document: DocumentTable, path: str) -> None:
        """What takes its place goes on doing so."""
        newer = DocumentVersionTable.supersedes
        self._session.execute(update(DocumentVersionTable).where(newer == document.path).values(supersedes=path))
        document.path = path
        self._session.flush()

    def _document(self, path: str) -> DocumentTable:
        found = self._find(path)
        if found is None:
            raise BadInput(f"「{path}」から取り込んだ資料はありません。")
        return found

    def _find(self, path: str) -> DocumentTable | None:
        return self._session.scalar(select(DocumentTable).where(DocumentTable.path == path).with_for_update())

    def _rows(self, document: DocumentTable) -> Sequence[DocumentVersionTable]:
        mine = DocumentVersionTable.document_id == document.id
        return self._session.scalars(
            select(DocumentVersionTable).where(mine).order_by(DocumentVersionTable.version.desc())
        ).all()

    def _passages(self, version_id: str) -> int:
        mine = VersionPassageTable.version_id == version_id
        return self._session.scalar(select(func.count()).select_from(VersionPassageTable).where(mine)) or 0
