"""Ratings of cases: one a case and person, the last counts. Given a session."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultation.case import CaseId
from consultation.rating import Rating, Score
from records.base import new_id
from records.tables import CaseTable, RatingTable


class Ratings:
    """The ratings inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rate(self, case_id: CaseId, by: str, score: Score | None, words: str | None, at: datetime) -> Rating | None:
        """Keep a score, or words to the score that stands; None of either leaves it. None: there is no score yet."""
        self._session.get_one(CaseTable, case_id, with_for_update=True)  # of two clicks at once one makes the row
        mine = (RatingTable.case_id == case_id, RatingTable.by == by)
        row = self._session.scalar(select(RatingTable).where(*mine))
        if row is None:
            if score is None:
                return None
            row = RatingTable(id=new_id(), case_id=case_id, by=by, words="")
            self._session.add(row)
        row.score = row.score if score is None else score.value
        row.words = row.words if words is None else words
        row.at = at
        self._session.flush()
        return rating_from(row)

    def of(self, case_id: str) -> tuple[Rating, ...]:
        """The oldest first."""
        rows = self._session.scalars(select(RatingTable).where(RatingTable.case_id == case_id).order_by(RatingTable.at))
        return tuple(map(rating_from, rows))


def rating_from(row: RatingTable) -> Rating:
    return Rating(row.id, row.by, Score(row.score), row.words, row.at)
