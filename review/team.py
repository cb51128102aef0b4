"""The consultants' team: who has how much and is there, and what each says of themselves, as in Slack's Home."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from consultation.calendar import tokyo_date
from consultation.case import Consultant, ConsultantId
from consultation.routing import Candidate
from consultation.team import EVERYBODY, Team
from consultation.topic import Topic
from desk import wording as desk_wording
from records.ledger import Session
from records.overview import Overview
from records.registry import Registry
from records.roster import Roster
from review import wording
from review.parts import Parts, WebParts
from review.rendering import page
from review.sessions import Visiting, Visitor, consultant_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Roll:
    """A team as one of its consultants sees it."""

    me: Consultant
    team: Team
    colleagues: list[Candidate]
    """Who has most comes first."""
    until: dict[ConsultantId, date]
    """The last day of those who are absent today."""
    names: dict[ConsultantId, str]
    absences: list[tuple[date, date]]
    """One's own, from today on."""


class Days(BaseModel):
    """The form of an absence as it was filled in."""

    first: str = ""
    last: str = ""


class Expertise(BaseModel):
    """What was ticked; nothing: everything."""

    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@router.get("/team")
def team(request: Request, parts: Parts, visitor: Visiting) -> Response:
    return _team(request, parts, visitor)


@router.post("/team/absence")
def be_away(request: Request, parts: Parts, visitor: Visiting, days: Annotated[Days, Form()]) -> Response:
    """Both days are days of absence."""
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (days.first, days.last))
    except ValueError:
        return _team(request, parts, visitor, wording.BAD_DATE, days)
    no = parts.desk.attendance.be_away(consultant_of(parts, visitor), first, last, _today())
    return _team(request, parts, visitor, no, days) if no else _done()


@router.post("/team/back")
def be_back(request: Request, parts: Parts, visitor: Visiting) -> Response:
    no = parts.desk.attendance.be_back(consultant_of(parts, visitor), _today())
    return _team(request, parts, visitor, no) if no else _done()


@router.post("/team/expertise")
def specialise(request: Request, parts: Parts, visitor: Visiting, wish: Annotated[Expertise, Form()]) -> Response:
    no = parts.desk.attendance.specialise(consultant_of(parts, visitor), wish.topics, wish.areas)
    return _team(request, parts, visitor, no, wish) if no else _done()


def _done() -> Response:
    return RedirectResponse("/team", HTTPStatus.SEE_OTHER)


def _team(
    request: Request, parts: WebParts, visitor: Visitor, error: str = "", tried: Days | Expertise | None = None
) -> Response:
    """The page; with an error, what was filled in stands in its form."""
    me, now = consultant_of(parts, visitor), datetime.now(UTC)
    return page(
        request,
        "team.html",
        HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        roll=parts.ledger.read(lambda session: _roll(session, me, now)) if me else None,
        topics=[(topic.value, topic.label) for topic in Topic],
        days=tried if isinstance(tried, Days) else Days(),
        is_wrong=isinstance(tried, Days),
        wish=tried if isinstance(tried, Expertise) else _known(me),
        error=error,
        not_consultant=desk_wording.NOT_CONSULTANT,
    )


def _known(me: Consultant | None) -> Expertise:
    return Expertise(topics=me.topics, areas=me.areas) if me else Expertise()


def _roll(session: Session, me: Consultant, now: datetime) -> Roll:
    roster, today = Roster(session), tokyo_date(now)
    return Roll(
        me,
        next((team for team in roster.teams() if team.id == me.team_id), EVERYBODY),
        sorted(Overview(session).colleagues(me.id, now), key=lambda one: -one.open_cases),
        roster.away_until(today),
        {one.id: one.name for one in Registry(session).consultants()},
        roster.absences(me.id, today),
    )


def _today() -> date:
    return tokyo_date(datetime.now(UTC))
