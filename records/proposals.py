"""What a reviewer looks at before it goes live: each document that is held, as it is and as it would be."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultation.passage import Passage
from records.library import Library
from records.shelves import Rows, passage_rows
from records.staging import Stage, Staging
from records.tables import DocumentTable, DocumentVersionTable


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document's live passages, and those that it would have. Empty: it is new, or would leave."""

    path: str
    before: Sequence[Passage]
    after: Sequence[Passage]
    replaced: tuple[str, str]
    """Path of the document whose place it takes, and of the one whose place it would take."""


class Proposals:
    """What is held, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Proposal]:
        """In the order of their paths."""
        return [self._of(path) for path in Staging(self._session).waiting()]

    def _of(self, path: str) -> Proposal:
        mine = DocumentVersionTable.document_id.in_(select(DocumentTable.id).where(DocumentTable.path == path))
        library, rows = Library(self._session), passage_rows().where(mine)
        held = rows.where(DocumentVersionTable.stage == Stage.HELD)
        live = rows.where(DocumentVersionTable.live)
        replaced = self._replaced(live), self._replaced(held)
        return Proposal(path, library.passages(live), library.passages(held), replaced)

    def _replaced(self, rows: Rows) -> str:
        found = self._session.execute(rows.limit(1)).first()
        return found[1].supersedes if found is not None else ""
