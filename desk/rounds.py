"""The rounds: every so often a look at each case, and what its clock asks for is told, once, whichever replica looks.

Nothing waits between two looks: what is due follows from a case's history and its team's hours (consultation.watch).
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from consultation.case import CaseDeed, CaseId, Consultant
from consultation.errors import Unavailable
from consultation.inquiry import Channel, Place
from consultation.routing import Candidate
from desk.letters import Purpose
from desk.turning import DESK
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.roster import Roster
from records.rows import CaseRow, DeliveryRow

log = structlog.get_logger()

EVERY_S = 20.0
_TO_ASKER = {CaseDeed.ASK: Purpose.ASK, CaseDeed.LAPSE: Purpose.LAPSED}


class Rounds:
    """Looks at the cases when it is told to, or by itself once it is begun."""

    def __init__(
        self, ledger: Ledger, dispatch: Callable[[list[DeliveryRow]], None], consultants: Place | None
    ) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants
        self._looks: tuple[Callable[[datetime], object], ...] = ()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="rounds", daemon=True)

    def begin(self, *others: Callable[[datetime], object]) -> None:
        """Walk by itself; `others` are looked after on the same rounds."""
        self._looks = (self.look, *others)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self, now: datetime) -> int:
        """Tell what is due. How many cases that were."""
        seen = self._ledger.read(lambda session: Pages(session).watched_cases())
        due = [case.id for case in seen if case.watch.notice(now) is not None]
        return sum(self._tell(case_id, now) for case_id in due)

    def _walk(self) -> None:
        while not self._over.wait(EVERY_S):
            for look in self._looks:
                try:
                    look(datetime.now(UTC))
                except Unavailable as fault:
                    log.warning("rounds_unavailable", fault=str(fault))
                except Exception:
                    log.exception("rounds_failed")

    def _tell(self, case_id: CaseId, now: datetime) -> bool:
        def deed(session: Session) -> list[DeliveryRow] | None:
            CaseBook(session).lock(case_id)
            case = Pages(session).case(case_id)
            notice = case.watch.notice(now)  # as it is now: another replica may have told it
            if notice is None:
                return None
            told = None if notice in _TO_ASKER else _addressee(case, notice, Roster(session).candidates(now))
            moved = CaseBook(session).move(case_id, notice, DESK, now, to=told.id if told else None)
            return self._planned(session, case, notice, now) if moved.done else None

        planned = self._ledger.write(deed)
        if planned is None:
            return False
        self._dispatch(planned)
        return True

    def _planned(self, session: Session, case: CaseRow, notice: CaseDeed, now: datetime) -> list[DeliveryRow]:
        posts, occasion, planned = PostBook(session), str(len(case.history) + 1), []
        if notice in _TO_ASKER:
            place = case.consultation.place
            if place.channel is Channel.SLACK:
                planned.append(posts.plan(_TO_ASKER[notice], place, now, case_id=case.id, occasion=occasion))
        elif self._consultants is not None:
            planned.append(posts.plan(Purpose.NOTICE, self._consultants, now, case_id=case.id, occasion=occasion))
        if self._consultants is not None and notice is CaseDeed.LAPSE:
            planned.append(posts.plan(Purpose.CARD_STATE, self._consultants, now, case_id=case.id, occasion=occasion))
        return planned


def _addressee(case: CaseRow, notice: CaseDeed, candidates: list[Candidate]) -> Consultant | None:
    """Whom a notice calls: who has the case, then the deputy, then the lead of its team; nobody who is away."""
    holder = case.owner or case.turned_to
    present = [one.consultant for one in candidates if not one.is_absent]
    lead = lead_for(case, candidates)
    deputy = next((one for one in present if holder is not None and one.id == holder.deputy_id), None)
    if notice is CaseDeed.ALARM:
        return lead
    return holder if notice is CaseDeed.REMIND and holder in present else deputy or lead


def lead_for(case: CaseRow, candidates: list[Candidate]) -> Consultant | None:
    """The lead of the case's team, or another one; nobody who is away."""
    leads = [one.consultant for one in candidates if one.consultant.is_lead and not one.is_absent]
    return next((one for one in leads if one.team_id == (case.team.id or None)), leads[0] if leads else None)
