"""What the weekly figures are made of: a team's questions, cases and ratings of some weeks. Given a session."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consultation.case import OPEN_STATES, CaseEvent, CaseState
from consultation.consent import ASKED_FOR
from consultation.outcome import OutcomeKind, Reason
from consultation.rating import Rating
from consultation.team import Team
from consultation.topic import topic_of
from consultation.watch import Watch
from consultation.weekly import Asked, Figures, Handled, Week, figures
from records.pages import event_from
from records.ratings import rating_from
from records.tables import (
    CaseEventTable,
    CaseTable,
    CitationTable,
    ConsultationTable,
    InquiryTable,
    MunicipalityTable,
    RatingTable,
)


class Weeks:
    """The weeks of a team inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def figures(self, team: Team, weeks: Sequence[Week]) -> list[Figures]:
        """Of each week, in the given order; a few queries for all of them."""
        questions, cases = self._asked(team, weeks), self._handled(team, weeks)
        return [figures(week, questions, cases) for week in weeks]

    def _asked(self, team: Team, weeks: Sequence[Week]) -> list[Asked]:
        since, until = min(week.since for week in weeks), max(week.until for week in weeks)
        query = (
            select(InquiryTable, CaseTable.topic)
            .join(ConsultationTable, ConsultationTable.id == InquiryTable.consultation_id)
            .join(MunicipalityTable, MunicipalityTable.code == ConsultationTable.municipality_code)
            .outerjoin(CaseTable, CaseTable.inquiry_id == InquiryTable.id)
            .where(_of(team), InquiryTable.received_at >= since, InquiryTable.received_at < until)
            .where(InquiryTable.withdrawn_at.is_(None))
        )
        rows = self._session.execute(query).all()
        lacking = [row.id for row, _ in rows if row.reason in set(ASKED_FOR)]
        near = self._near(lacking)
        return [_asked(row, topic, tuple(near[row.id])) for row, topic in rows]

    def _near(self, inquiries: Sequence[str]) -> dict[str, list[str]]:
        cited = select(CitationTable.inquiry_id, CitationTable.document).order_by(CitationTable.rank)
        found: dict[str, list[str]] = defaultdict(list)
        for inquiry_id, title in self._session.execute(cited.where(CitationTable.inquiry_id.in_(inquiries))):
            found[inquiry_id].append(title)
        return found

    def _handled(self, team: Team, weeks: Sequence[Week]) -> list[Handled]:
        since, until = min(week.since for week in weeks), max(week.until for week in weeks)
        rated = select(RatingTable.case_id).where(RatingTable.at >= since)
        is_open = CaseTable.state.in_([state.value for state in OPEN_STATES])
        cases = self._session.scalars(
            select(CaseTable)
            .join(ConsultationTable, ConsultationTable.id == CaseTable.consultation_id)
            .join(MunicipalityTable, MunicipalityTable.code == ConsultationTable.municipality_code)
            .where(_of(team), CaseTable.opened_at < until)
            .where(or_(is_open, CaseTable.changed_at >= since, CaseTable.id.in_(rated)))
        ).all()
        wanted = [case.id for case in cases]
        history, ratings = self._history(wanted), self._ratings(wanted)
        return [
            Handled(
                Reason(case.reason),
                Watch(CaseState(case.state), history[case.id], case.is_urgent, team.hours, team.targets),
                tuple(ratings[case.id]),
            )
            for case in cases
        ]

    def _history(self, cases: Sequence[str]) -> dict[str, list[CaseEvent]]:
        found: dict[str, list[CaseEvent]] = defaultdict(list)
        events = select(CaseEventTable).where(CaseEventTable.case_id.in_(cases)).order_by(CaseEventTable.id)
        for event in self._session.scalars(events):
            found[event.case_id].append(event_from(event))
        return found

    def _ratings(self, cases: Sequence[str]) -> dict[str, list[Rating]]:
        found: dict[str, list[Rating]] = defaultdict(list)
        for rating in self._session.scalars(select(RatingTable).where(RatingTable.case_id.in_(cases))):
            found[rating.case_id].append(rating_from(rating))
        return found


def _of(team: Team) -> ColumnElement[bool]:
    return MunicipalityTable.team_id.is_not_distinct_from(team.id or None)


def _asked(row: InquiryTable, topic: str | None, near: tuple[str, ...]) -> Asked:
    return Asked(
        row.text,
        row.received_at,
        OutcomeKind(row.outcome) if row.outcome else None,
        Reason(row.reason) if row.reason else None,
        topic or (topic_of(row.text, list(near)) if row.reason in set(ASKED_FOR) else None),
        near,
    )
