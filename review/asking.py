"""The desk for municipal staff: asking, reading the answer beside its sources, asking on, calling a person."""

import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from consultation.attachment import Attached
from consultation.calendar import tokyo_date
from consultation.case import CaseId
from consultation.errors import BadInput
from consultation.inquiry import Channel, ConsultationId, Inquiry, InquiryId, MessageKey, Place
from consultation.masking import mask
from consultation.rating import Score
from consultation.topic import Topic
from desk.casework import Deed, Refused
from desk.holding import Upload
from records.accounts import Role
from records.ledger import Session
from records.overview import Overview
from records.pages import LogFilter, Pages
from records.rows import ConsultationRow
from review import wording
from review.conversations import Conversation, Exchange, conversation
from review.parts import Parts, WebParts
from review.rendering import is_fragment, new_nonce, page
from review.sessions import NOBODY, Visiting, Visitor
from review.uploads import Uploads
from review.wishes import Asked, AskedOn, Misfilled, wish_from

router = APIRouter()

LONGEST_QUESTION = 40_000
RECENT = 5
PAGE = 20
TEAM = "web"
NONCE = re.compile(r"[0-9a-f]{32}")
HOMES = {Role.CONSULTANT: "/cases", Role.REVIEWER: "/log", Role.OPERATOR: "/people"}

Field = Annotated[str, Form()]


@router.get("/")
def home(request: Request, parts: Parts, visitor: Visiting, example: Annotated[int, Query(ge=0)] = 0) -> Response:
    """The form for staff; the others are led to their own first page."""
    role = visitor.signed_in.profile.role
    if role is not Role.STAFF:
        return RedirectResponse(HOMES[role], HTTPStatus.SEE_OTHER)
    text = wording.EXAMPLES[example - 1] if 1 <= example <= len(wording.EXAMPLES) else ""
    return _home(request, parts, visitor, Asked(text=text))


@router.post("/ask")
def ask(
    request: Request, parts: Parts, visitor: Visiting, sent: Annotated[Asked, Form()], uploads: Uploads
) -> Response:
    """A first question opens a conversation; the form's nonce is its name, so that a doubled submission is one."""
    asked = sent.model_copy(update={"text": _plain(sent.text)})
    error = _not_askable(asked.text)
    wish = Misfilled("text", error) if error else wish_from(asked, tokyo_date(datetime.now(UTC)))
    if isinstance(wish, Misfilled):
        return _home(request, parts, visitor, asked, _chosen_again(wish, uploads))
    thread = asked.nonce if NONCE.fullmatch(asked.nonce) else secrets.token_hex(16)
    place = Place(Channel.WEB, TEAM, visitor.signed_in.id, thread)
    inquiry = _inquiry(visitor, place, asked.text, thread)
    held = _held(parts, inquiry, uploads)
    if isinstance(held, Misfilled):
        return _home(request, parts, visitor, asked, _chosen_again(held, uploads))
    return _shown(parts.desk.accept(replace(inquiry, wish=wish, files=held)).consultation_id)


@router.get("/consultations")
def consultations(
    request: Request, parts: Parts, visitor: Visiting, words: str = "", number: Annotated[int, Query(ge=1)] = 1
) -> Response:
    """Their body's past consultations, for who comes after as well."""
    wanted = LogFilter(body=visitor.body, words=words)
    lines = parts.ledger.read(lambda session: Pages(session).log(wanted, (number - 1) * PAGE, PAGE + 1))
    more = len(lines) > PAGE
    return page(request, "consultations.html", lines=lines[:PAGE], words=words, number=number, more=more)


@router.get("/consultations/{consultation_id}")
def read(request: Request, parts: Parts, visitor: Visiting, consultation_id: str) -> Response:
    return _conversation(request, parts, visitor, consultation_id)


@router.get("/consultations/{consultation_id}/thread")
def thread(request: Request, parts: Parts, visitor: Visiting, consultation_id: str, seen: str = "") -> Response:
    """What htmx asks for while something is still to come; nothing as long as nothing has changed."""
    shown = _of(parts, visitor, consultation_id)
    if shown.state == seen:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return page(request, "thread_news.html", shown=shown, news=_news(shown), mine=_is_mine(shown, visitor))


@router.post("/consultations/{consultation_id}/ask")
def ask_on(
    request: Request,
    parts: Parts,
    visitor: Visiting,
    consultation_id: str,
    sent: Annotated[AskedOn, Form()],
    uploads: Uploads,
) -> Response:
    consultation = _own(parts, visitor, consultation_id)
    question = _plain(sent.text)
    inquiry = _inquiry(visitor, consultation.place, question, sent.nonce)
    error = _not_askable(question)
    held = Misfilled("text", error) if error else _held(parts, inquiry, uploads)
    if isinstance(held, Misfilled):
        return _conversation(request, parts, visitor, consultation_id, question, _chosen_again(held, uploads))
    return _shown(parts.desk.accept(replace(inquiry, files=held)).consultation_id)


@router.post("/inquiries/{inquiry_id}/amend")
def amend(request: Request, parts: Parts, visitor: Visiting, inquiry_id: str, text: Field = "") -> Response:
    """Other words for a question that people are on. What cannot be taken stands in the form for asking on."""
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), visitor.body))
    _own(parts, visitor, inquiry.consultation_id)
    words = _plain(text)
    masked, error = mask(words), _not_askable(words)
    if not error and masked.text != inquiry.text:
        is_taken = parts.desk.amend(MessageKey(inquiry.key), masked.text, masked.kinds)
        error = "" if is_taken else wording.AMENDED_LATE
    if error:
        return _conversation(request, parts, visitor, inquiry.consultation_id, words, Misfilled("text", error))
    return _shown(inquiry.consultation_id, inquiry.id)


@router.post("/inquiries/{inquiry_id}/take-back")
def take_back(parts: Parts, visitor: Visiting, inquiry_id: str) -> Response:
    """The question's words and files go; its case, where it is still open to its asker, with them."""
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), visitor.body))
    _own(parts, visitor, inquiry.consultation_id)
    parts.desk.take_back(MessageKey(inquiry.key))
    return _shown(inquiry.consultation_id, inquiry.id)


@router.post("/inquiries/{inquiry_id}/choice")
def choose(parts: Parts, visitor: Visiting, inquiry_id: str, choice: Annotated[int, Form()]) -> Response:
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), visitor.body))
    _own(parts, visitor, inquiry.consultation_id)
    return _shown(parts.desk.choose(inquiry.id, choice, visitor.asker).consultation_id)


@router.post("/inquiries/{inquiry_id}/feedback")
def judge(
    request: Request, parts: Parts, visitor: Visiting, inquiry_id: str, helpful: Annotated[bool, Form()]
) -> Response:
    parts.desk.judge(InquiryId(inquiry_id), visitor.signed_in.id, helpful=helpful)
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), visitor.body))
    if is_fragment(request):
        return page(request, "feedback.html", inquiry=inquiry)
    return _shown(inquiry.consultation_id, inquiry.id)


@router.post("/inquiries/{inquiry_id}/person")
def call_person(parts: Parts, visitor: Visiting, inquiry_id: str) -> Response:
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), visitor.body))
    _own(parts, visitor, inquiry.consultation_id)
    deed = parts.desk.cases.request_person(inquiry.id, visitor.signed_in.id)
    if isinstance(deed, Refused):
        raise BadInput(deed.sentence)
    return _shown(inquiry.consultation_id, inquiry.id)


@router.post("/inquiries/{inquiry_id}/consent")
def consent(parts: Parts, visitor: Visiting, inquiry_id: str, agree: Field = "") -> Response:
    """Whether a person is wanted; anything but a yes is none."""
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), visitor.body))
    _own(parts, visitor, inquiry.consultation_id)
    if agree == "yes":
        return _done(parts.desk.consents.give(inquiry.id, visitor.signed_in.id))
    refused = parts.desk.consents.refuse(inquiry.id)
    if refused is not None:
        raise BadInput(refused)
    return _shown(inquiry.consultation_id, inquiry.id)


@router.post("/handoffs/{case_id}/rating")
def rate(parts: Parts, visitor: Visiting, case_id: str, score: Field = "", words: Field = "") -> Response:
    """What the asker thinks of it after its end."""
    case = parts.ledger.read(lambda session: Pages(session).case(CaseId(case_id), visitor.body))
    _own(parts, visitor, case.consultation.id)
    if score not in {str(one.value) for one in Score}:
        raise BadInput(wording.BAD_FORM)
    return _done(parts.desk.ratings.rate(case.id, visitor.signed_in.id, Score(int(score)), _plain(words)))


@router.post("/handoffs/{case_id}/withdraw")
def withdraw(parts: Parts, visitor: Visiting, case_id: str) -> Response:
    return _done(parts.desk.cases.withdraw(CaseId(case_id), visitor.signed_in.id))


@router.post("/handoffs/{case_id}/confirm")
def confirm(parts: Parts, visitor: Visiting, case_id: str) -> Response:
    return _done(parts.desk.cases.confirm(CaseId(case_id), visitor.signed_in.id))


@router.post("/handoffs/{case_id}/reopen")
def reopen(parts: Parts, visitor: Visiting, case_id: str) -> Response:
    return _done(parts.desk.cases.reopen(CaseId(case_id), visitor.signed_in.id))


def _done(deed: Deed) -> Response:
    if isinstance(deed, Refused):
        raise BadInput(deed.sentence)
    return _shown(deed.case.consultation.id, deed.case.inquiry.id)


def _inquiry(visitor: Visitor, place: Place, question: str, nonce: str) -> Inquiry:
    """Masked before anything is stored; the original is not kept."""
    masked = mask(question)
    return Inquiry(
        key=MessageKey(f"web:{place.thread}:{nonce or secrets.token_hex(16)}"),
        place=place,
        municipality=visitor.body or NOBODY,
        asker=visitor.asker,
        text=masked.text,
        masked=masked.kinds,
        received_at=datetime.now(UTC),
    )


def _held(parts: WebParts, inquiry: Inquiry, uploads: list[Upload]) -> tuple[Attached, ...] | Misfilled:
    """What was chosen beside the question; what cannot be passed on stops it all, so that it can be mended.

    So does a form that brought other words before: the page comes again with a nonce of its own.
    """
    standing = parts.ledger.read(lambda session: Pages(session).inquiry_of(inquiry.key))
    if standing is not None and standing.text != inquiry.text:
        return Misfilled("text", wording.SENT_BEFORE)
    try:
        return parts.files.holding.take(inquiry.key, uploads)
    except BadInput as no:
        return Misfilled("files", no.reason)


def _chosen_again(told: Misfilled, uploads: list[Upload]) -> Misfilled:
    """No browser keeps what was chosen when the page comes again."""
    return replace(told, sentence=told.sentence + wording.CHOOSE_AGAIN) if uploads else told


def _own(parts: WebParts, visitor: Visitor, consultation_id: str) -> ConsultationRow:
    """The consultation, if this visitor may write in it: a colleague may read, and ask anew."""
    consultation = parts.ledger.read(
        lambda session: Pages(session).consultation(ConsultationId(consultation_id), visitor.body)
    )
    channel = consultation.place.channel
    if channel is not Channel.WEB:
        raise BadInput(wording.NOT_HERE.format(channel=wording.CHANNELS[channel]))
    if consultation.asker_id != visitor.signed_in.id:
        raise BadInput(wording.NOT_YOURS)
    return consultation


def _of(parts: WebParts, visitor: Visitor, consultation_id: str) -> Conversation:
    return parts.ledger.read(lambda session: conversation(session, ConsultationId(consultation_id), visitor.body))


def _home(
    request: Request, parts: WebParts, visitor: Visitor, asked: Asked, misfilled: Misfilled | None = None
) -> Response:
    wanted = LogFilter(body=visitor.body)
    body, now = visitor.body or NOBODY, datetime.now(UTC)

    def view(session: Session) -> dict[str, Any]:
        overview = Overview(session)
        return {
            "recent": Pages(session).log(wanted, 0, RECENT),
            "dates": overview.ahead(body, now),
            "counter": overview.counter(body, now),
        }

    status = HTTPStatus.BAD_REQUEST if misfilled else HTTPStatus.OK
    told = misfilled or Misfilled("", "")
    form = {"asked": asked, "topics": list(Topic), "error": told.sentence, "wrong": told.field, "nonce": new_nonce()}
    return page(request, "ask.html", status, **form, **parts.ledger.read(view))


def _conversation(
    request: Request,
    parts: WebParts,
    visitor: Visitor,
    consultation_id: str,
    text: str = "",
    misfilled: Misfilled | None = None,
) -> Response:
    shown = _of(parts, visitor, consultation_id)
    status = HTTPStatus.BAD_REQUEST if misfilled else HTTPStatus.OK
    told = misfilled or Misfilled("", "")
    form = {"text": text, "error": told.sentence, "wrong": told.field, "nonce": new_nonce()}
    return page(request, "conversation.html", status, shown=shown, mine=_is_mine(shown, visitor), **form)


def _is_mine(shown: Conversation, visitor: Visitor) -> bool:
    return shown.is_written_by(visitor.signed_in.id)


def _news(shown: Conversation) -> str:
    """What a screen reader is told when the thread has changed."""
    if shown.is_pending:
        return ""
    last = shown.entries[-1]
    if isinstance(last, Exchange) and last.inquiry.withdrawn_at is not None:
        return wording.TAKEN_BACK
    if isinstance(last, Exchange) and last.inquiry.is_asked_consent:
        return wording.CONSENT_ASKED
    outcome = last.inquiry.outcome if isinstance(last, Exchange) else None
    return wording.ARRIVED[outcome] if outcome else wording.REPLY_ARRIVED


def _shown(consultation_id: str, inquiry_id: str = "") -> Response:
    place = f"#i-{inquiry_id}" if inquiry_id else "#latest"
    return RedirectResponse(f"/consultations/{consultation_id}{place}", HTTPStatus.SEE_OTHER)


def _plain(text: str) -> str:
    """A form's text with plain line ends (browsers send CRLF), without blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _not_askable(question: str) -> str:
    if not question:
        return wording.EMPTY_QUESTION
    if len(question) > LONGEST_QUESTION:
        return wording.LONG_QUESTION.format(length=len(question), longest=LONGEST_QUESTION)
    return ""
