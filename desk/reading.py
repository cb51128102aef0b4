"""A delivery with all that is needed to write it, read at the moment of posting, and whether it still says anything."""

from datetime import UTC, datetime

from consultation.attachment import AttachmentState
from consultation.case import CaseState, Consultant
from consultation.routing import lead_of
from desk import undelivered
from desk.alike import as_they_read
from desk.asides import aside_of
from desk.background import background_of
from desk.following import changed_post
from desk.letters import (
    FILES,
    TO_CONSULTANTS,
    Letter,
    Purpose,
    event_told,
)
from records.asides import AsideBook
from records.attachments import AttachmentBook
from records.casebook import CaseBook
from records.ledger import Session
from records.overview import Background
from records.pages import Pages
from records.postbook import POSTED, PostBook
from records.registry import Registry
from records.roster import Roster
from records.rows import CaseRow, ConsultationRow, DeliveryRow

TAKEN_BACK = frozenset(
    {Purpose.OUTCOME, Purpose.ASKER_WORDS, Purpose.CONSENT, Purpose.ASKER_FILE, Purpose.UNFIT_INSIDE}
)
"""What goes with a deleted message."""


def is_moot(letter: Letter) -> bool:
    """Whether there is nothing to say any more: taken back before it stood, delivered after all, or its body left."""
    if (letter.is_over and not _is_for_consultants(letter)) or _has_arrived(letter):
        return True
    if letter.purpose is Purpose.CARD:
        return letter.case is not None and letter.case.state is CaseState.WITHDRAWN
    if letter.purpose is Purpose.CONSENT and not letter.inquiry.is_asked_consent:
        return True
    if letter.purpose in {Purpose.REPLY, Purpose.REPLY_FILE}:
        return letter.turn is not None and letter.turn.withdrawn_at is not None
    if letter.aside is not None:
        return letter.aside.withdrawn_at is not None
    return letter.purpose in TAKEN_BACK and letter.inquiry.withdrawn_at is not None


def _is_for_consultants(letter: Letter) -> bool:
    is_their_copy = letter.purpose is Purpose.FILE_GONE and letter.file is not None and letter.file.turn_id is None
    return letter.purpose in TO_CONSULTANTS or is_their_copy


def _has_arrived(letter: Letter) -> bool:
    """Of a letter that tells of something undelivered: it arrived since."""
    if letter.purpose in {Purpose.UNFIT, Purpose.UNFIT_INSIDE}:
        return letter.file is not None and letter.file.state is AttachmentState.DELIVERED
    return letter.undelivered is not None and letter.undelivered.state == POSTED


def _told(session: Session, case: CaseRow | None, due: DeliveryRow) -> Consultant | None:
    """Whom the event that a delivery tells of calls."""
    if case is not None and due.purpose == Purpose.RATED_LOW:
        return lead_of(case.team, Roster(session).candidates(datetime.now(UTC)))
    event = event_told(case, due)
    return Registry(session).consultant(event.to) if event is not None and event.to is not None else None


def _background(session: Session, due: DeliveryRow, about: ConsultationRow) -> Background | None:
    """What a card tells beside its case."""
    if due.purpose not in {Purpose.CARD, Purpose.CARD_STATE}:
        return None
    return background_of(session, about)


def letter_of(session: Session, due: DeliveryRow) -> Letter:
    pages = Pages(session)
    case_id = due.case_id or (CaseBook(session).of_inquiry(due.inquiry_id) if due.inquiry_id else None)
    case = pages.case(case_id) if case_id else None
    inquiry = pages.inquiry(due.inquiry_id) if due.inquiry_id else None
    if inquiry is None:
        if case is None:
            raise LookupError(f"delivery {due.id} is about nothing")
        inquiry = case.inquiry
    consultation = pages.consultation(inquiry.consultation_id)
    card = PostBook(session).posted(Purpose.CARD, case.id) if case else None
    aside = AsideBook(session).get(aside_of(due)) if due.purpose == Purpose.ASIDE else None
    return Letter(
        delivery=due,
        purpose=Purpose(due.purpose),
        consultation=consultation,
        inquiry=inquiry,
        case=case,
        told=_told(session, case, due),
        turn=pages.turn(due.turn_id) if due.turn_id else None,
        card_ref=card.posted_ref if card else None,
        file=AttachmentBook(session).get(due.id.rpartition(":")[2]) if due.purpose in FILES else None,
        draft=PostBook(session).draft_of(inquiry.id) if due.purpose == Purpose.OUTCOME else None,
        background=_background(session, due, consultation),
        stands_at=changed_post(session, due),
        aside=aside,
        alike=as_they_read(session, aside.found) if aside else (),
        undelivered=undelivered.told_of(session, due),
        is_over=Registry(session).has_left(consultation.municipality.code),
    )
