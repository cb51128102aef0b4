"""What people do to cases, whichever face they use. Each deed is one transaction; posting follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consultation.attachment import Attached, Unfit
from consultation.case import OPEN_STATES, CaseDeed, CaseId, CaseState, Consultant, ConsultantId
from consultation.errors import BadInput
from consultation.inquiry import Channel, InquiryId, Place
from consultation.masking import mask
from consultation.outcome import Reason
from desk import wording
from desk.carrying import to_consultants, to_municipality, unfit_when_opened
from desk.letters import Purpose
from desk.turning import opened, turn
from records.attachments import AttachmentBook
from records.book import CONSULTANT, Book
from records.casebook import CaseBook, Moved
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.replies import ReplyBook
from records.rows import CaseRow, DeliveryRow

Dispatch = Callable[[list[DeliveryRow]], None]


@dataclass(frozen=True, slots=True)
class Done:
    """The deed is done; the case as it stands now."""

    case: CaseRow


@dataclass(frozen=True, slots=True)
class Refused:
    """The rules say no; the sentence is for the one who asked."""

    sentence: str


Deed = Done | Refused


class Casework:
    """The deeds of askers and consultants."""

    def __init__(self, ledger: Ledger, dispatch: Dispatch, consultants: Place | None) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def request_person(self, inquiry_id: InquiryId, by: str) -> Deed:
        """The asker wants a person. A second click finds the case that the first opened."""

        def deed(session: Session) -> tuple[CaseId | None, list[DeliveryRow]]:
            inquiry = Pages(session).inquiry(inquiry_id)
            if inquiry.withdrawn_at is not None:
                return None, []
            cases, posts, now = CaseBook(session), PostBook(session), _now()
            open_case = cases.open_case(inquiry.consultation_id)
            if open_case is not None:
                return open_case, []
            case_id = opened(session, inquiry, Reason.ASKED_FOR_PERSON, by, now)
            occasion = _occasion(session, case_id)
            planned = self._tell_asker(session, Purpose.HANDED_OVER, case_id, occasion)
            if self._consultants:
                planned.append(posts.plan(Purpose.CARD, self._consultants, now, case_id=case_id, occasion=occasion))
            planned += to_consultants(session, inquiry.consultation_id, case_id, self._consultants, now)
            return case_id, planned

        case_id, planned = self._ledger.write(deed)
        if case_id is None:
            return Refused(wording.QUESTION_TAKEN_BACK)
        self._dispatch(planned)
        return Done(self._case(case_id))

    def withdraw(self, case_id: CaseId, by: str) -> Deed:
        """The asker takes the hand-over back."""
        return self._askers(case_id, CaseDeed.WITHDRAW, by, Purpose.WITHDRAWN)

    def confirm(self, case_id: CaseId, by: str) -> Deed:
        """The asker says that it is solved."""
        return self._askers(case_id, CaseDeed.CONFIRM, by, Purpose.CONFIRMED)

    def reopen(self, case_id: CaseId, by: str) -> Deed:
        """The asker says that it is not: who had it is turned to again."""
        return self._askers(case_id, CaseDeed.REOPEN, by, Purpose.REOPENED)

    def claim(self, case_id: CaseId, consultant: Consultant | None) -> Deed:
        """A consultant takes the case; of two at once one wins, and the other is told who."""
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        case = self._case(case_id)
        if case.owner is not None and case.owner.id == consultant.id:
            return Done(case)
        return self._move(case_id, CaseDeed.CLAIM, consultant.id, Purpose.CLAIMED)

    def take_over(self, case_id: CaseId, consultant: Consultant | None) -> Deed:
        """A consultant takes what a colleague owns."""
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        return self._move(case_id, CaseDeed.TAKE_OVER, consultant.id, Purpose.CLAIMED)

    def decline(self, case_id: CaseId, consultant: Consultant | None, why: str) -> Deed:
        """Who was turned to cannot take it: somebody else is turned to. The reason is kept masked."""
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        reason = mask(why).text.strip()
        if not reason:
            return Refused(wording.NO_REASON)
        case = self._case(case_id)
        if case.turned_to is None or case.turned_to.id != consultant.id:
            return Refused(wording.NOT_TURNED_TO)
        return self._move(case_id, CaseDeed.DECLINE, consultant.id, None, why=reason)

    def hand_on(self, case_id: CaseId, consultant: Consultant | None, to: ConsultantId, why: str) -> Deed:
        """The owner turns to a colleague, who has to take it."""
        refused = self._not_owner(case_id, consultant)
        if refused is not None or consultant is None:
            return refused or Refused(wording.NOT_CONSULTANT)
        reason = mask(why).text.strip()
        if not reason:
            return Refused(wording.NO_REASON)
        colleague = self._ledger.read(lambda session: Registry(session).serving(to))
        if colleague is None or colleague.id == consultant.id:
            return Refused(wording.NOT_A_COLLEAGUE)
        return self._move(case_id, CaseDeed.HAND_ON, consultant.id, None, to=colleague.id, why=reason)

    def reply(
        self,
        case_id: CaseId,
        consultant: Consultant | None,
        text: str,
        key: str,
        files: Sequence[Attached] = (),
    ) -> Deed:
        """Send the consultant's words, then the files, to the municipality; `key` makes a doubled submission one.

        One unfit file stops it all, so that the sender can mend it. Files alone get a sentence to go with.
        """
        refused = self._not_owner(case_id, consultant)
        if refused is not None or consultant is None:
            return refused or Refused(wording.NOT_CONSULTANT)
        words = text.strip() or (wording.FILES_ONLY if files else "")
        if not words:
            return Refused(wording.EMPTY_REPLY)
        unfit = next((wording.unfit(file.name, file.unfit) for file in files if file.unfit), None)
        if unfit is not None:
            return Refused(unfit)

        def deed(session: Session) -> list[DeliveryRow]:
            case, now = Pages(session).case(case_id), _now()
            turn_id = Book(session).say(case.consultation.id, key, CONSULTANT, consultant.name, words, now)
            if turn_id is None:
                _same_again(session, key, words, files, now)
                return []
            ReplyBook(session).sent(turn_id, case_id, consultant.id)
            noted = AttachmentBook(session).note(files, now, turn_id=turn_id)
            moved = CaseBook(session).move(case_id, CaseDeed.REPLY, consultant.id, now)
            if not moved.done:
                raise BadInput(_not_now(session, moved, consultant.id))
            posts, planned = PostBook(session), []
            if case.consultation.place.channel is Channel.SLACK:
                planned.append(
                    posts.plan(Purpose.REPLY, case.consultation.place, now, case_id=case_id, turn_id=turn_id)
                )
            planned += to_municipality(session, noted, case.consultation.place, case_id, now)
            if self._consultants:
                planned.append(posts.plan(Purpose.SENT, self._consultants, now, case_id=case_id, turn_id=turn_id))
            return planned + self.card_changed(session, case_id)

        try:
            planned = self._ledger.write(deed)
        except BadInput as no:
            return Refused(no.reason)
        self._dispatch(planned)
        return Done(self._case(case_id))

    def found_unfit(self, attachment_id: str, why: Unfit) -> None:
        """Who opened a file could not have it: its sender is told, where nobody had looked at it before."""

        def deed(session: Session) -> list[DeliveryRow]:
            return unfit_when_opened(session, AttachmentBook(session).get(attachment_id), why, _now())

        self._dispatch(self._ledger.write(deed))

    def resolve(self, case_id: CaseId, consultant: Consultant | None) -> Deed:
        """The owner is done; the asker is asked whether it is solved."""
        refused = self._not_owner(case_id, consultant)
        if refused is not None or consultant is None:
            return refused or Refused(wording.NOT_CONSULTANT)
        return self._move(case_id, CaseDeed.RESOLVE, consultant.id, Purpose.RESOLVED)

    def card_changed(self, session: Session, case_id: CaseId) -> list[DeliveryRow]:
        """The card, to be brought up to date."""
        return self._to_consultants(session, Purpose.CARD_STATE, case_id)

    def _askers(self, case_id: CaseId, what: CaseDeed, by: str, purpose: Purpose) -> Deed:
        if self._case(case_id).consultation.asker_id != by:
            return Refused(wording.NOT_ASKER)
        return self._move(case_id, what, by, purpose)

    def _move(
        self,
        case_id: CaseId,
        what: CaseDeed,
        by: str,
        purpose: Purpose | None,
        *,
        to: ConsultantId | None = None,
        why: str = "",
    ) -> Deed:
        """Do it, tell the asker where `purpose` says so, and the consultants: who has to act now is called by name."""

        def deed(session: Session) -> tuple[Moved, list[DeliveryRow]]:
            moved = CaseBook(session).move(case_id, what, by, _now(), to=to, why=why)
            if not moved.done:
                return moved, []
            planned = self._tell_asker(session, purpose, case_id, _occasion(session, case_id)) if purpose else []
            if moved.state is CaseState.WAITING:
                if to is None:
                    turn(session, case_id, _now())
                planned += self._to_consultants(session, Purpose.TURNED, case_id)
            return moved, planned + self.card_changed(session, case_id)

        moved, planned = self._ledger.write(deed)
        self._dispatch(planned)
        if moved.done:
            return Done(self._case(case_id))
        return Refused(self._ledger.read(lambda session: _not_now(session, moved, by)))

    def _tell_asker(self, session: Session, purpose: Purpose, case_id: CaseId, occasion: str) -> list[DeliveryRow]:
        place = Pages(session).case(case_id).consultation.place
        if place.channel is not Channel.SLACK:
            return []
        return [PostBook(session).plan(purpose, place, _now(), case_id=case_id, occasion=occasion)]

    def _to_consultants(self, session: Session, purpose: Purpose, case_id: CaseId) -> list[DeliveryRow]:
        if self._consultants is None:
            return []
        plan = PostBook(session).plan
        return [plan(purpose, self._consultants, _now(), case_id=case_id, occasion=_occasion(session, case_id))]

    def _not_owner(self, case_id: CaseId, consultant: Consultant | None) -> Refused | None:
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        case = self._case(case_id)
        if case.owner is None:
            return Refused(wording.NOT_CLAIMED)
        if case.owner.id != consultant.id:
            return Refused(wording.NOT_OWNER.format(owner=case.owner.name))
        return None

    def _case(self, case_id: CaseId) -> CaseRow:
        return self._ledger.read(lambda session: Pages(session).case(case_id))


def _same_again(session: Session, key: str, text: str, files: Sequence[Attached], now: datetime) -> None:
    """A doubled submission says the same again; of one that was recalled, nothing is held again.

    Raises BadInput: it says something else, which would be lost.
    """
    sent = ReplyBook(session).of_key(key)
    if sent is None:
        return
    is_same = text in {sent.turn.text, *sent.turn.earlier}
    if not is_same or not {file.ref for file in files} <= {file.ref for file in sent.turn.files}:
        raise BadInput(wording.SENT_ALREADY)
    if sent.turn.withdrawn_at is not None:
        AttachmentBook(session).let_go(files, now)


def _occasion(session: Session, case_id: CaseId) -> str:
    """A case's last event, by its number: what is told of it is told once."""
    return str(len(Pages(session).case(case_id).history))


def _not_now(session: Session, moved: Moved, by: str) -> str:
    """Why a deed was refused: an open case of another's is told by the owner's name, else by its state."""
    if moved.owner_id is not None and moved.owner_id != by and moved.state in OPEN_STATES:
        owner = Registry(session).consultant(moved.owner_id)
        if owner is not None:
            return wording.NOT_OWNER.format(owner=owner.name)
    return wording.NOT_NOW.format(state=wording.STATES[moved.state])


def _now() -> datetime:
    return datetime.now(UTC)
