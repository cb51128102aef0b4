"""Who is there for whom: teams with their hours and targets, absences, and the load of each. Given a session."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consultation.calendar import TOKYO, tokyo_date
from consultation.case import OPEN_STATES, CaseDeed, ConsultantId
from consultation.errors import BadInput, NotFound
from consultation.municipality import MunicipalityCode
from consultation.opening import OpeningHours
from consultation.routing import Candidate
from consultation.team import EVERYBODY, Team
from consultation.watch import Targets
from records.accounts import Accounts, Role
from records.base import new_id
from records.registry import consultant_from
from records.tables import AbsenceTable, CaseEventTable, CaseTable, ConsultantTable, MunicipalityTable, TeamTable

_OPEN = [state.value for state in OPEN_STATES]
_MINUTE = timedelta(minutes=1)


class Roster:
    """The roster inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_team(self, name: str, hours: OpeningHours, targets: Targets) -> Team:
        """Register a team; the same name again corrects it."""
        row = self._session.scalar(select(TeamTable).where(TeamTable.name == name)) or TeamTable(id=new_id(), name=name)
        row.opens, row.closes = f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}"
        row.closed = sorted(day.isoformat() for day in hours.closed)
        row.reply_min, row.resolution_min = targets.reply // _MINUTE, targets.resolution // _MINUTE
        row.urgent_reply_min = targets.urgent_reply // _MINUTE
        row.urgent_resolution_min = targets.urgent_resolution // _MINUTE
        row.asked_after_days = targets.asked_after
        self._session.add(row)
        self._session.flush()
        return team_from(row)

    def teams(self) -> list[Team]:
        return [team_from(row) for row in self._session.scalars(select(TeamTable).order_by(TeamTable.name))]

    def serving(self) -> list[Team]:
        """Every team, and who takes care of municipalities without one, where there are any."""
        alone = select(MunicipalityTable.code).where(MunicipalityTable.team_id.is_(None)).limit(1)
        return [*self.teams(), *([EVERYBODY] if self._session.scalar(alone) else [])]

    def team_called(self, name: str) -> Team:
        """Raises NotFound."""
        found = next((team for team in self.teams() if team.name == name), None)
        if found is None:
            raise NotFound(f"チーム「{name}」は登録されていません。")
        return found

    def team_of(self, code: MunicipalityCode) -> Team:
        """Who takes care of a municipality."""
        body = self._session.get(MunicipalityTable, code)
        row = self._session.get(TeamTable, body.team_id) if body and body.team_id else None
        return team_from(row) if row else EVERYBODY

    def entrust(self, code: MunicipalityCode, team: Team) -> None:
        """Have a team take care of a municipality. Raises NotFound."""
        row = self._session.get(MunicipalityTable, code)
        if row is None:
            raise NotFound(f"団体コード「{code}」は登録されていません。")
        row.team_id = team.id
        self._session.flush()

    def place(
        self,
        consultant_id: ConsultantId,
        *,
        team: Team | None,
        deputy_id: ConsultantId | None,
        is_lead: bool,
        most_open: int | None,
        most_a_day: int | None,
    ) -> None:
        """Say where a consultant stands. Raises BadInput where no lead would be left to fall back on."""
        row = self._row(consultant_id)
        if deputy_id == consultant_id:
            raise BadInput("代理には、本人以外のコンサルタントをご指定ください。")
        if row.is_lead and not is_lead and self._leads() <= 1:
            raise BadInput("主任がいなくなります。先に別の主任をご登録ください。")
        row.team_id, row.deputy_id, row.is_lead = team.id if team else None, deputy_id, is_lead
        row.most_open, row.most_a_day = most_open, most_a_day
        self._session.flush()

    def be_away(self, consultant_id: ConsultantId, first: date, last: date) -> None:
        """Note an absence, both days included. Raises BadInput."""
        if last < first:
            raise BadInput("不在の終わりの日は、始まりの日と同じか後の日をご指定ください。")
        row = self._row(consultant_id)
        self._session.add(AbsenceTable(id=new_id(), consultant_id=row.id, first=first, last=last))
        self._session.flush()

    def be_back(self, consultant_id: ConsultantId, on: date) -> None:
        """End every absence that covers a day, or lies ahead of it."""
        mine = select(AbsenceTable).where(AbsenceTable.consultant_id == consultant_id, AbsenceTable.last >= on)
        for row in self._session.scalars(mine):
            if row.first >= on:
                self._session.delete(row)
            else:
                row.last = on - timedelta(days=1)
        self._session.flush()

    def absences(self, consultant_id: ConsultantId, on: date) -> list[tuple[date, date]]:
        """The absences that cover a day, or lie ahead of it: first and last day, in order."""
        mine = select(AbsenceTable).where(AbsenceTable.consultant_id == consultant_id, AbsenceTable.last >= on)
        return [(row.first, row.last) for row in self._session.scalars(mine.order_by(AbsenceTable.first))]

    def specialise(self, consultant_id: ConsultantId, topics: tuple[str, ...], areas: tuple[str, ...]) -> None:
        """Say what a consultant is expert in; empty: all."""
        row = self._row(consultant_id)
        row.topics, row.areas = list(topics), list(areas)
        self._session.flush()

    def away_until(self, day: date) -> dict[ConsultantId, date]:
        """Who is absent on a day, and the last day of it."""
        query = (
            select(AbsenceTable.consultant_id, func.max(AbsenceTable.last))
            .where(AbsenceTable.first <= day, AbsenceTable.last >= day)
            .group_by(AbsenceTable.consultant_id)
        )
        return {ConsultantId(one): last for one, last in self._session.execute(query)}

    def candidates(self, at: datetime) -> list[Candidate]:
        """Who is asked, with their load at a moment, the first registered first; the demo's one only where alone."""
        everybody, demo = self.everybody(at), Accounts(self._session).demo(Role.CONSULTANT)
        real = [one for one in everybody if demo is None or one.consultant.id != demo.profile.consultant_id]
        return real or everybody

    def everybody(self, at: datetime) -> list[Candidate]:
        """Every consultant with their load at a moment, the first registered first; the demo's one too."""
        day = tokyo_date(at)
        midnight = datetime.combine(day, time(), TOKYO)
        away, load, today = self.away_until(day), self._load(), self._since(midnight)
        asked = select(ConsultantTable).where(ConsultantTable.left_at.is_(None))
        rows = self._session.scalars(asked.order_by(ConsultantTable.created_at, ConsultantTable.id))
        return [Candidate(consultant_from(row), load[row.id], today[row.id], row.id in away) for row in rows]

    def _load(self) -> Counter[str]:
        """Open cases by who owns them, or was turned to."""
        holder = func.coalesce(CaseTable.owner_id, CaseTable.turned_to_id)
        query = select(holder, func.count()).where(CaseTable.state.in_(_OPEN)).group_by(holder)
        return Counter({str(held): count for held, count in self._session.execute(query)})

    def _since(self, moment: datetime) -> Counter[str]:
        """Cases since a moment by who was turned to, or claimed them."""
        taking = or_(CaseEventTable.deed == CaseDeed.ROUTE.value, CaseEventTable.deed == CaseDeed.HAND_ON.value)
        query = (
            select(CaseEventTable.to_id, func.count(CaseEventTable.case_id.distinct()))
            .where(taking, CaseEventTable.at >= moment)
            .group_by(CaseEventTable.to_id)
        )
        return Counter({str(to): count for to, count in self._session.execute(query)})

    def _leads(self) -> int:
        leads = select(func.count()).where(ConsultantTable.is_lead, ConsultantTable.left_at.is_(None))
        return self._session.scalar(leads) or 0

    def _row(self, consultant_id: ConsultantId) -> ConsultantTable:
        row = self._session.get(ConsultantTable, consultant_id)
        if row is None:
            raise NotFound("この担当コンサルタントは登録されていません。")
        return row


def team_from(row: TeamTable) -> Team:
    return Team(
        row.id,
        row.name,
        OpeningHours(
            time.fromisoformat(row.opens),
            time.fromisoformat(row.closes),
            frozenset(map(date.fromisoformat, row.closed)),
        ),
        Targets(
            row.reply_min * _MINUTE,
            row.resolution_min * _MINUTE,
            row.urgent_reply_min * _MINUTE,
            row.urgent_resolution_min * _MINUTE,
            row.asked_after_days,
        ),
    )
