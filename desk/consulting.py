"""One question on its way to its outcome: considered without a transaction, recorded in one with its posts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import structlog

from answering.question import Earlier, Question
from answering.telling import Stopped, Tell
from consultation.calendar import tokyo_date
from consultation.case import ANSWERED_STATES, CaseDeed
from consultation.consent import ASKED_IN
from consultation.inquiry import Channel, InquiryId, Place
from consultation.outcome import Finding, Handoff, Outcome, OutcomeKind, Reason
from consultation.signals import Signal, signals_of
from desk import wording
from desk.carrying import to_consultants
from desk.letters import Purpose
from desk.streaming import Streaming
from desk.turning import DESK, opened, turn
from records.book import Book, Recorded
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.rows import ConsultationRow, DeliveryRow, InquiryRow

log = structlog.get_logger()

EARLIER_QUESTIONS = 5


class Considering(Protocol):
    """Who finds what is to be said to a question (answering's Answerer). A pure read; may raise."""

    def consider(self, question: Question, tell: Tell) -> Finding:
        """The outcome for a masked question, with what it was decided on; `tell` gets what is written, as it comes."""


class Consulting:
    """Considers and records; `consultants` is where case cards go, None where only the web desk shows them."""

    def __init__(
        self,
        ledger: Ledger,
        answerer: Considering,
        consultants: Callable[[], Place | None],
        streaming: Streaming | None = None,
    ) -> None:
        self._ledger = ledger
        self._streaming = streaming or Streaming(ledger, {})
        self._answerer = answerer
        self._consultants = consultants

    def seen(self, inquiry_id: InquiryId) -> tuple[InquiryRow, ConsultationRow, bool]:
        """The question, its consultation, and whether a person is on it."""

        def view(session: Session) -> tuple[InquiryRow, ConsultationRow, bool]:
            pages = Pages(session)
            inquiry = pages.inquiry(inquiry_id)
            consultation = pages.consultation(inquiry.consultation_id)
            return inquiry, consultation, _is_with_person(session, inquiry)

        return self._ledger.read(view)

    def finding(self, inquiry_id: InquiryId) -> tuple[str, Finding]:
        """The question's words as seen, and what came of them. The answerer's error becomes a hand-over, never silence.

        Raises Unavailable when the log cannot be read now.
        """
        inquiry, consultation, with_person = self.seen(inquiry_id)
        if with_person:
            return inquiry.text, _plain(Handoff(Reason.WITH_PERSON, wording.WITH_PERSON))
        if inquiry.wish.is_for_person:
            return inquiry.text, _plain(Handoff(Reason.ASKED_FOR_PERSON, wording.FOR_PERSON))
        question = self._ledger.read(lambda session: question_of(session, inquiry, consultation))
        try:
            return inquiry.text, self._answerer.consider(question, self._streaming.teller(inquiry, consultation.place))
        except Stopped:  # taken back while it was written: nothing of this is recorded
            return inquiry.text, _plain(Handoff(Reason.ERROR, wording.ERROR.format(number=consultation.number)))
        except Exception as error:  # a workflow's border: whatever it is, a person gets the question
            log.exception("consideration_failed", inquiry=inquiry_id, error=type(error).__name__)
            return inquiry.text, _plain(Handoff(Reason.ERROR, wording.ERROR.format(number=consultation.number)))

    def record(
        self, session: Session, inquiry_id: InquiryId, seen: str, finding: Finding
    ) -> tuple[Recorded, list[DeliveryRow]]:
        """Record the outcome, open the case that it asks for, plan what must be posted; all in `session`."""
        now = datetime.now(UTC)
        recorded = Book(session).record(inquiry_id, seen, finding, now)
        pages, posts = Pages(session), PostBook(session)
        inquiry = pages.inquiry(inquiry_id)
        consultation = pages.consultation(inquiry.consultation_id)
        if recorded is Recorded.SETTLED and inquiry.withdrawn_at and posts.draft_of(inquiry_id):
            # Taken back while it was written: posting the outcome will find it moot and take the draft away.
            return recorded, [posts.plan(Purpose.OUTCOME, consultation.place, now, inquiry_id=inquiry_id)]
        if recorded is not Recorded.RECORDED:
            return recorded, []
        planned: list[DeliveryRow] = []
        if consultation.place.channel is Channel.SLACK:
            planned.append(posts.plan(Purpose.OUTCOME, consultation.place, now, inquiry_id=inquiry_id))
        if isinstance(finding.outcome, Handoff) and not finding.outcome.asks_consent:
            planned += self._hand_over(session, inquiry, now)
        elif inquiry.files:
            planned += self._files_of(session, inquiry, now)
        return recorded, planned

    def _files_of(self, session: Session, inquiry: InquiryRow, now: datetime) -> list[DeliveryRow]:
        """Of a question that was answered, while a person was called to an earlier one."""
        case_id = CaseBook(session).open_case(inquiry.consultation_id)
        if case_id is None:
            return []
        return to_consultants(session, inquiry.consultation_id, case_id, self._consultants(), now)

    def _hand_over(self, session: Session, inquiry: InquiryRow, now: datetime) -> list[DeliveryRow]:
        cases, posts, place = CaseBook(session), PostBook(session), self._consultants()
        open_case = cases.open_case(inquiry.consultation_id)
        if open_case is None and inquiry.reason is not Reason.WITH_PERSON:
            case_id = opened(session, inquiry, inquiry.reason or Reason.ERROR, DESK, now)
            card = [posts.plan(Purpose.CARD, place, now, case_id=case_id)] if place is not None else []
            return [*card, *to_consultants(session, inquiry.consultation_id, case_id, place, now)]
        last = cases.last_case(inquiry.consultation_id)
        if last is None:
            raise LookupError(f"question {inquiry.id} is with a person, and has no case")
        case_id = open_case or last[0]
        is_again = open_case is None and cases.move(case_id, CaseDeed.REOPEN, inquiry.asker_id, now).done
        if is_again:
            turn(session, case_id, now)
        if place is None:
            return to_consultants(session, inquiry.consultation_id, case_id, None, now)
        words = posts.plan(Purpose.ASKER_WORDS, place, now, case_id=case_id, inquiry_id=inquiry.id, occasion=inquiry.id)
        occasion = str(len(Pages(session).case(case_id).history))
        again = (Purpose.TURNED, Purpose.CARD_STATE) if is_again else ()
        files = to_consultants(session, inquiry.consultation_id, case_id, place, now)
        told = [posts.plan(purpose, place, now, case_id=case_id, occasion=occasion) for purpose in again]
        return [words, *files, *told]


def question_of(session: Session, inquiry: InquiryRow, consultation: ConsultationRow) -> Question:
    """The question as the answerer takes it, with what was asked before it."""
    file = Pages(session).file(consultation.id)
    before = [row for row in file.inquiries if row.ordinal < inquiry.ordinal and row.outcome is not None]
    return Question(
        text=inquiry.text,
        masked=inquiry.masked,
        municipality=consultation.municipality.code,
        on=tokyo_date(inquiry.received_at),
        earlier=tuple(
            Earlier(row.text, row.outcome or OutcomeKind.HANDOFF, row.citations) for row in before[-EARLIER_QUESTIONS:]
        ),
        chosen=inquiry.chosen,
        asks_consent=_asks_consent(session, consultation),
    )


def _asks_consent(session: Session, consultation: ConsultationRow) -> bool:
    return consultation.place.channel in ASKED_IN and Registry(session).asks_consent(consultation.municipality.code)


def _is_with_person(session: Session, inquiry: InquiryRow) -> bool:
    """Whether a person has to do with it: a case is open, or ended and is gone on with. Thanks open nothing."""
    cases = CaseBook(session)
    if cases.open_case(inquiry.consultation_id) is not None:
        return True
    last = cases.last_case(inquiry.consultation_id)
    return last is not None and last[1] in ANSWERED_STATES and Signal.THANKS not in signals_of(inquiry.text)


def _plain(outcome: Outcome) -> Finding:
    return Finding(outcome, 0.0, {}, {}, {})
