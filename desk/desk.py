"""The desk: every deed that a face (Slack, web, command line) may ask for. Each is one transaction; posting follows."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from consultation.case import OPEN_STATES, CaseDeed, CaseId, Consultant
from consultation.errors import BadInput
from consultation.inquiry import Asker, Channel, Inquiry, InquiryId, MessageKey, Place
from consultation.municipality import MunicipalityCode
from consultation.outcome import OutcomeKind, Reason
from desk import wording
from desk.engine import Engine
from desk.letters import Purpose
from records.accounts import AccountId
from records.book import CONSULTANT, Book, Entered, chosen_key
from records.casebook import CaseBook, Moved
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.rows import CaseRow, ConsultationRow, DeliveryRow, InquiryRow

WAIT_POLL_S = 0.03
DISPATCH_WITHIN_S = 0.5
ACCEPT_WITHIN_S = 2.5  # Slack waits 3 s for the acknowledgement


@dataclass(frozen=True, slots=True)
class Done:
    """The deed is done; the case as it stands now."""

    case: CaseRow


@dataclass(frozen=True, slots=True)
class Refused:
    """The rules say no; the sentence is for the one who asked."""

    sentence: str


Deed = Done | Refused


class Desk:
    """The one door to the durable flow."""

    def __init__(self, ledger: Ledger, engine: Engine, consultants: Place | None) -> None:
        self._ledger = ledger
        self._engine = engine
        self.consultants = consultants
        """Where case cards go: a Slack channel; None where only the web desk shows cases."""

    def accept(self, inquiry: Inquiry) -> Entered:
        """Enter a question and start its workflow; both once, however often it comes. Committed when this returns.

        Raises Unavailable soon where a database is locked; the same message is accepted when it comes again.
        """
        deadline = time.monotonic() + ACCEPT_WITHIN_S
        entered = self._ledger.write(lambda session: Book(session).enter(inquiry))
        self._engine.start(entered.inquiry_id, inquiry.municipality, _until(deadline))
        return entered

    def amend(self, key: MessageKey, text: str, masked: tuple[str, ...]) -> bool:
        """The asker edited the message: before the outcome this changes the question."""
        return self._ledger.write(lambda session: Book(session).amend(key, text, masked, _now()))

    def take_back(self, key: MessageKey) -> None:
        """The asker deleted the message: the question is withdrawn, and its case with it."""

        def deed(session: Session) -> list[DeliveryRow]:
            cases, now = CaseBook(session), _now()
            found = [cases.of_inquiry(inquiry_id) for inquiry_id in Book(session).withdraw(key, now)]
            withdrawn = [case for case in found if case and cases.move(case, CaseDeed.WITHDRAW, "asker", now).done]
            return [row for case_id in withdrawn for row in self._card_changed(session, case_id)]

        self._dispatch(self._ledger.write(deed))

    def choose(self, inquiry_id: InquiryId, choice: int, asker: Asker) -> Entered:
        """Answer a clarification by one of its choices (from 0); a second click gives what the first began."""
        inquiry, consultation = self._ledger.read(
            lambda session: (Pages(session).inquiry(inquiry_id), _consultation_of(session, inquiry_id))
        )
        if inquiry.outcome is not OutcomeKind.CLARIFY or not 0 <= choice < len(inquiry.choices):
            raise BadInput("その選択肢は見つかりません。")
        chosen = inquiry.choices[choice]
        return self.accept(
            Inquiry(
                key=chosen_key(inquiry.key),
                place=consultation.place,
                municipality=consultation.municipality.code,
                asker=asker,
                text=f"{inquiry.text}（{chosen}）",
                masked=inquiry.masked,
                received_at=_now(),
                chosen=chosen,
            )
        )

    def judge(self, inquiry_id: InquiryId, by: str, *, helpful: bool) -> None:
        """Keep a 👍 or 👎; the last word of each person counts."""
        self._ledger.write(lambda session: Book(session).judge(inquiry_id, by, helpful, _now()))

    def give_verdict(self, inquiry_id: InquiryId, reviewer: AccountId, *, is_right: bool) -> None:
        """Keep whether a reviewer finds an answer of the machine right. Raises BadInput where it gave none."""
        self._ledger.write(lambda session: Book(session).give_verdict(inquiry_id, reviewer, is_right, _now()))

    def request_person(self, inquiry_id: InquiryId, by: str) -> Deed:
        """The asker wants a person. A second click finds the case that the first opened."""

        def deed(session: Session) -> tuple[CaseId, list[DeliveryRow]]:
            inquiry = Pages(session).inquiry(inquiry_id)
            cases, posts, now = CaseBook(session), PostBook(session), _now()
            open_case = cases.open_case(inquiry.consultation_id)
            if open_case is not None:
                return open_case, []
            case_id, _ = cases.open_for(inquiry_id, Reason.ASKED_FOR_PERSON, by, now)
            occasion = str(len(Pages(session).case(case_id).history))
            planned = self._tell_asker(session, Purpose.HANDED_OVER, case_id, occasion)
            if self.consultants:
                planned.append(posts.plan(Purpose.CARD, self.consultants, now, case_id=case_id, occasion=occasion))
            return case_id, planned

        case_id, planned = self._ledger.write(deed)
        self._dispatch(planned)
        return Done(self._case(case_id))

    def withdraw_case(self, case_id: CaseId, by: str) -> Deed:
        """The asker takes the hand-over back."""
        case = self._case(case_id)
        if case.consultation.asker_id != by:
            return Refused(wording.NOT_ASKER)
        return self._move(case_id, CaseDeed.WITHDRAW, by, Purpose.WITHDRAWN)

    def claim(self, case_id: CaseId, consultant: Consultant | None) -> Deed:
        """A consultant takes the case; of two at once one wins, and the other is told who."""
        if consultant is None:
            return Refused(wording.NOT_CONSULTANT)
        case = self._case(case_id)
        if case.owner is not None and case.owner.id == consultant.id:
            return Done(case)
        return self._move(case_id, CaseDeed.CLAIM, consultant.id, Purpose.CLAIMED)

    def reply(self, case_id: CaseId, consultant: Consultant | None, text: str, key: str) -> Deed:
        """Send the consultant's words to the municipality; `key` makes a doubled submission one."""
        refused = self._not_owner(case_id, consultant)
        if refused is not None or consultant is None:
            return refused or Refused(wording.NOT_CONSULTANT)
        if not text.strip():
            return Refused(wording.EMPTY_REPLY)

        def deed(session: Session) -> tuple[Moved | None, list[DeliveryRow]]:
            case, now = Pages(session).case(case_id), _now()
            turn_id = Book(session).say(case.consultation.id, key, CONSULTANT, consultant.name, text.strip(), now)
            if turn_id is None:
                return None, []
            moved = CaseBook(session).move(case_id, CaseDeed.REPLY, consultant.id, now)
            if not moved.done:
                raise BadInput(_not_now(session, moved, consultant.id))
            posts, planned = PostBook(session), []
            if case.consultation.place.channel is Channel.SLACK:
                planned.append(
                    posts.plan(Purpose.REPLY, case.consultation.place, now, case_id=case_id, turn_id=turn_id)
                )
            if self.consultants:
                planned.append(posts.plan(Purpose.SENT, self.consultants, now, case_id=case_id, turn_id=turn_id))
            return moved, planned + self._card_changed(session, case_id)

        try:
            _, planned = self._ledger.write(deed)
        except BadInput as no:
            return Refused(no.reason)
        self._dispatch(planned)
        return Done(self._case(case_id))

    def resolve(self, case_id: CaseId, consultant: Consultant | None) -> Deed:
        """The owner closes the case."""
        refused = self._not_owner(case_id, consultant)
        if refused is not None or consultant is None:
            return refused or Refused(wording.NOT_CONSULTANT)
        return self._move(case_id, CaseDeed.RESOLVE, consultant.id, Purpose.RESOLVED)

    def wait(self, inquiry_id: InquiryId, timeout_s: float) -> InquiryRow:
        """The question once it is decided or withdrawn, or as it stands when the time is over."""
        deadline = time.monotonic() + timeout_s
        while True:
            row = self._ledger.read(lambda session: Pages(session).inquiry(inquiry_id))
            if row.outcome is not None or row.withdrawn_at is not None or time.monotonic() > deadline:
                return row
            time.sleep(WAIT_POLL_S)

    def heal(self) -> int:
        """At launch: start what was entered and never started, post what was planned and never dispatched. How many."""

        def view(session: Session) -> tuple[list[tuple[InquiryId, MunicipalityCode]], list[DeliveryRow]]:
            entered = [
                (found, _consultation_of(session, found).municipality.code) for found in Pages(session).unstarted()
            ]
            return entered, PostBook(session).unsettled()

        return self._engine.revive(*self._ledger.read(view))

    def _move(self, case_id: CaseId, what: CaseDeed, by: str, purpose: Purpose) -> Deed:
        def deed(session: Session) -> tuple[Moved, list[DeliveryRow]]:
            moved = CaseBook(session).move(case_id, what, by, _now())
            if not moved.done:
                return moved, []
            occasion = str(len(Pages(session).case(case_id).history))
            return moved, self._tell_asker(session, purpose, case_id, occasion) + self._card_changed(session, case_id)

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

    def _card_changed(self, session: Session, case_id: CaseId) -> list[DeliveryRow]:
        if self.consultants is None:
            return []
        occasion = str(len(Pages(session).case(case_id).history))
        plan = PostBook(session).plan
        return [plan(Purpose.CARD_STATE, self.consultants, _now(), case_id=case_id, occasion=occasion)]

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

    def _dispatch(self, planned: list[DeliveryRow]) -> None:
        self._engine.dispatch(planned, DISPATCH_WITHIN_S)


def _consultation_of(session: Session, inquiry_id: InquiryId) -> ConsultationRow:
    pages = Pages(session)
    return pages.consultation(pages.inquiry(inquiry_id).consultation_id)


def _not_now(session: Session, moved: Moved, by: str) -> str:
    """Why a deed was refused: an open case of another's is told by the owner's name, else by its state."""
    if moved.owner_id is not None and moved.owner_id != by and moved.state in OPEN_STATES:
        owner = Registry(session).consultant(moved.owner_id)
        if owner is not None:
            return wording.NOT_OWNER.format(owner=owner.name)
    return wording.NOT_NOW.format(state=wording.STATES[moved.state])


def _until(deadline: float) -> float:
    return max(0.1, deadline - time.monotonic())


def _now() -> datetime:
    return datetime.now(UTC)
