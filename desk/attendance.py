"""What consultants say of themselves, whichever face they use: when they are away, and what they are expert in."""

from datetime import date

from consultation.case import Consultant
from consultation.errors import BadInput
from consultation.municipality import Area
from consultation.topic import Topic
from desk import wording
from records.ledger import Ledger
from records.roster import Roster


class Attendance:
    """The deeds of consultants on their own entry. Each gives what stands against it, or None: done."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def be_away(self, consultant: Consultant | None, first: date | None, last: date | None, today: date) -> str | None:
        """Note an absence, both days included. The same days again change nothing: a doubled submission is one."""
        if consultant is None:
            return wording.NOT_CONSULTANT
        if first is None or last is None:
            return wording.NO_DAYS
        if last < today:
            return wording.PAST_DAYS
        mine = consultant.id

        def known(roster: Roster) -> bool:
            return (first, last) in roster.absences(mine, today)

        try:
            self._ledger.write(
                lambda session: None if known(Roster(session)) else Roster(session).be_away(mine, first, last)
            )
        except BadInput as no:
            return no.reason
        return None

    def be_back(self, consultant: Consultant | None, today: date) -> str | None:
        """End every absence from today on."""
        if consultant is None:
            return wording.NOT_CONSULTANT
        mine = consultant.id
        self._ledger.write(lambda session: Roster(session).be_back(mine, today))
        return None

    def specialise(self, consultant: Consultant | None, topics: tuple[str, ...], areas: tuple[str, ...]) -> str | None:
        """Say what one is expert in; nothing chosen: everything."""
        if consultant is None:
            return wording.NOT_CONSULTANT
        if not set(topics) <= set(Topic) or not set(areas) <= set(Area):
            return wording.NO_SUCH_CHOICE
        mine = consultant.id
        self._ledger.write(lambda session: Roster(session).specialise(mine, topics, areas))
        return None
