"""To whom a case is turned: team, expertise, area, load, absence, deputies; somebody, while anybody is registered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from consultation.case import Consultant, ConsultantId
from consultation.team import Team


class Because(StrEnum):
    """Why a consultant was turned to; stands in the case's history."""

    FITTING = "fitting"
    """The best of those who are there and have room."""
    DEPUTY = "deputy"
    """For the best one, who is absent."""
    FALLBACK = "fallback"
    """Nobody has room: the lead."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a case asks of a consultant; None: nothing in that respect."""

    team_id: str | None
    area: str | None
    topic: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A consultant on the day of the question."""

    consultant: Consultant
    open_cases: int = 0
    """That they own, or were turned to for."""
    today: int = 0
    """How many they were turned to for since midnight."""
    is_absent: bool = False

    @property
    def has_room(self) -> bool:
        one = self.consultant
        is_full = one.most_open is not None and self.open_cases >= one.most_open
        return not is_full and (one.most_a_day is None or self.today < one.most_a_day)


@dataclass(frozen=True, slots=True)
class Route:
    consultant: Consultant
    because: Because


def route(need: Need, candidates: Sequence[Candidate], declined: frozenset[ConsultantId] = frozenset()) -> Route | None:
    """Who is turned to. Who declined is not, while anybody else is left; None only where nobody is registered."""
    asked = [one for one in candidates if one.consultant.id not in declined]
    able = [one for one in asked if not one.is_absent and one.has_room]
    best = _best(need, asked)
    if best is not None and best.is_absent:
        deputy = next((one for one in able if one.consultant.id == best.consultant.deputy_id), None)
        if deputy is not None:
            return Route(deputy.consultant, Because.DEPUTY)
    fitting = _best(need, able)
    if fitting is not None:
        return Route(fitting.consultant, Because.FITTING)
    present = [one for one in asked if not one.is_absent]
    fallback = next(filter(None, (_lead(need, group) for group in (present, asked, candidates))), None)
    return Route(fallback.consultant, Because.FALLBACK) if fallback else None


def knows_better(topic: str | None, one: Consultant, other: Consultant) -> bool:
    """Whether the topic is more one's than the other's."""
    return _match(one.topics, topic) > _match(other.topics, topic)


def lead_of(team: Team, candidates: Iterable[Candidate]) -> Consultant | None:
    """The lead who is there: of the team, else of another one."""
    leads = [one.consultant for one in candidates if one.consultant.is_lead and not one.is_absent]
    return next((one for one in leads if one.team_id == (team.id or None)), leads[0] if leads else None)


def has_fallback(candidates: Iterable[Candidate]) -> bool:
    """Whether a case can be turned to somebody whatever happens: a lead is registered, who has no limits."""
    return any(one.consultant.is_lead for one in candidates)


def _best(need: Need, group: Sequence[Candidate]) -> Candidate | None:
    return max(group, key=lambda one: _fitness(need, one), default=None)


def _lead(need: Need, group: Sequence[Candidate]) -> Candidate | None:
    return _best(need, [one for one in group if one.consultant.is_lead] or group)


def _fitness(need: Need, candidate: Candidate) -> tuple[bool, int, int, int, int]:
    """The team first, then expertise and area; of equals who has least to do. The first registered wins a tie."""
    one = candidate.consultant
    return (
        need.team_id is None or one.team_id == need.team_id,
        _match(one.topics, need.topic),
        _match(one.areas, need.area),
        -candidate.open_cases,
        -candidate.today,
    )


def _match(known: tuple[str, ...], wanted: str | None) -> int:
    """2: named; 1: open to all, or nothing is wanted; 0: something else."""
    if wanted is not None and wanted in known:
        return 2
    return 1 if wanted is None or not known else 0
