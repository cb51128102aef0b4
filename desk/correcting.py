"""What a consultant corrects of an open case: topic, priority, last day. Each that changes is a deed, with why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from consultation.case import OPEN_STATES, CaseDeed, CaseId, Consultant, Priority
from consultation.inquiry import Place
from consultation.masking import mask
from consultation.topic import Topic
from desk import wording
from desk.casework import Deed, Done, Refused
from desk.letters import Purpose
from desk.turning import turn_by_topic
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.rows import CaseRow, DeliveryRow


@dataclass(frozen=True, slots=True)
class Correction:
    """How the case shall stand; topic None: as it is. `due_on` None: by the team's targets."""

    topic: str | None
    priority: Priority
    due_on: date | None


class Correcting:
    """Takes corrections."""

    def __init__(
        self, ledger: Ledger, dispatch: Callable[[list[DeliveryRow]], None], consultants: Place | None
    ) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def correct(self, case_id: CaseId, consultant: Consultant | None, wanted: Correction, why: str) -> Deed:
        """Any consultant may; the reason is kept masked. The clock follows from the history (decision 0025).

        Of a case that nobody has taken, another topic calls who knows it better.
        """
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        reason = mask(why).text.strip()
        if not reason:
            return Refused(wording.NO_REASON)

        def deed(session: Session) -> Refused | list[DeliveryRow]:
            CaseBook(session).lock(case_id)
            case, now = Pages(session).case(case_id), datetime.now(UTC)
            refused = _against(case, wanted, now)
            if refused is not None:
                return refused
            done = [
                what
                for what, value in _deeds(case, wanted)
                if CaseBook(session).move(case_id, what, consultant.id, now, why=reason, value=value).done
            ]
            is_turned = CaseDeed.SORT in done and turn_by_topic(session, case_id, now)
            purposes = [Purpose.TURNED, Purpose.CARD_STATE] if is_turned else [Purpose.CARD_STATE]
            return self._told(session, case_id, purposes, now) if done else []

        planned = self._ledger.write(deed)
        if isinstance(planned, Refused):
            return planned
        self._dispatch(planned)
        return Done(self._ledger.read(lambda session: Pages(session).case(case_id)))

    def _told(self, session: Session, case_id: CaseId, purposes: Sequence[Purpose], now: datetime) -> list[DeliveryRow]:
        if self._consultants is None:
            return []
        place, occasion = self._consultants, str(len(Pages(session).case(case_id).history))
        return [PostBook(session).plan(each, place, now, case_id=case_id, occasion=occasion) for each in purposes]


def _against(case: CaseRow, wanted: Correction, now: datetime) -> Refused | None:
    """What the rules say against it."""
    if case.state not in OPEN_STATES:
        return Refused(wording.NOT_NOW.format(state=wording.STATES[case.state]))
    if wanted.topic is not None and wanted.topic not in set(Topic):
        return Refused(wording.NO_SUCH_TOPIC)
    day, hours = wanted.due_on, case.team.hours
    if day is not None and day != case.watch.due_on and (not hours.is_day(day) or hours.end_of(day) <= now):
        return Refused(wording.NO_SUCH_DAY)
    return None


def _deeds(case: CaseRow, wanted: Correction) -> Iterator[tuple[CaseDeed, str]]:
    """What changes, with what it becomes."""
    if wanted.topic is not None and wanted.topic != case.topic:
        yield CaseDeed.SORT, wanted.topic
    if (wanted.priority is Priority.URGENT) != case.is_urgent:
        yield CaseDeed.PRIORITISE, wanted.priority.value
    if wanted.due_on != case.watch.due_on:
        yield CaseDeed.SCHEDULE, wanted.due_on.isoformat() if wanted.due_on else ""
