"""The book of cases: every deed of consultation.case, each won once, each in the history. Given a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import and_, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, aliased

from consultation.case import (
    OPEN_STATES,
    OWNERS_DEEDS,
    CaseDeed,
    CaseEvent,
    CaseId,
    CaseState,
    ConsultantId,
    Priority,
    after,
)
from consultation.errors import NotFound
from consultation.inquiry import ConsultationId, InquiryId
from consultation.outcome import Reason
from records.base import new_id
from records.tables import (
    CaseEventTable,
    CaseTable,
    ConsultantTable,
    ConsultationTable,
    InquiryTable,
    MunicipalityTable,
)

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

    def open_for(
        self,
        inquiry_id: InquiryId,
        reason: Reason,
        by: str,
        at: datetime,
        *,
        topic: str | None = None,
        is_urgent: bool = False,
    ) -> tuple[CaseId, bool]:
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
                topic=topic,
                is_urgent=is_urgent,
                opened_at=at,
                changed_at=at,
            )
            self._session.add(row)
            self._session.flush()
            self._note(row.id, CaseEvent(CaseDeed.OPEN, by, at))
            return CaseId(row.id), True
        moved = self.move(CaseId(row.id), CaseDeed.REOPEN, by, at)
        return CaseId(row.id), moved.done

    def move(  # noqa: PLR0913  what a deed says, by name
        self,
        case_id: CaseId,
        deed: CaseDeed,
        by: str,
        at: datetime,
        *,
        to: ConsultantId | None = None,
        why: str = "",
        value: str = "",
    ) -> Moved:
        """Do `deed` if state and owner allow it, by compare-and-set: of two at once, one wins."""
        row = self._get(case_id)
        state, owner_id = CaseState(row.state), row.owner_id
        target = after(state, deed)
        if target is None or not _may(deed, by, row):
            return Moved(False, state, owner_id)
        standing = (
            CaseTable.id == case_id,
            CaseTable.state == state.value,
            CaseTable.owner_id.is_not_distinct_from(owner_id),
            CaseTable.turned_to_id.is_not_distinct_from(row.turned_to_id),
        )
        values = {"state": target.value, "changed_at": at, **_held(deed, by, to, row), **_corrected(deed, value)}
        swap = update(CaseTable).where(*standing).values(**values)
        done = cast(CursorResult[Any], self._session.execute(swap)).rowcount == 1
        self._session.refresh(row)
        if done:
            self._note(case_id, CaseEvent(deed, by, at, why, to, value))
        return Moved(done, CaseState(row.state), row.owner_id)

    def lock(self, case_id: CaseId) -> None:
        """Hold the case until the unit of work ends, so that what is read of it stays so."""
        self._session.get_one(CaseTable, case_id, with_for_update=True, populate_existing=True)

    def open_case(self, consultation_id: ConsultationId) -> CaseId | None:
        """The open case of a consultation, the newest, if a person has to do with it."""
        found = self._session.scalar(
            select(CaseTable.id)
            .where(CaseTable.consultation_id == consultation_id, CaseTable.state.in_(_OPEN))
            .order_by(CaseTable.opened_at.desc())
            .limit(1)
        )
        return CaseId(found) if found else None

    def last_case(self, consultation_id: ConsultationId) -> tuple[CaseId, CaseState] | None:
        """The newest case of a consultation, whatever became of it."""
        found = self._session.execute(
            select(CaseTable.id, CaseTable.state)
            .where(CaseTable.consultation_id == consultation_id)
            .order_by(CaseTable.opened_at.desc())
            .limit(1)
        ).first()
        return (CaseId(found[0]), CaseState(found[1])) if found else None

    def declined(self, case_id: CaseId) -> frozenset[ConsultantId]:
        """Who could not take the case since it was opened, or reopened."""
        deeds = select(CaseEventTable.deed, CaseEventTable.by).where(CaseEventTable.case_id == case_id)
        found: set[ConsultantId] = set()
        for deed, by in self._session.execute(deeds.order_by(CaseEventTable.id)):
            if deed == CaseDeed.REOPEN:
                found.clear()
            elif deed == CaseDeed.DECLINE:
                found.add(ConsultantId(by))
        return frozenset(found)

    def left_behind(self) -> list[CaseId]:
        """Cases that stand although their owner, or who was turned to, or their municipality has left."""
        owner, asked = aliased(ConsultantTable), aliased(ConsultantTable)
        found = self._session.scalars(
            select(CaseTable.id)
            .join(ConsultationTable, ConsultationTable.id == CaseTable.consultation_id)
            .join(MunicipalityTable, MunicipalityTable.code == ConsultationTable.municipality_code)
            .outerjoin(owner, owner.id == CaseTable.owner_id)
            .outerjoin(asked, asked.id == CaseTable.turned_to_id)
            .where(
                or_(
                    and_(
                        MunicipalityTable.left_at.is_not(None), CaseTable.state.in_([*_OPEN, CaseState.RESOLVED.value])
                    ),
                    and_(or_(owner.left_at.is_not(None), asked.left_at.is_not(None)), CaseTable.state.in_(_OPEN)),
                )
            )
            .order_by(CaseTable.opened_at)
        )
        return [CaseId(case_id) for case_id in found]

    def of_inquiry(self, inquiry_id: InquiryId) -> CaseId | None:
        found = self._session.scalar(select(CaseTable.id).where(CaseTable.inquiry_id == inquiry_id))
        return CaseId(found) if found else None

    def _get(self, case_id: CaseId) -> CaseTable:
        row = self._session.get(CaseTable, case_id)
        if row is None:
            raise NotFound("この引継ぎは見つかりません。")
        return row

    def _note(self, case_id: str, event: CaseEvent) -> None:
        self._session.add(
            CaseEventTable(
                case_id=case_id,
                deed=event.deed.value,
                by=event.by,
                at=event.at,
                why=event.why,
                to_id=event.to,
                value=event.value,
            )
        )
        self._session.flush()


def _may(deed: CaseDeed, by: str, row: CaseTable) -> bool:
    if deed is CaseDeed.DECLINE:
        return row.turned_to_id == by
    if deed is CaseDeed.TAKE_OVER:
        return row.owner_id != by
    return deed not in OWNERS_DEEDS or row.owner_id == by


def _held(deed: CaseDeed, by: str, to: ConsultantId | None, row: CaseTable) -> dict[str, str | None]:
    """Who owns the case, and who is turned to, after a deed that changes that."""
    match deed:
        case CaseDeed.CLAIM | CaseDeed.TAKE_OVER:
            return {"owner_id": by, "turned_to_id": None}
        case CaseDeed.ROUTE:
            return {"turned_to_id": to}
        case CaseDeed.HAND_ON:
            return {"owner_id": None, "turned_to_id": to}
        case CaseDeed.DECLINE:
            return {"turned_to_id": None}
        case CaseDeed.REOPEN:
            return {"owner_id": None, "turned_to_id": row.owner_id}  # who knows it already
        case _:
            return {}


def _corrected(deed: CaseDeed, value: str) -> dict[str, str | bool]:
    """What a correction sets of the row; the last day stands in the history alone."""
    match deed:
        case CaseDeed.SORT:
            return {"topic": value}
        case CaseDeed.PRIORITISE:
            return {"is_urgent": value == Priority.URGENT}
        case _:
            return {}
