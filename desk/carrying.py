"""Files on their way between municipality and consultants: planned with their words, and told of where they cannot go.

A planned file is a delivery like any other; who carries it is the postman. In the transaction of the one who asks.
"""

from collections.abc import Sequence
from datetime import datetime

from consultation.attachment import AttachmentState, Unfit
from consultation.case import CaseId
from consultation.inquiry import Channel, ConsultationId, InquiryId, Place
from desk.letters import CARRIES, Letter, Purpose
from records.attachments import AttachmentBook
from records.ledger import Session
from records.pages import Pages
from records.postbook import PostBook
from records.replies import ReplyBook
from records.rows import AttachmentRow, DeliveryRow

OF_ITS_OWN = frozenset({Unfit.TYPE, Unfit.SIZE, Unfit.CONTENT, Unfit.LOCKED, Unfit.EXTERNAL, Unfit.CHANGED})
"""What stands against a file itself, whoever asks for it, and when."""


def to_consultants(
    session: Session, consultation_id: ConsultationId, case_id: CaseId, consultants: Place | None, now: datetime
) -> list[DeliveryRow]:
    """The municipality's files that no consultant was sent yet, into the card's thread; a line for each unfit one.

    Where consultants are on the web alone, they read them there: nothing is to be posted.
    """
    files, posts, planned = AttachmentBook(session), PostBook(session), []
    for file in files.asked_with(consultation_id):
        if consultants is None:
            if file.state is AttachmentState.NOTED:
                files.deliver(file.id, now)
            continue
        if file.state is AttachmentState.NOTED:
            files.plan(file.id, now)
            purpose = Purpose.ASKER_FILE
        elif file.state is AttachmentState.REFUSED:
            purpose = Purpose.UNFIT_INSIDE
        else:
            continue
        planned.append(
            posts.plan(purpose, consultants, now, case_id=case_id, inquiry_id=file.inquiry_id, occasion=file.id)
        )
    return planned


def to_municipality(
    session: Session, files: Sequence[AttachmentRow], place: Place, case_id: CaseId, now: datetime
) -> list[DeliveryRow]:
    """A consultant's files, after the words with which they came; who asked on a page of ours reads them there."""
    posts = PostBook(session)
    if place.channel is not Channel.SLACK:
        for file in files:
            AttachmentBook(session).deliver(file.id, now)
        return []
    for file in files:
        AttachmentBook(session).plan(file.id, now)
    return [
        posts.plan(Purpose.REPLY_FILE, place, now, case_id=case_id, turn_id=file.turn_id, occasion=file.id)
        for file in files
    ]


def taken_away(session: Session, inquiry_ids: Sequence[InquiryId], now: datetime) -> list[DeliveryRow]:
    """The copies of what the asker took back go as well."""
    return [row for file in AttachmentBook(session).copies_of(inquiry_ids) for row in _taken_away(session, file, now)]


def recalled(session: Session, turn_id: str, now: datetime) -> list[DeliveryRow]:
    """The files that went with words that were taken back; what we hold of them goes now."""
    files = AttachmentBook(session).of_turn(turn_id)
    AttachmentBook(session).let_go(files, now)
    sent = [file for file in files if file.state is AttachmentState.DELIVERED]
    return [row for file in sent for row in _taken_away(session, file, now)]


def settled(session: Session, letter: Letter, now: datetime) -> list[DeliveryRow]:
    """The letter stands. What is to be posted because of it: a copy whose question was taken back meanwhile goes."""
    if letter.file is None or letter.purpose not in CARRIES:
        return []
    AttachmentBook(session).deliver(letter.file.id, now)
    return _taken_away(session, letter.file, now) if _is_taken_back(session, letter.file) else []


def unfit(session: Session, letter: Letter, why: Unfit, now: datetime) -> list[DeliveryRow]:
    """The letter's file cannot be passed on: a line to who sent it, and one to who waits for it."""
    if letter.file is None or letter.case is None:
        return []
    AttachmentBook(session).refuse(letter.file.id, why, now)
    posts, case, asked = PostBook(session), letter.case, letter.inquiry.id
    card, place = posts.posted(Purpose.CARD, case.id), case.consultation.place
    told = [(Purpose.UNFIT, place)] if place.channel is Channel.SLACK else []
    told += [(Purpose.UNFIT_INSIDE, card.place)] if card is not None else []
    return [
        posts.plan(purpose, where, now, case_id=case.id, inquiry_id=asked, occasion=letter.file.id)
        for purpose, where in told
    ]


def unfit_when_opened(session: Session, file: AttachmentRow, why: Unfit, now: datetime) -> list[DeliveryRow]:
    """A consultant's file, sent in Slack to who asked elsewhere, was looked at when it was opened: they are told."""
    if file.turn_id is None or file.state is not AttachmentState.DELIVERED or why not in OF_ITS_OWN:
        return []
    case = Pages(session).case(ReplyBook(session).get(file.turn_id).case_id)
    card = PostBook(session).posted(Purpose.CARD, case.id)
    if case.consultation.place.channel is Channel.SLACK or card is None:
        return []
    AttachmentBook(session).refuse(file.id, why, now)
    asked, occasion = case.inquiry.id, file.id
    plan = PostBook(session).plan
    return [plan(Purpose.UNFIT_INSIDE, card.place, now, case_id=case.id, inquiry_id=asked, occasion=occasion)]


def left(session: Session, letter: Letter, now: datetime) -> None:
    """The letter was dropped: its file was not sent, and may be with another case."""
    if letter.file is not None and letter.purpose in CARRIES:
        AttachmentBook(session).unplan(letter.file.id, now)


def _is_taken_back(session: Session, file: AttachmentRow) -> bool:
    pages = Pages(session)
    if file.turn_id is not None:
        return pages.turn(file.turn_id).withdrawn_at is not None
    return file.inquiry_id is not None and pages.inquiry(file.inquiry_id).withdrawn_at is not None


def _taken_away(session: Session, file: AttachmentRow, now: datetime) -> list[DeliveryRow]:
    posts = PostBook(session)
    stood = posts.carried(Purpose.REPLY_FILE if file.turn_id else Purpose.ASKER_FILE, file.id)

    def gone(at: Place, case_id: CaseId | None) -> DeliveryRow:
        about, turn_id = file.inquiry_id, file.turn_id
        return posts.plan(
            Purpose.FILE_GONE, at, now, case_id=case_id, inquiry_id=about, turn_id=turn_id, occasion=file.id
        )

    return [gone(one.place, one.case_id) for one in stood]
