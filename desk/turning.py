"""A case opened, or opened again, and turned to whoever should take it; in the transaction of the one who asks."""

from datetime import datetime

from consultation.calendar import tokyo_date
from consultation.case import CaseDeed, CaseId, CaseState, ConsultantId
from consultation.due import is_due_soon, is_soon
from consultation.outcome import Reason
from consultation.routing import Because, Need, knows_better, route
from consultation.topic import topic_of
from records.casebook import CaseBook
from records.ledger import Session
from records.pages import Pages
from records.roster import Roster
from records.rows import CaseRow, InquiryRow

DESK = "desk"


def opened(session: Session, inquiry: InquiryRow, reason: Reason, by: str, now: datetime) -> CaseId:
    """The case of a question, open, and turned to somebody."""
    wish, on = inquiry.wish, tokyo_date(inquiry.received_at)
    topic = wish.topic or topic_of(inquiry.text, [citation.document for citation in inquiry.citations])
    is_named_soon = is_soon(wish.by, on) if wish.by else is_due_soon(inquiry.text, on)
    is_urgent = reason is Reason.URGENT or is_named_soon
    case_id, _ = CaseBook(session).open_for(inquiry.id, reason, by, now, topic=topic, is_urgent=is_urgent)
    turn(session, case_id, now)
    return case_id


def turn(session: Session, case_id: CaseId, now: datetime) -> ConsultantId | None:
    """Turn the case to who fits best; who had it before a reopening keeps it while there. None: nobody is there."""
    case, roster, cases = Pages(session).case(case_id), Roster(session), CaseBook(session)
    candidates = roster.candidates(now)
    asked = case.turned_to.id if case.turned_to is not None else None
    if any(one.consultant.id == asked and not one.is_absent for one in candidates):
        return asked
    found = route(_need(case), candidates, cases.declined(case_id))
    if found is None:
        return None
    cases.move(case_id, CaseDeed.ROUTE, DESK, now, to=found.consultant.id, why=found.because.value)
    return found.consultant.id


def turn_by_topic(session: Session, case_id: CaseId, now: datetime) -> bool:
    """A case that nobody has taken, of another topic now: turned to who knows it better, if somebody does."""
    case, cases = Pages(session).case(case_id), CaseBook(session)
    if case.state is not CaseState.WAITING or case.turned_to is None:
        return False
    found = route(_need(case), Roster(session).candidates(now), cases.declined(case_id))
    if found is None or found.because is not Because.FITTING:
        return False
    if not knows_better(case.topic, found.consultant, case.turned_to):
        return False
    return cases.move(case_id, CaseDeed.ROUTE, DESK, now, to=found.consultant.id, why=found.because.value).done


def _need(case: CaseRow) -> Need:
    return Need(case.team.id or None, case.consultation.municipality.area.value, case.topic)
