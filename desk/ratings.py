"""What askers think of a case after its end: each one's last word is kept; a low one with words reaches the lead."""

from collections.abc import Callable
from datetime import UTC, datetime

from consultation.case import ANSWERED_STATES, CaseId
from consultation.inquiry import Place
from consultation.masking import mask
from consultation.rating import LONGEST, Rating, Score
from desk import wording
from desk.casework import Deed, Done, Refused
from desk.letters import Purpose
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.ratings import Ratings as RatingBook
from records.rows import DeliveryRow


class Ratings:
    """Takes ratings."""

    def __init__(
        self, ledger: Ledger, dispatch: Callable[[list[DeliveryRow]], None], consultants: Place | None
    ) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def rate(self, case_id: CaseId, by: str, score: Score | None, words: str | None = None) -> Deed:
        """Keep a face, or words to the face that was pressed before (masked); None of either leaves it as it was."""
        said = None if words is None else mask(words).text.strip()[:LONGEST]

        def deed(session: Session) -> list[DeliveryRow] | None:
            if Pages(session).case(case_id).state not in ANSWERED_STATES:
                return None
            rating = RatingBook(session).rate(case_id, by, score, said, _now())
            if rating is None:
                return None
            return self._planned(session, case_id, rating)

        planned = self._ledger.write(deed)
        if planned is None:
            return Refused(wording.NOT_TO_RATE)
        self._dispatch(planned)
        return Done(self._ledger.read(lambda session: Pages(session).case(case_id)))

    def _planned(self, session: Session, case_id: CaseId, rating: Rating) -> list[DeliveryRow]:
        if self._consultants is None:
            return []
        plan, card = PostBook(session).plan, f"{rating.id}-{rating.at:%Y%m%d%H%M%S%f}"
        planned = [plan(Purpose.CARD_STATE, self._consultants, _now(), case_id=case_id, occasion=card)]
        if rating.is_complaint:  # once a person and case: who thinks again calls nobody a second time
            planned.append(plan(Purpose.RATED_LOW, self._consultants, _now(), case_id=case_id, occasion=rating.id))
        return planned


def _now() -> datetime:
    return datetime.now(UTC)
