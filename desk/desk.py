"""The desk: every deed that a face (Slack, web, command line) may ask for. Each is one transaction; posting follows."""

import time
from datetime import UTC, datetime

from consultation.case import CaseDeed
from consultation.errors import BadInput
from consultation.inquiry import Asker, Inquiry, InquiryId, MessageKey, Place
from consultation.municipality import MunicipalityCode
from consultation.outcome import OutcomeKind
from desk.casework import Casework
from desk.engine import Engine
from desk.leaving import Leaving
from desk.rounds import Rounds
from records.accounts import AccountId
from records.book import Book, Entered, chosen_key
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.rows import ConsultationRow, DeliveryRow, InquiryRow

WAIT_POLL_S = 0.03
DISPATCH_WITHIN_S = 0.5
KNOCK_S = 60.0  # at a room that takes nothing
ACCEPT_WITHIN_S = 2.5  # Slack waits 3 s for the acknowledgement


class Desk:
    """The one door to the durable flow."""

    def __init__(self, ledger: Ledger, engine: Engine, consultants: Place | None) -> None:
        self._ledger = ledger
        self._engine = engine
        self.consultants = consultants
        """Where case cards go: a Slack channel; None where only the web desk shows cases."""
        self.cases = Casework(ledger, self._dispatch, consultants)
        self.rounds = Rounds(ledger, self._dispatch, consultants)
        self.leaving = Leaving(ledger, self._dispatch, consultants)
        self._knocked_at = float("-inf")

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
            return [row for case_id in withdrawn for row in self.cases.card_changed(session, case_id)]

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

    def knock(self, _now: datetime | None = None) -> int:
        """Every so often: try again what waits for a room that was closed. How many rooms that were."""
        held = self._ledger.read(lambda session: PostBook(session).held())
        if not held or time.monotonic() - self._knocked_at < KNOCK_S:
            return 0
        knocked = self._engine.revive((), held)
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
