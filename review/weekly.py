"""The last weeks of a team in figures, as its lead is told them (consultation.weekly)."""

from datetime import UTC, date, datetime

from fastapi import APIRouter, Request, Response

from consultation.calendar import tokyo_date
from consultation.team import Team
from consultation.weekly import ENDS, Figures, Week, week_of
from records.ledger import Session
from records.registry import Registry
from records.roster import Roster
from records.weeks import Weeks
from review.parts import Parts
from review.rendering import page
from review.sessions import Visiting

router = APIRouter()

WEEKS = 8


@router.get("/weekly")
def weekly(request: Request, parts: Parts, visitor: Visiting, team: str = "", week: str = "") -> Response:
    """Eight whole weeks side by side, and one of them with what the materials lack; first the consultant's own team."""
    weeks = _last_weeks(tokyo_date(datetime.now(UTC)))

    def view(session: Session) -> tuple[list[Team], Team | None, list[Figures]]:
        teams = Roster(session).serving()
        chosen = _chosen(session, teams, team, visitor.signed_in.profile.consultant_id)
        return teams, chosen, Weeks(session).figures(chosen, weeks) if chosen else []

    teams, chosen, found = parts.ledger.read(view)
    shown = next((one for one in found if one.week.monday.isoformat() == week), found[0] if found else None)
    return page(request, "weekly.html", teams=teams, chosen=chosen, found=found, shown=shown, ends=ENDS)


def _last_weeks(today: date) -> list[Week]:
    """The whole weeks before this one, the newest first."""
    weeks = [week_of(today).before]
    while len(weeks) < WEEKS:
        weeks.append(weeks[-1].before)
    return weeks


def _chosen(session: Session, teams: list[Team], wanted: str, consultant_id: str | None) -> Team | None:
    one = Registry(session).consultant(consultant_id) if consultant_id else None
    own = (one.team_id or "") if one else ""
    by_id = {team.id: team for team in teams}
    return by_id.get(wanted) or by_id.get(own) or (teams[0] if teams else None)
