"""The asker's word on a hand-over, where the municipality wishes to be asked first (consultation.consent).

Nobody who is asked waits in silence: yes opens the case, no is acknowledged, and who says nothing is asked once more.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from consultation.case import CaseId
from consultation.consent import ASKED_AGAIN_AFTER, UNANSWERED, Consent
from consultation.inquiry import Channel, InquiryId, Place
from consultation.outcome import Reason
from desk import wording
from desk.carrying import to_consultants
from desk.casework import Deed, Done, Refused
from desk.letters import Purpose
from desk.turning import opened
from records.book import Book
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.roster import Roster
from records.rows import DeliveryRow, InquiryRow


class Consents:
    """What an asker answers, and when they are asked again."""

    def __init__(
        self, ledger: Ledger, dispatch: Callable[[list[DeliveryRow]], None], consultants: Place | None
    ) -> None:
        self._ledger = ledger
        self._dispatch = dispatch
        self._consultants = consultants

    def give(self, inquiry_id: InquiryId, by: str) -> Deed:
        """A person is wanted: the case is opened for the reason it was asked about. Later thoughts count too."""

        def deed(session: Session) -> tuple[CaseId | None, list[DeliveryRow]]:
            inquiry, cases = Pages(session).inquiry(inquiry_id), CaseBook(session)
            if not Book(session).consent(inquiry_id, Consent.GIVEN, (*UNANSWERED, Consent.REFUSED)):
                return cases.of_inquiry(inquiry_id) or cases.open_case(inquiry.consultation_id), []
            standing = cases.open_case(inquiry.consultation_id)
            if standing is not None:
                return standing, self._passed_on(session, standing, inquiry)
            case_id = opened(session, inquiry, inquiry.reason or Reason.LOW_CONFIDENCE, by, _now())
            return case_id, self._told(session, case_id)

        case_id, planned = self._ledger.write(deed)
        if case_id is None:
            return Refused(wording.NOT_ASKED)
        self._dispatch(planned)
        standing = case_id
        return Done(self._ledger.read(lambda session: Pages(session).case(standing)))

    def refuse(self, inquiry_id: InquiryId) -> str | None:
        """No person is wanted; the thread says how to get one all the same. What stands against it; None: noted."""

        def deed(session: Session) -> list[DeliveryRow] | None:
            if Book(session).consent(inquiry_id, Consent.REFUSED, UNANSWERED):
                return self._to_asker(session, Purpose.NOT_HANDED_OVER, inquiry_id, _now())
            given = Pages(session).inquiry(inquiry_id).consent
            return [] if given is Consent.REFUSED else None

        planned = self._ledger.write(deed)
        if planned is None:
            return wording.HANDED_OVER_ALREADY
        self._dispatch(planned)
        return None

    def look(self, now: datetime) -> int:
        """Ask once more who has said nothing for an opening day, unless the thread went on. How many were asked."""
        asked = self._ledger.read(lambda session: Pages(session).asked_consent())
        return sum(self._ask_again(inquiry.id, now) for inquiry in asked)

    def _ask_again(self, inquiry_id: InquiryId, now: datetime) -> bool:
        def deed(session: Session) -> list[DeliveryRow]:
            inquiry = Pages(session).inquiry(inquiry_id)
            consultation = Pages(session).consultation(inquiry.consultation_id)
            hours = Roster(session).team_of(consultation.municipality.code).hours
            is_due = hours.is_open(now) and now >= hours.days_after(
                inquiry.decided_at or inquiry.received_at, ASKED_AGAIN_AFTER
            )
            if not is_due or not Book(session).consent(inquiry_id, Consent.ASKED_AGAIN, (Consent.ASKED,)):
                return []
            file = Pages(session).file(consultation.id)
            went_on = file.inquiries[-1].id != inquiry_id or bool(file.cases)
            return [] if went_on else self._to_asker(session, Purpose.CONSENT, inquiry_id, now)

        planned = self._ledger.write(deed)
        self._dispatch(planned)
        return bool(planned)

    def _told(self, session: Session, case_id: CaseId) -> list[DeliveryRow]:
        case, posts, planned = Pages(session).case(case_id), PostBook(session), []
        occasion, place = str(len(case.history)), case.consultation.place
        if place.channel is Channel.SLACK:
            planned.append(posts.plan(Purpose.HANDED_OVER, place, _now(), case_id=case_id, occasion=occasion))
        if self._consultants is not None:
            planned.append(posts.plan(Purpose.CARD, self._consultants, _now(), case_id=case_id))
        planned += to_consultants(session, case.consultation.id, case_id, self._consultants, _now())
        return planned

    def _passed_on(self, session: Session, case_id: CaseId, inquiry: InquiryRow) -> list[DeliveryRow]:
        """A person is on the consultation already: the question goes to them."""
        if self._consultants is None:
            return to_consultants(session, inquiry.consultation_id, case_id, None, _now())
        posts, purpose = PostBook(session), Purpose.ASKER_WORDS
        to, about = self._consultants, inquiry.id
        words = posts.plan(purpose, to, _now(), case_id=case_id, inquiry_id=about, occasion=about)
        return [words, *to_consultants(session, inquiry.consultation_id, case_id, to, _now())]

    def _to_asker(self, session: Session, purpose: Purpose, inquiry_id: InquiryId, now: datetime) -> list[DeliveryRow]:
        inquiry = Pages(session).inquiry(inquiry_id)
        place = Pages(session).consultation(inquiry.consultation_id).place
        if place.channel is not Channel.SLACK:
            return []
        return [PostBook(session).plan(purpose, place, now, inquiry_id=inquiry_id)]


def _now() -> datetime:
    return datetime.now(UTC)
