"""Bulletins: a team's open cases each morning, its lead's figures each week, articles near their end to their owners.

What a bulletin is about stands in its delivery's id (`digest:TEAM:DAY`, `weekly:TEAM:MONDAY`, `expiring:ARTICLE:LAST
DAY:STATE`): whoever looks, however often, plans the same row. It tells what is so when it is posted: that day or
week, or never (docs/decisions/0031).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from consultation.article import ArticleId
from consultation.calendar import tokyo_date
from consultation.case import Consultant
from consultation.inquiry import Place
from consultation.routing import Candidate
from consultation.team import Team
from consultation.weekly import week_of
from desk.letters import Bulletin, Expiring, Morning, Purpose, Weekly
from records.article_pages import ArticlePages
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.roster import Roster
from records.rows import ArticleRow, CaseRow, DeliveryRow
from records.weeks import Weeks

BULLETINS = frozenset({Purpose.MORNING, Purpose.WEEKLY, Purpose.EXPIRING})
NO_TEAM = "all"
"""In an id, for EVERYBODY."""


class Bulletins:
    """Looks whether a team's morning or week has begun."""

    def __init__(
        self, ledger: Ledger, dispatch: Callable[[list[DeliveryRow]], None], consultants: Place | None
    ) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def look(self, now: datetime) -> int:
        """Plan what is due and is not planned. How many."""
        place = self._consultants
        if place is None:
            return 0

        def is_due(session: Session) -> bool:
            posts = PostBook(session)
            due = [occasion for team in _open(session, now) for occasion in _occasions(team, now)]
            return not all(map(posts.find, due)) or any(_ending(session, now))

        if not self._ledger.read(is_due):
            return 0
        planned = self._ledger.write(lambda session: list(_planned(session, place, now)))
        self._dispatch(planned)
        return len(planned)


def bulletin(session: Session, due: DeliveryRow, now: datetime) -> Bulletin | None:
    """What a planned bulletin tells now; None: its day or week is over, or there is nothing to tell."""
    if due.purpose == Purpose.EXPIRING:
        return _expiring(session, due)
    purpose, team_id, day = due.id.split(":")[:3]
    began = date.fromisoformat(day)
    team = next((one for one in Roster(session).serving() if (one.id or NO_TEAM) == team_id), None)
    if team is None or not team.hours.is_open(now):
        return None
    if purpose == Purpose.MORNING:
        cases = _standing(session, team)
        absent = tuple(one.consultant for one in _members(session, team, now) if one.is_absent)
        is_now = tokyo_date(now) == began
        return Bulletin(due, Purpose.MORNING, Morning(team, now, cases, absent)) if cases and is_now else None
    week = week_of(tokyo_date(now))
    [figures] = Weeks(session).figures(team, [week.before])
    if week.monday != began or figures.is_empty:
        return None
    leads, directly = _leads(session, team, now), Registry(session).ever_in_slack(due.place.room)
    if directly is not None and directly not in leads:  # planned for who led the team, and does no more
        return None
    by_name = directly or next((one for one in leads if one.slack_user is None), None)
    return Bulletin(due, Purpose.WEEKLY, Weekly(team, figures), by_name)


def _open(session: Session, now: datetime) -> list[Team]:
    return [team for team in Roster(session).serving() if team.hours.is_open(now)]


def _occasions(team: Team, now: datetime) -> tuple[str, str]:
    """The ids of this morning's and this week's bulletin (a lead beside the first has a longer one)."""
    today, name = tokyo_date(now), team.id or NO_TEAM
    return f"{Purpose.MORNING}:{name}:{today}", f"{Purpose.WEEKLY}:{name}:{week_of(today).monday}"


def _planned(session: Session, place: Place, now: datetime) -> Iterator[DeliveryRow]:
    posts = PostBook(session)
    for team in _open(session, now):
        morning, weekly = _occasions(team, now)
        if posts.find(morning) is None:
            yield posts.plan(Purpose.MORNING, place, now, occasion=morning.partition(":")[2])
        if posts.find(weekly) is None:
            for number, to in enumerate(_desks(_leads(session, team, now), place)):
                occasion = ":".join([weekly.partition(":")[2], *([str(number)] if number else [])])
                yield posts.plan(Purpose.WEEKLY, to, now, occasion=occasion)
    for occasion, room in list(_ending(session, now)):
        to = Place(place.channel, place.team, room, "")
        yield posts.plan(Purpose.EXPIRING, to, now, occasion=occasion)


def _ending(session: Session, now: datetime) -> Iterator[tuple[str, str]]:
    """Of articles near their end, or just past it, whose owner was not told: the occasion, and who that is in Slack.

    While a team is open: nobody is written to on a Sunday.
    """
    if not _open(session, now):
        return
    pages, posts = ArticlePages(session), PostBook(session)
    for article in pages.ending(tokyo_date(now)):
        occasion = f"{article.id}:{article.expires_on}:{article.state.value}"
        owner = _owner(session, article)
        if owner is not None and owner.slack_user and posts.find(f"{Purpose.EXPIRING}:{occasion}") is None:
            yield occasion, owner.slack_user


def _expiring(session: Session, due: DeliveryRow) -> Bulletin | None:
    """None: it was renewed or taken out meanwhile, or is another's."""
    article_id, last, state = due.id.split(":")[1:]
    article = ArticlePages(session).get(ArticleId(article_id))
    owner = _owner(session, article)
    if (article.expires_on.isoformat(), article.state.value) != (last, state):
        return None
    if owner is None or owner.slack_user != due.place.room:
        return None
    return Bulletin(due, Purpose.EXPIRING, Expiring(article), owner)


def _owner(session: Session, article: ArticleRow) -> Consultant | None:
    consultant_id = ArticlePages(session).owners_consultant(article)
    return Registry(session).serving(consultant_id) if consultant_id else None


def _desks(leads: list[Consultant], consultants: Place) -> list[Place]:
    """Where the leads are written to: directly, or in the consultants' channel; there as well if there is no lead."""
    direct = [Place(consultants.channel, consultants.team, one.slack_user or consultants.room, "") for one in leads]
    return list(dict.fromkeys(direct)) or [consultants]


def _leads(session: Session, team: Team, now: datetime) -> list[Consultant]:
    return [one.consultant for one in _members(session, team, now) if one.consultant.is_lead]


def _members(session: Session, team: Team, now: datetime) -> list[Candidate]:
    return [one for one in Roster(session).candidates(now) if one.consultant.team_id == (team.id or None)]


def _standing(session: Session, team: Team) -> tuple[CaseRow, ...]:
    mine = [case for case in Pages(session).open_cases() if case.team.id == team.id]
    return tuple(sorted(mine, key=lambda case: case.watch.due or datetime.max.replace(tzinfo=UTC)))
