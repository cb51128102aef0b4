"""What a consultant sent, corrected or taken back: the municipality's thread and the case's follow, at any time."""

from collections.abc import Callable
from datetime import UTC, datetime

from consultation.case import CaseId, Consultant
from consultation.errors import NotFound
from consultation.inquiry import Place
from desk import carrying, wording
from desk.casework import Deed, Dispatch, Done, Refused
from desk.following import reply_follows
from desk.letters import Purpose
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.replies import ReplyBook, ReplyRow
from records.rows import CaseRow, DeliveryRow

Change = Callable[[Session], list[DeliveryRow]]


class Replies:
    """The deeds on what was sent: by who sent it, or by who owns the case now; by message or by button."""

    def __init__(self, ledger: Ledger, dispatch: Dispatch, consultants: Place | None) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def mine(self, turn_id: str, consultant: Consultant | None) -> tuple[ReplyRow, CaseRow] | Refused:
        """The reply, where this consultant may still change it."""
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        try:
            reply, case = self._ledger.read(lambda session: _read(session, turn_id))
        except NotFound as no:
            return Refused(no.reason)
        owner = case.owner.id if case.owner else None
        if consultant.id not in {reply.sender, owner}:
            return Refused(wording.NOT_SENDER.format(name=reply.turn.name))
        if reply.turn.withdrawn_at is not None:
            return Refused(wording.RECALLED_ALREADY)
        return reply, case

    def revise(self, turn_id: str, consultant: Consultant | None, text: str) -> Deed:
        """Other words in the place of those that were sent."""
        found = self.mine(turn_id, consultant)
        if isinstance(found, Refused) or consultant is None:
            return found if isinstance(found, Refused) else Refused(wording.NOT_CONSULTANT)
        words, by = text.strip(), consultant.id
        if not words:
            return Refused(wording.EMPTY_REPLY)
        self._do(lambda session: self._revised(session, turn_id, words, by, _now()))
        return Done(self._case(found[1].id))

    def recall(self, turn_id: str, consultant: Consultant | None) -> Deed:
        """Take it back; the asker reads that it was."""
        found = self.mine(turn_id, consultant)
        if isinstance(found, Refused) or consultant is None:
            return found if isinstance(found, Refused) else Refused(wording.NOT_CONSULTANT)
        by = consultant.id
        self._do(lambda session: self._recalled(session, turn_id, by, _now()))
        return Done(self._case(found[1].id))

    def message_edited(self, key: str, consultant: Consultant | None, text: str, at: datetime) -> None:
        """The message that a reply was made of reads otherwise now; blank words change nothing."""
        reply = self._ledger.read(lambda session: ReplyBook(session).of_key(key))
        if reply is None or consultant is None or reply.sender != consultant.id or not text.strip():
            return
        turn_id, by = reply.turn.id, consultant.id
        self._do(lambda session: self._revised(session, turn_id, text.strip(), by, at))

    def message_deleted(self, key: str) -> None:
        """The message that a reply was made of is gone, and so is the reply."""
        reply = self._ledger.read(lambda session: ReplyBook(session).of_key(key))
        if reply is not None:
            turn_id, by = reply.turn.id, reply.sender or ""
            self._do(lambda session: self._recalled(session, turn_id, by, _now()))

    def _revised(self, session: Session, turn_id: str, text: str, by: str, at: datetime) -> list[DeliveryRow]:
        is_done = ReplyBook(session).revise(turn_id, text, by, at)
        return reply_follows(session, turn_id, at) if is_done else []

    def _recalled(self, session: Session, turn_id: str, by: str, at: datetime) -> list[DeliveryRow]:
        if not ReplyBook(session).recall(turn_id, by, at):
            return []
        planned = reply_follows(session, turn_id, at) + carrying.recalled(session, turn_id, at)
        if self._consultants is None:
            return planned
        case_id = ReplyBook(session).get(turn_id).case_id
        plan = PostBook(session).plan
        return [*planned, plan(Purpose.RECALLED, self._consultants, at, case_id=case_id, turn_id=turn_id)]

    def _do(self, change: Change) -> None:
        self._dispatch(self._ledger.write(change))

    def _case(self, case_id: CaseId) -> CaseRow:
        return self._ledger.read(lambda session: Pages(session).case(case_id))


def _read(session: Session, turn_id: str) -> tuple[ReplyRow, CaseRow]:
    reply = ReplyBook(session).get(turn_id)
    return reply, Pages(session).case(reply.case_id)


def _now() -> datetime:
    return datetime.now(UTC)
