"""What an asker edits or deletes after it was read: the consultants' posts follow, in a closed case too."""

from dataclasses import dataclass
from datetime import datetime

from consultation.case import CaseDeed, CaseId
from consultation.inquiry import InquiryId, MessageKey, Place
from consultation.outcome import Reason
from desk import carrying, wording
from desk.following import card_follows, words_follow
from desk.letters import Purpose
from records.asides import AsideBook
from records.book import Book
from records.casebook import CaseBook
from records.ledger import Session
from records.pages import Pages
from records.postbook import PostBook
from records.rows import DeliveryRow, InquiryRow


@dataclass(frozen=True, slots=True)
class Edit:
    """A message as it reads since `at`, masked."""

    key: MessageKey
    text: str
    masked: tuple[str, ...]
    at: datetime


def amended(session: Session, consultants: Place | None, edit: Edit) -> list[DeliveryRow] | None:
    """The question changed, and what must follow. None: too late: the machine has answered, nobody is on it."""
    book = Book(session)
    if book.amend(edit.key, edit.text, edit.masked, edit.at):
        return []
    inquiry = Pages(session).inquiry_of(edit.key)
    if inquiry is None or not _is_with_people(session, inquiry):
        return None
    if not book.amend(edit.key, edit.text, edit.masked, edit.at, even_decided=True):
        return None
    return _told(session, consultants, inquiry, edit.at)


def taken_back(session: Session, consultants: Place | None, key: MessageKey, at: datetime) -> list[DeliveryRow]:
    """The question withdrawn, its case with it where that is still open to it, and what must follow."""
    planned: list[DeliveryRow] = []
    gone = Book(session).withdraw(key, at)
    for inquiry_id in gone:
        case_id = CaseBook(session).of_inquiry(inquiry_id)
        if case_id is not None:
            CaseBook(session).move(case_id, CaseDeed.WITHDRAW, "asker", at)
            AsideBook(session).forget(case_id, wording.ASIDE_GONE)
            planned += card_follows(session, consultants, case_id, at)
        planned += words_follow(session, inquiry_id, at)
    return planned + carrying.taken_away(session, gone, at)


def _is_with_people(session: Session, inquiry: InquiryRow) -> bool:
    """Whether people have read it, or are on its consultation."""
    return (
        inquiry.reason is Reason.WITH_PERSON
        or _own_case(session, inquiry.id) is not None
        or CaseBook(session).open_case(inquiry.consultation_id) is not None
    )


def _told(session: Session, consultants: Place | None, inquiry: InquiryRow, at: datetime) -> list[DeliveryRow]:
    """On the card, or where it was noted under it; what the machine had answered is noted there now."""
    own = _own_case(session, inquiry.id)
    if own is not None:
        return card_follows(session, consultants, own, at)
    open_case = CaseBook(session).open_case(inquiry.consultation_id)
    noted = words_follow(session, inquiry.id, at)
    if noted or open_case is None or consultants is None:
        return noted
    plan = PostBook(session).plan
    return [plan(Purpose.ASKER_WORDS, consultants, at, case_id=open_case, inquiry_id=inquiry.id, occasion=inquiry.id)]


def _own_case(session: Session, inquiry_id: InquiryId) -> CaseId | None:
    return CaseBook(session).of_inquiry(inquiry_id)
