"""The book of cases: opening, claiming (won once), replying, resolving, withdrawing. Given a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from consultation.case import OPEN_STATES, OWNERS_DEEDS, CaseDeed, CaseId, CaseState, ConsultantId, after
from consultation.errors import NotFound
from consultation.inquiry import ConsultationId, InquiryId
from consultation.outcome import Reason
from records.base import new_id
from records.tables import CaseEventTable, CaseTable, InquiryTable

_OPEN = [state.value for state in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a deed: done, or the state and owner that stood against it."""

    done: bool
    state: CaseState
    owner_id: str | None


class CaseBook:
    """The cases inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_for(self, inquiry_id: InquiryId, reason: Reason, by: str, at: datetime) -> tuple[CaseId, bool]:
        """The case of a question; opened, or reopened, where none is open (then True)."""
        inquiry = self._session.get_one(InquiryTable, inquiry_id, with_for_update=True)  # of two openers one opens
        row = self._session.scalar(select(CaseTable).where(CaseTable.inquiry_id == inquiry_id))
        if row is None:
            row = CaseTable(
                id=new_id(),
                consultation_id=inquiry.consultation_id,
                inquiry_id=inquiry_id,
                state=CaseState.WAITING.value,
                reason=reason.value,
                opened_at=at,
                changed_at=at,
            )
            self._session.add(row)
            self._session.flush()
            self._note(row.id, CaseDeed.OPEN, by, at)
            return CaseId(row.id), True
        moved = self.move(CaseId(row.id), CaseDeed.REOPEN, by, at)
        return CaseId(row.id), moved.done

    def move(
        self, case_id: CaseId, deed: CaseDeed, by: str, at: datetime, owner_id: ConsultantId | None = None
    ) -> Moved:
        """Do `deed` if state and owner allow it, by compare-and-set: of two at once, one wins."""
        row = self._get(case_id)
        state = CaseState(row.state)
        target = after(state, deed)
        if target is None or (deed in OWNERS_DEEDS and row.owner_id != by):
            return Moved(False, state, row.owner_id)
        values: dict[str, Any] = {"state": target.value, "changed_at": at}
        if deed is CaseDeed.CLAIM:
            values["owner_id"] = owner_id
        if deed is CaseDeed.REOPEN:
            values["owner_id"] = None
        standing = (CaseTable.id == case_id, CaseTable.state == state.value)
        swap = update(CaseTable).where(*standing, CaseTable.owner_id.is_not_distinct_from(row.owner_id))
        done = cast(CursorResult[Any], self._session.execute(swap.values(**values))).rowcount == 1
        self._session.refresh(row)
        if done:
            self._note(case_id, deed, by, at)
        return Moved(done, CaseState(row.state), row.owner_id)

    def open_case(self, consultation_id: ConsultationId) -> CaseId | None:
        """The open case of a consultation, the newest, if a person has to do with it."""
        found = self._session.scalar(
            select(CaseTable.id)
            .where(CaseTable.consultation_id == consultation_id, CaseTable.state.in_(_OPEN))
            .order_by(CaseTable.opened_at.desc())
            .limit(1)
        )
        return CaseId(found) if found else None

    def of_inquiry(self, inquiry_id: InquiryId) -> CaseId | None:
        found = self._session.scalar(select(CaseTable.id).where(CaseTable.inquiry_id == inquiry_id))
        return CaseId(found) if found else None

    def _get(self, case_id: CaseId) -> CaseTable:
        row = self._session.get(CaseTable, case_id)
        if row is None:
            raise NotFound("この引継ぎは見つかりません。")
        return row

    def _note(self, case_id: str, deed: CaseDeed, by: str, at: datetime) -> None:
        self._session.add(CaseEventTable(case_id=case_id, deed=deed.value, by=by, at=at))
        self._session.flush()
