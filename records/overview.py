"""A body at a glance: its consultations with their states, who takes care of it, what lies before it. Given a session.

Read by faces that show a summary (Slack's Home, the card, the web's front); whole consultations: records/pages.py.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultation.calendar import tokyo_date
from consultation.case import CaseId, CaseState, ConsultantId
from consultation.inquiry import Channel, ConsultationId, Place
from consultation.municipality import Municipality, MunicipalityCode
from consultation.outcome import OutcomeKind
from consultation.routing import Candidate
from consultation.team import Team
from records.programme import Programme, ProgrammeDate
from records.registry import Registry
from records.roster import Roster
from records.tables import CaseTable, ConsultationTable, InquiryTable

MOST_DATES = 5


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """One consultation in a list: its first words, and where it stands. `outcome` None: not decided, or taken back."""

    id: ConsultationId
    number: str
    place: Place
    asker_id: str
    opened_at: datetime
    text: str
    is_for_person: bool
    outcome: OutcomeKind | None
    is_withdrawn: bool
    case_id: CaseId | None
    case_state: CaseState | None
    """Of its newest case."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Whom a body may ask: its team with its hours, and who of it is there today."""

    team: Team
    people: tuple[str, ...]
    is_open: bool
    until: datetime | None
    """Open: until when today. Closed: when it opens next; None where no opening is in sight."""


@dataclass(frozen=True, slots=True)
class Background:
    """What a consultant should know of a body before answering it."""

    team: Team
    channels: int
    earlier: tuple[ConsultationLine, ...]
    """The last consultations before this one, the newest first."""
    cases: int
    """How many cases the body had before this one."""


class Overview:
    """The summary inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def body_of(self, team: str, channel: str, user: str) -> MunicipalityCode | None:
        """The body of somebody in Slack: by the register, else by what they asked before."""
        found = Registry(self._session).body_at(team, channel, user)
        if found is not None:
            return found
        asked = (
            select(ConsultationTable.municipality_code)
            .where(ConsultationTable.asker_id == f"{team}:{user}", ConsultationTable.channel == Channel.SLACK.value)
            .order_by(ConsultationTable.opened_at.desc())
            .limit(1)
        )
        code = self._session.scalar(asked)
        if code is None or Registry(self._session).has_left(MunicipalityCode(code)):
            return None
        return MunicipalityCode(code)

    def consultations(
        self, body: MunicipalityCode, limit: int, before: datetime | None = None
    ) -> tuple[list[ConsultationLine], int]:
        """A body's newest consultations, and how many there are in all."""
        theirs = [ConsultationTable.municipality_code == body]
        if before is not None:
            theirs.append(ConsultationTable.opened_at < before)
        total = self._session.scalar(select(func.count()).select_from(ConsultationTable).where(*theirs)) or 0
        query = select(ConsultationTable).where(*theirs).order_by(ConsultationTable.opened_at.desc()).limit(limit)
        return [self._line(row) for row in self._session.scalars(query)], total

    def counter(self, body: MunicipalityCode, now: datetime) -> Counter:
        """Whom to ask, and whether anybody is there."""
        roster = Roster(self._session)
        team = roster.team_of(body)
        present = (one.consultant for one in roster.candidates(now) if not one.is_absent)
        there = [one.name for one in present if not team.id or one.team_id == team.id]
        is_open = team.hours.is_open(now)
        until = team.hours.closing(now) if is_open else team.hours.next_opening(now)
        return Counter(team, tuple(there), is_open, until)

    def ahead(self, body: MunicipalityCode, now: datetime) -> list[ProgrammeDate]:
        """The programme's next dates."""
        return Programme(self._session).ahead(tokyo_date(now), body, MOST_DATES)

    def background(self, body: Municipality, before: datetime, most: int) -> Background:
        """What was before a consultation that began at a moment."""
        earlier, _ = self.consultations(body.code, most, before)
        cases = (
            select(func.count())
            .select_from(CaseTable)
            .join(ConsultationTable, ConsultationTable.id == CaseTable.consultation_id)
            .where(ConsultationTable.municipality_code == body.code, ConsultationTable.opened_at < before)
        )
        channels = sum(code == body.code for _, _, code in Registry(self._session).channels())
        team = Roster(self._session).team_of(body.code)
        return Background(team, channels, tuple(earlier), self._session.scalar(cases) or 0)

    def colleagues(self, consultant_id: ConsultantId, now: datetime) -> list[Candidate]:
        """Everybody of a consultant's team with their load, themselves first; of the demo only one's own entry."""
        roster = Roster(self._session)
        me = next((one for one in roster.everybody(now) if one.consultant.id == consultant_id), None)
        if me is None:
            return []
        others = (one for one in roster.candidates(now) if one.consultant.id != consultant_id)
        return [me, *(one for one in others if one.consultant.team_id == me.consultant.team_id)]

    def _line(self, row: ConsultationTable) -> ConsultationLine:
        inquiries = self._session.scalars(
            select(InquiryTable).where(InquiryTable.consultation_id == row.id).order_by(InquiryTable.ordinal)
        ).all()
        case = self._session.scalar(
            select(CaseTable).where(CaseTable.consultation_id == row.id).order_by(CaseTable.opened_at.desc()).limit(1)
        )
        first, last = inquiries[0], inquiries[-1]
        return ConsultationLine(
            ConsultationId(row.id),
            row.number,
            Place(Channel(row.channel), row.team, row.room, row.thread),
            row.asker_id,
            row.opened_at,
            first.text,
            any(one.wants_person for one in inquiries),
            OutcomeKind(last.outcome) if last.outcome else None,
            last.withdrawn_at is not None,
            CaseId(case.id) if case else None,
            CaseState(case.state) if case else None,
        )
