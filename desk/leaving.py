"""Who left, and what stays behind: cases without their consultant, or whose municipality left.

The roster and the register say who is there (docs/decisions/0032); a case's history says what was done about it.
"""

from collections.abc import Callable
from datetime import datetime

from consultation.case import CaseDeed, CaseId, CaseState
from consultation.inquiry import Place
from consultation.routing import lead_of
from desk.letters import Purpose
from desk.turning import DESK, turn
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.roster import Roster
from records.rows import CaseRow, DeliveryRow

_TAKING = frozenset({CaseDeed.CLAIM, CaseDeed.TAKE_OVER})


class Leaving:
    """Looks after what who left has left behind."""

    def __init__(
        self, ledger: Ledger, dispatch: Callable[[list[DeliveryRow]], None], consultants: Place | None
    ) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def look(self, now: datetime) -> int:
        """See to what is left behind. How many cases that were."""
        behind = self._ledger.read(lambda session: CaseBook(session).left_behind())
        return sum(self._see_to(case_id, now) for case_id in behind)

    def _see_to(self, case_id: CaseId, now: datetime) -> bool:
        def deed(session: Session) -> list[DeliveryRow] | None:
            CaseBook(session).lock(case_id)
            purpose = _mended(session, Pages(session).case(case_id), now)
            return None if purpose is None else self._planned(session, purpose, case_id, now)

        planned = self._ledger.write(deed)
        if planned is None:
            return False
        self._dispatch(planned)
        return True

    def _planned(self, session: Session, purpose: Purpose, case_id: CaseId, now: datetime) -> list[DeliveryRow]:
        place, occasion = self._consultants, str(len(Pages(session).case(case_id).history))
        if place is None:
            return []
        plan = PostBook(session).plan
        return [plan(each, place, now, case_id=case_id, occasion=occasion) for each in (purpose, Purpose.CARD_STATE)]


def _mended(session: Session, case: CaseRow, now: datetime) -> Purpose | None:
    """What was done about the case, as the letter that tells of it; None: nothing is to be done."""
    cases = CaseBook(session)
    if Registry(session).has_left(case.consultation.municipality.code):
        return Purpose.NOTICE if cases.move(case.id, CaseDeed.END, DESK, now).done else None
    if case.state is CaseState.WAITING:
        asked = case.turned_to
        is_turned = asked is not None and asked.has_left and turn(session, case.id, now) is not None
        return Purpose.TURNED if is_turned else None
    if case.owner is None or not case.owner.has_left or _is_told(case):
        return None
    lead = lead_of(case.team, Roster(session).candidates(now))
    moved = cases.move(case.id, CaseDeed.LEAVE, DESK, now, to=lead.id if lead else None)
    return Purpose.NOTICE if moved.done else None


def _is_told(case: CaseRow) -> bool:
    """Whether the lead was told since the owner took it."""
    last = next((event.deed for event in reversed(case.history) if event.deed in {*_TAKING, CaseDeed.LEAVE}), None)
    return last is CaseDeed.LEAVE
