"""What a Home shows, read in one unit of work: of a consultant, of municipal staff, or of somebody unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from consultation.calendar import tokyo_date
from consultation.case import CaseDeed, CaseId, CaseState, Consultant
from consultation.inquiry import Place
from consultation.municipality import Municipality
from consultation.routing import Candidate
from desk.letters import Purpose
from records.ledger import Session
from records.overview import ConsultationLine, Counter, Overview
from records.pages import Pages
from records.postbook import PostBook
from records.programme import ProgrammeDate
from records.registry import Registry
from records.roster import Roster
from records.rows import CaseRow

MOST_MINE, MOST_WAITING, MOST_CONSULTATIONS = 25, 15, 20


@dataclass(frozen=True, slots=True)
class ConsultantHome:
    """`mine` and `waiting` are what is shown of them, by deadline; the counts are of all."""

    me: Consultant
    mine: tuple[CaseRow, ...]
    count_mine: int
    waiting: tuple[CaseRow, ...]
    count_waiting: int
    cards: dict[CaseId, Place]
    """Where the cards of the shown cases stand."""
    colleagues: tuple[Candidate, ...]
    absences: tuple[tuple[date, date], ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class StaffHome:
    person: str
    """The reader, as askers are known."""
    body: Municipality
    lines: tuple[ConsultationLine, ...]
    count: int
    dates: tuple[ProgrammeDate, ...]
    counter: Counter


@dataclass(frozen=True, slots=True)
class StrangersHome:
    user: str


Home = ConsultantHome | StaffHome | StrangersHome


def home_of(me: Consultant | None, team: str, user: str, now: datetime) -> Callable[[Session], Home]:
    """A view for Ledger.read: what this person's Home shows; `me` where a consultant."""

    def view(session: Session) -> Home:
        if me is not None:
            return _consultants(session, me, now)
        body = Overview(session).body_of(team, "", user)
        if body is None:
            return StrangersHome(user)
        return _staffs(session, f"{team}:{user}", Registry(session).municipality(body), now)

    return view


def is_fit(me: Consultant, case: CaseRow) -> bool:
    """Whether a waiting case is one for this consultant: turned to them, or of their topics and areas."""
    if case.turned_to is not None and case.turned_to.id == me.id:
        return True
    if any(event.deed is CaseDeed.DECLINE and event.by == me.id for event in case.history):
        return False
    knows_topic = case.topic is None or not me.topics or case.topic in me.topics
    return knows_topic and (not me.areas or case.consultation.municipality.area in me.areas)


def _consultants(session: Session, me: Consultant, now: datetime) -> ConsultantHome:
    standing = sorted(Pages(session).open_cases(), key=lambda case: (case.watch.due or now, case.opened_at))
    mine = [case for case in standing if case.owner is not None and case.owner.id == me.id]
    waiting = [case for case in standing if case.state is CaseState.WAITING and is_fit(me, case)]
    waiting.sort(key=lambda case: case.turned_to is None or case.turned_to.id != me.id)
    shown = [*mine[:MOST_MINE], *waiting[:MOST_WAITING]]
    return ConsultantHome(
        me,
        tuple(mine[:MOST_MINE]),
        len(mine),
        tuple(waiting[:MOST_WAITING]),
        len(waiting),
        {case.id: place for case in shown if (place := _card(session, case.id)) is not None},
        tuple(Overview(session).colleagues(me.id, now)),
        tuple(Roster(session).absences(me.id, tokyo_date(now))),
        now,
    )


def _card(session: Session, case_id: CaseId) -> Place | None:
    card = PostBook(session).posted(Purpose.CARD, case_id)
    if card is None or card.posted_ref is None:
        return None
    return Place(card.place.channel, card.place.team, card.place.room, card.posted_ref)


def _staffs(session: Session, person: str, body: Municipality, now: datetime) -> StaffHome:
    overview = Overview(session)
    lines, count = overview.consultations(body.code, MOST_CONSULTATIONS)
    dates, counter = overview.ahead(body.code, now), overview.counter(body.code, now)
    return StaffHome(person, body, tuple(lines), count, tuple(dates), counter)
