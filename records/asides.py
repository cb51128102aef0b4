"""What consultants asked the machine inside a case, and what it said. Given a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consultation.aside import Aside, AsideId, AsideKind
from consultation.case import CaseId, ConsultantId
from consultation.errors import NotFound
from consultation.inquiry import ConsultationId
from consultation.municipality import MunicipalityCode
from records.base import new_id
from records.tables import AsideTable, CaseTable, ConsultantTable, ConsultationTable, InquiryTable


@dataclass(frozen=True, slots=True)
class AsideRow:
    """`decided_at` None: still being looked up."""

    id: AsideId
    case_id: CaseId
    asker: str
    kind: AsideKind
    words: str
    is_posted: bool
    asked_at: datetime
    decided_at: datetime | None
    withdrawn_at: datetime | None
    text: str
    found: tuple[CaseId, ...]


class AsideBook:
    """The asides inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(
        self, key: str, case_id: CaseId, by: ConsultantId, aside: Aside, at: datetime, *, is_posted: bool
    ) -> tuple[AsideId, bool]:
        """Enter it once; True where it is new."""
        standing = self._session.scalar(select(AsideTable.id).where(AsideTable.key == key))
        if standing is not None:
            return AsideId(standing), False
        row = AsideTable(
            id=new_id(), key=key, case_id=case_id, consultant_id=by, kind=aside.kind.value, words=aside.words,
            is_posted=is_posted, asked_at=at, text="", found=[],
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return AsideId(row.id), True

    def get(self, aside_id: AsideId) -> AsideRow:
        row = self._session.get(AsideTable, aside_id)
        if row is None:
            raise NotFound("この依頼は見つかりません。")
        return self._read(row)

    def in_case(self, case_id: CaseId) -> list[AsideRow]:
        """Those of a case that were not taken back, oldest first."""
        theirs = select(AsideTable).where(AsideTable.case_id == case_id, AsideTable.withdrawn_at.is_(None))
        return [self._read(row) for row in self._session.scalars(theirs.order_by(AsideTable.asked_at))]

    def record(self, aside_id: AsideId, text: str, found: Sequence[CaseId], at: datetime) -> bool:
        """Keep what was said to it, once. False: it was said before, or nobody asks any more."""
        row = self._session.get_one(AsideTable, aside_id, with_for_update=True)
        if row.decided_at is not None or row.withdrawn_at is not None:
            return False
        row.text, row.found, row.decided_at = text, [str(one) for one in found], at
        return True

    def withdraw(self, key: str, at: datetime) -> None:
        """Who asked deleted the message: its words go."""
        row = self._session.scalar(select(AsideTable).where(AsideTable.key == key).with_for_update())
        if row is not None and row.withdrawn_at is None:
            row.withdrawn_at, row.words, row.text, row.found = at, "", "", []

    def forget(self, case_id: CaseId, text: str) -> None:
        """The question of a case was taken back: what was written to it goes, and `text` stands there."""
        drafts = update(AsideTable).where(AsideTable.case_id == case_id, AsideTable.decided_at.is_not(None))
        self._session.execute(drafts.where(AsideTable.kind == AsideKind.DRAFT.value).values(text=text))

    def unstarted(self) -> list[tuple[AsideId, MunicipalityCode]]:
        """What is neither said nor taken back, with the body whose materials count."""
        query = (
            select(AsideTable.id, ConsultationTable.municipality_code)
            .join(CaseTable, CaseTable.id == AsideTable.case_id)
            .join(ConsultationTable, ConsultationTable.id == CaseTable.consultation_id)
            .where(AsideTable.decided_at.is_(None), AsideTable.withdrawn_at.is_(None))
            .order_by(AsideTable.asked_at)
        )
        return [(AsideId(found), MunicipalityCode(body)) for found, body in self._session.execute(query)]

    def questions_but(self, consultation_id: ConsultationId, most: int) -> list[tuple[CaseId, str]]:
        """The questions of all other consultations' cases, the newest first; consultants see all bodies."""
        query = (
            select(CaseTable.id, InquiryTable.text)
            .join(InquiryTable, InquiryTable.id == CaseTable.inquiry_id)
            .where(CaseTable.consultation_id != consultation_id, InquiryTable.withdrawn_at.is_(None))
            .order_by(CaseTable.opened_at.desc())
        )
        return [(CaseId(found), text) for found, text in self._session.execute(query.limit(most))]

    def _read(self, row: AsideTable) -> AsideRow:
        asker = self._session.get_one(ConsultantTable, row.consultant_id).name
        return AsideRow(
            AsideId(row.id), CaseId(row.case_id), asker, AsideKind(row.kind), row.words, row.is_posted, row.asked_at,
            row.decided_at, row.withdrawn_at, row.text, tuple(map(CaseId, row.found)),
        )  # fmt: skip
