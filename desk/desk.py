"""The desk: every deed that a face (Slack, web, command line) may ask for. Each is one transaction; posting follows."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from consultation.aside import Aside, AsideId
from consultation.case import Consultant
from consultation.errors import BadInput
from consultation.inquiry import Asker, Inquiry, InquiryId, MessageKey, Place
from consultation.masking import mask
from consultation.municipality import MunicipalityCode
from consultation.outcome import OutcomeKind
from desk.amending import Edit, amended, taken_back
from desk.attendance import Attendance
from desk.bulletins import Bulletins
from desk.carrying import to_consultants
from desk.casework import Casework
from desk.consents import Consents
from desk.correcting import Correcting
from desk.engine import Engine
from desk.leaving import Leaving
from desk.ratings import Ratings
from desk.replies import Replies
from desk.rounds import Rounds
from records.accounts import AccountId
from records.asides import AsideBook, AsideRow
from records.book import Book, Entered, chosen_key
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.rows import CaseRow, ConsultationRow, DeliveryRow, InquiryRow

WAIT_POLL_S = 0.03
DISPATCH_WITHIN_S = 0.5
KNOCK_S = 60.0  # at a room that takes nothing
ACCEPT_WITHIN_S = 2.5  # Slack waits 3 s for the acknowledgement


_Stranded = tuple[list[tuple[InquiryId, MunicipalityCode]], list[DeliveryRow], list[tuple[AsideId, MunicipalityCode]]]


class Desk:
    """The one door to the durable flow."""

    def __init__(self, ledger: Ledger, engine: Engine, consultants: Place | None) -> None:
        self._ledger = ledger
        self._engine = engine
        self.consultants = consultants
        """Where case cards go: a Slack channel; None where only the web desk shows cases."""
        self.cases = Casework(ledger, self._dispatch, consultants)
        self.attendance = Attendance(ledger)
        self.replies = Replies(ledger, self._dispatch, consultants)
        self.rounds = Rounds(ledger, self._dispatch, consultants)
        self.leaving = Leaving(ledger, self._dispatch, consultants)
        self._knocked_at = float("-inf")
        self.consents = Consents(ledger, self._dispatch, consultants)
        self.ratings = Ratings(ledger, self._dispatch, consultants)
        self.correcting = Correcting(ledger, self._dispatch, consultants)
        self.bulletins = Bulletins(ledger, self._dispatch, consultants)

    def accept(self, inquiry: Inquiry) -> Entered:
        """Enter a question and start its workflow; both once, however often it comes. Committed when this returns.

        Raises Unavailable soon where a database is locked; the same message is accepted when it comes again.
        """
        deadline = time.monotonic() + ACCEPT_WITHIN_S
        entered = self._ledger.write(lambda session: Book(session).enter(inquiry))
        self._engine.start(entered.inquiry_id, inquiry.municipality, _until(deadline))
        if inquiry.files and not entered.is_new:
            self._dispatch(self._ledger.write(lambda session: self._late_files(session, entered)))
        return entered

    def _late_files(self, session: Session, entered: Entered) -> list[DeliveryRow]:
        """Of two events of one message the second told of files: they go where its words have gone."""
        case_id = CaseBook(session).open_case(entered.consultation_id)
        is_decided = Pages(session).inquiry(entered.inquiry_id).outcome is not None
        if case_id is None or not is_decided:
            return []
        return to_consultants(session, entered.consultation_id, case_id, self.consultants, _now())

    def amend(self, key: MessageKey, text: str, masked: tuple[str, ...], at: datetime | None = None) -> bool:
        """The asker edited the message: before the outcome this changes the question, later what people read of it.

        False: the machine has answered, and nobody is on it; or it reads so already.
        """
        edit = Edit(key, text, masked, at or _now())
        planned = self._ledger.write(lambda session: amended(session, self.consultants, edit))
        self._dispatch(planned or [])
        return planned is not None

    def take_back(self, key: MessageKey) -> None:
        """The asker deleted the message: the question is withdrawn, and its case with it; its words go everywhere."""
        self._dispatch(self._ledger.write(lambda session: taken_back(session, self.consultants, key, _now())))

    def ask_aside(self, key: str, case: CaseRow, by: Consultant, aside: Aside, *, is_posted: bool) -> AsideId:
        """A consultant asks the machine inside a case: entered and started, both once. Raises Unavailable."""
        deadline, masked = time.monotonic() + ACCEPT_WITHIN_S, replace(aside, words=mask(aside.words).text)
        aside_id, _ = self._ledger.write(
            lambda session: AsideBook(session).enter(key, case.id, by.id, masked, _now(), is_posted=is_posted)
        )
        self._engine.start_aside(aside_id, case.consultation.municipality.code, _until(deadline))
        return aside_id

    def wait_aside(self, aside_id: AsideId, timeout_s: float) -> AsideRow:
        """The aside once it is answered, or as it stands when the time is over."""
        deadline = time.monotonic() + timeout_s
        while True:
            row = self._ledger.read(lambda session: AsideBook(session).get(aside_id))
            if row.decided_at is not None or time.monotonic() > deadline:
                return row
            time.sleep(WAIT_POLL_S)

    def drop_aside(self, key: str) -> None:
        """Who asked aside deleted the message."""
        self._ledger.write(lambda session: AsideBook(session).withdraw(key, _now()))

    def stop(self, place: Place, by: str) -> int:
        """The asker stopped the work at a place: what is not decided there is withdrawn. How many questions."""

        def pending(session: Session) -> list[MessageKey]:
            standing = Pages(session).consultation_at(place)
            rows = Pages(session).file(standing.id).inquiries if standing and standing.asker_id == by else ()
            return [MessageKey(row.key) for row in rows if row.outcome is None and row.withdrawn_at is None]

        keys = self._ledger.read(pending)
        for key in keys:
            self.take_back(key)
        return len(keys)

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
                wish=inquiry.wish,
            )
        )

    def judge(self, inquiry_id: InquiryId, by: str, *, helpful: bool) -> None:
        """Keep a 👍 or 👎; the last word of each person counts."""
        self._ledger.write(lambda session: Book(session).judge(inquiry_id, by, helpful, _now()))

    def give_verdict(self, inquiry_id: InquiryId, reviewer: AccountId, *, is_right: bool) -> None:
        """Keep whether a reviewer finds an answer of the machine right. Raises BadInput where it gave none."""
        self._ledger.write(lambda session: Book(session).give_verdict(inquiry_id, reviewer, is_right, _now()))

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

        def view(session: Session) -> _Stranded:
            entered = [
                (found, _consultation_of(session, found).municipality.code) for found in Pages(session).unstarted()
            ]
            return entered, PostBook(session).unsettled(), AsideBook(session).unstarted()

        return self._engine.revive(*self._ledger.read(view))

    def knock(self, _now: datetime | None = None) -> int:
        """Every so often: try again what waits for a room that was closed. How many rooms that were."""
        held = self._ledger.read(lambda session: PostBook(session).held())
        if not held or time.monotonic() - self._knocked_at < KNOCK_S:
            return 0
        knocked = self._engine.revive((), held, ())
        if knocked:
            self._knocked_at = time.monotonic()
        return knocked

    def dismiss(self, slack_user: str) -> bool:
        """Someone is out of the consultants' channel: asked no longer (the roster decides). False: none of ours."""
        return self._ledger.write(lambda session: Registry(session).dismiss(slack_user, _now())) is not None

    def _dispatch(self, planned: list[DeliveryRow]) -> None:
        self._engine.dispatch(planned, DISPATCH_WITHIN_S)


def _consultation_of(session: Session, inquiry_id: InquiryId) -> ConsultationRow:
    pages = Pages(session)
    return pages.consultation(pages.inquiry(inquiry_id).consultation_id)


def _until(deadline: float) -> float:
    return max(0.1, deadline - time.monotonic())


def _now() -> datetime:
    return datetime.now(UTC)
