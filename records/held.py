"""Files of the web as they lie in the log's database: sealed, in pieces. Given a session; the seal is the desk's."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Exists, Select, delete, exists, func, select, update
from sqlalchemy.orm import Session

from consultation.attachment import HELD
from consultation.case import OPEN_STATES, CaseState
from records.open_files import CONSULTATION_OF, of_files
from records.tables import AttachmentTable, CaseTable, HeldFileTable, SlackBotTable

_NEEDED = [state.value for state in (*OPEN_STATES, CaseState.RESOLVED)]
"""While the asker is asked whether it is solved, the case may be open again at any moment."""


class HeldBook:
    """The held files inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, ref: str, piece: int, sealed: bytes, at: datetime) -> None:
        """One piece of a file; one that stands already is young again."""
        theirs = HeldFileTable.ref == ref, HeldFileTable.piece == piece
        if self._session.scalar(select(HeldFileTable.piece).where(*theirs)) is None:
            self._session.add(HeldFileTable(ref=ref, piece=piece, kept_at=at, sealed=sealed))
        else:
            self._session.execute(update(HeldFileTable).where(*theirs).values(kept_at=at))

    def piece(self, ref: str, piece: int) -> bytes | None:
        """Sealed, as it was kept; None: there is none (any more)."""
        return self._session.scalar(
            select(HeldFileTable.sealed).where(HeldFileTable.ref == ref, HeldFileTable.piece == piece)
        )

    def replace(self, ref: str, piece: int, sealed: bytes) -> None:
        """The same under another key, unless it went meanwhile."""
        theirs = update(HeldFileTable).where(HeldFileTable.ref == ref, HeldFileTable.piece == piece)
        self._session.execute(theirs.values(sealed=sealed))

    def pieces(self) -> list[tuple[str, int]]:
        """Every piece that is held, the newest first."""
        query = select(HeldFileTable.ref, HeldFileTable.piece).order_by(HeldFileTable.kept_at.desc())
        return [(ref, piece) for ref, piece in self._session.execute(query)]

    def count(self) -> int:
        """How many files are held."""
        return self._session.scalar(select(func.count(HeldFileTable.ref.distinct()))) or 0

    def let_go(self, refs: Iterable[str], at: datetime) -> None:
        """Nothing of them is held any more; those they belong to know since when."""
        gone = list(refs)
        self._session.execute(delete(HeldFileTable).where(HeldFileTable.ref.in_(gone)))
        theirs = update(AttachmentTable).where(AttachmentTable.team == HELD, AttachmentTable.ref.in_(gone))
        theirs = theirs.where(AttachmentTable.let_go_at.is_(None))
        self._session.execute(theirs.values(let_go_at=at))

    def let_go_unneeded(self, ref: str, kept: datetime, wordless: datetime, at: datetime) -> bool:
        """Let go of one, if it is `past` or `wordless` still: since they were listed its case may be open again."""
        found = (_past(kept), _wordless(wordless))
        if all(self._session.scalar(query.where(HeldFileTable.ref == ref)) is None for query in found):
            return False
        self.let_go([ref], at)
        return True

    def past(self, before: datetime) -> list[str]:
        """What was uploaded before, and no case needs."""
        return list(self._session.scalars(_past(before)))

    def wordless(self, before: datetime) -> list[str]:
        """What was uploaded before, and no words came to; or they had let go of it when it came again."""
        return list(self._session.scalars(_wordless(before)))


def is_anything_sealed(session: Session) -> bool:
    """Whether tokens or files are kept that a new key would not open."""
    found = (select(HeldFileTable.piece).limit(1), select(SlackBotTable.id).limit(1))
    return any(session.scalar(query) is not None for query in found)


def _older(before: datetime) -> Select[str]:
    return select(HeldFileTable.ref).where(HeldFileTable.kept_at < before, HeldFileTable.piece == 0)


def _past(before: datetime) -> Select[str]:
    return _older(before).where(~_is_needed())


def _wordless(before: datetime) -> Select[str]:
    noted = exists().where(
        AttachmentTable.team == HELD, AttachmentTable.ref == HeldFileTable.ref, AttachmentTable.let_go_at.is_(None)
    )
    return _older(before).where(~noted)


def _is_needed() -> Exists:
    return (
        of_files(CaseTable.id)
        .join(CaseTable, CaseTable.consultation_id == CONSULTATION_OF)
        .where(
            AttachmentTable.team == HELD,
            AttachmentTable.ref == HeldFileTable.ref,
            CaseTable.state.in_(_NEEDED),
        )
        .exists()
    )
