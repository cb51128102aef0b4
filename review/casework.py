"""The consultants' pages: what waits, what is theirs, and a case with everything known; claim, answer, resolve."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from consultation.aside import Aside, AsideKind
from consultation.case import CaseId, CaseState, Consultant, ConsultantId, Priority
from consultation.errors import BadInput
from consultation.topic import Topic
from desk import wording as desk_wording
from desk.alike import Alike, as_they_read
from desk.background import background_of, profile
from desk.casework import Deed, Refused
from desk.correcting import Correction
from desk.holding import Upload
from records.asides import AsideBook, AsideRow
from records.ledger import Session
from records.overview import Background
from records.pages import Pages
from records.registry import Registry
from records.replies import ReplyBook
from records.rows import CaseRow
from review import wording
from review.conversations import Conversation, conversation, hands
from review.parts import Parts, WebParts
from review.rendering import new_nonce, page
from review.sessions import Visiting, Visitor, consultant_of
from review.uploads import Uploads

router = APIRouter()

LONGEST_REPLY = 20_000
LONGEST_WHY = 500
ASIDE_WAIT_S = 4.0  # most are answered by then; the page says how to look again


class Replied(BaseModel):
    """The form of an answer."""

    text: str = ""
    nonce: str = ""


class Corrected(BaseModel):
    """The form of a correction; an empty topic stays, an empty day is the targets'."""

    topic: str = ""
    priority: str = ""
    due_on: str = ""
    why: str = ""


@router.get("/cases")
def cases(request: Request, parts: Parts, visitor: Visiting) -> Response:
    """Waiting ones, then their own, then what colleagues have taken; what is due first comes first."""
    me, now = visitor.signed_in.profile.consultant_id, datetime.now(UTC)
    found = parts.ledger.read(lambda session: Pages(session).open_cases())
    standing = sorted(found, key=lambda case: (case.watch.due or now, case.opened_at))
    waiting = [case for case in standing if case.state is CaseState.WAITING]
    mine = [case for case in standing if case.owner is not None and case.owner.id == me]
    others = [case for case in standing if case not in waiting and case not in mine]
    return page(request, "cases.html", waiting=waiting, mine=mine, others=others, me=me, now=now)


@router.get("/cases/{case_id}")
def case(request: Request, parts: Parts, visitor: Visiting, case_id: str) -> Response:
    return _case(request, parts, visitor, case_id)


@router.post("/cases/{case_id}/claim")
def claim(request: Request, parts: Parts, visitor: Visiting, case_id: str) -> Response:
    return _answered(
        request, parts, visitor, parts.desk.cases.claim(CaseId(case_id), consultant_of(parts, visitor)), case_id
    )


@router.post("/cases/{case_id}/decline")
def decline(
    request: Request, parts: Parts, visitor: Visiting, case_id: str, why: Annotated[str, Form()] = ""
) -> Response:
    """Who was turned to says why not; somebody else is turned to."""
    deed = parts.desk.cases.decline(CaseId(case_id), consultant_of(parts, visitor), why[:LONGEST_WHY])
    return _answered(request, parts, visitor, deed, case_id)


@router.post("/cases/{case_id}/hand-on")
def hand_on(
    request: Request,
    parts: Parts,
    visitor: Visiting,
    case_id: str,
    to: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
) -> Response:
    """The owner turns to a colleague."""
    consultant = consultant_of(parts, visitor)
    deed = parts.desk.cases.hand_on(CaseId(case_id), consultant, ConsultantId(to), why[:LONGEST_WHY])
    return _answered(request, parts, visitor, deed, case_id)


@router.post("/cases/{case_id}/take-over")
def take_over(request: Request, parts: Parts, visitor: Visiting, case_id: str) -> Response:
    deed = parts.desk.cases.take_over(CaseId(case_id), consultant_of(parts, visitor))
    return _answered(request, parts, visitor, deed, case_id)


@router.post("/cases/{case_id}/reply")
def reply(
    request: Request, parts: Parts, visitor: Visiting, case_id: str, sent: Annotated[Replied, Form()], uploads: Uploads
) -> Response:
    """What is sent reaches the municipality under the consultant's name."""
    words = sent.text.replace("\r\n", "\n").strip()
    key = f"web-reply:{case_id}:{sent.nonce}"
    deed: Deed
    try:
        files = parts.files.holding.take(key, _fitting(words, uploads))
        deed = parts.desk.cases.reply(CaseId(case_id), consultant_of(parts, visitor), words, key, files)
    except BadInput as no:
        deed = Refused(no.reason)
    if isinstance(deed, Refused) and uploads:
        deed = Refused(deed.sentence + wording.CHOOSE_AGAIN)
    return _answered(request, parts, visitor, deed, case_id, words)


@router.post("/cases/{case_id}/resolve")
def resolve(request: Request, parts: Parts, visitor: Visiting, case_id: str) -> Response:
    return _answered(
        request, parts, visitor, parts.desk.cases.resolve(CaseId(case_id), consultant_of(parts, visitor)), case_id
    )


@router.post("/cases/{case_id}/correct")
def correct(
    request: Request, parts: Parts, visitor: Visiting, case_id: str, asked: Annotated[Corrected, Form()]
) -> Response:
    """Topic, priority and last day by hand, with why."""
    try:
        day = date.fromisoformat(asked.due_on) if asked.due_on else None
    except ValueError:
        return _case(request, parts, visitor, case_id, None, wording.BAD_DATE)
    urgent = Priority.URGENT if asked.priority == Priority.URGENT else Priority.NORMAL
    wanted = Correction(asked.topic or None, urgent, day)
    consultant = consultant_of(parts, visitor)
    deed = parts.desk.correcting.correct(CaseId(case_id), consultant, wanted, asked.why[:LONGEST_WHY])
    return _answered(request, parts, visitor, deed, case_id)


@router.post("/cases/{case_id}/replies/{turn_id}/revise")
def revise(
    request: Request, parts: Parts, visitor: Visiting, case_id: str, turn_id: str, text: Annotated[str, Form()] = ""
) -> Response:
    """Other words in the place of those that were sent."""
    words = text.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_REPLY:
        error = wording.LONG_REPLY.format(length=len(words), longest=LONGEST_REPLY)
        return _case(request, parts, visitor, case_id, error=error)
    return _answered(
        request, parts, visitor, parts.desk.replies.revise(turn_id, consultant_of(parts, visitor), words), case_id
    )


@router.post("/cases/{case_id}/replies/{turn_id}/recall")
def recall(request: Request, parts: Parts, visitor: Visiting, case_id: str, turn_id: str) -> Response:
    return _answered(
        request, parts, visitor, parts.desk.replies.recall(turn_id, consultant_of(parts, visitor)), case_id
    )


class AsideForm(BaseModel):
    """What is asked of the machine on a case's page."""

    kind: AsideKind
    words: str = ""
    nonce: str = ""


@router.post("/cases/{case_id}/aside")
def ask_aside(
    request: Request, parts: Parts, visitor: Visiting, case_id: str, form: Annotated[AsideForm, Form()]
) -> Response:
    """Ask the machine, unseen by the municipality; a quick answer is waited for."""
    consultant = consultant_of(parts, visitor)
    if consultant is None:
        return _case(request, parts, visitor, case_id, error=desk_wording.NOT_CONSULTANT)
    asked = Aside(form.kind, form.words[:LONGEST_WHY].strip())
    if asked.kind is AsideKind.PASSAGES and not asked.words:
        return _case(request, parts, visitor, case_id, error=wording.ASIDE_EMPTY)
    case = parts.ledger.read(lambda session: Pages(session).case(CaseId(case_id)))
    key = f"web-aside:{case_id}:{form.kind}:{form.nonce}"
    aside_id = parts.desk.ask_aside(key, case, consultant, asked, is_posted=False)
    parts.desk.wait_aside(aside_id, ASIDE_WAIT_S)
    return RedirectResponse(f"/cases/{case_id}#asides", HTTPStatus.SEE_OTHER)


def _fitting(words: str, uploads: list[Upload]) -> list[Upload]:
    """The files, where the words can be sent. Raises BadInput: they are too long."""
    if len(words) > LONGEST_REPLY:
        raise BadInput(wording.LONG_REPLY.format(length=len(words), longest=LONGEST_REPLY))
    return uploads


def _answered(
    request: Request, parts: WebParts, visitor: Visitor, deed: Deed, case_id: str, text: str | None = None
) -> Response:
    """Done: the case as it stands now. Refused: the same page with the rule's sentence, nothing typed lost."""
    if isinstance(deed, Refused):
        return _case(request, parts, visitor, case_id, text, deed.sentence)
    return RedirectResponse(f"/cases/{case_id}", HTTPStatus.SEE_OTHER)


def _case(
    request: Request, parts: WebParts, visitor: Visitor, case_id: str, text: str | None = None, error: str = ""
) -> Response:
    found, shown, names, background = _read(parts, case_id)
    me = visitor.signed_in.profile.consultant_id
    return page(
        request,
        "case.html",
        HTTPStatus.CONFLICT if error else HTTPStatus.OK,
        case=found,
        shown=shown,
        handed_over=next(entry for entry in shown.exchanges if entry.inquiry.id == found.inquiry.id),
        is_mine=found.owner is not None and found.owner.id == me,
        names=names,
        background=background,
        profile=profile(found.consultation.municipality, background),
        changeable=_changeable(parts, found, me),
        asides=_asides(parts, found),
        is_asked=found.turned_to is not None and found.turned_to.id == me,
        colleagues=[one for one in _colleagues(parts) if one.id != me],
        topics=list(Topic),
        now=datetime.now(UTC),
        text=text if text is not None else _draft(found),
        error=error,
        nonce=new_nonce(),
    )


def _colleagues(parts: WebParts) -> list[Consultant]:
    return parts.ledger.read(lambda session: Registry(session).consultants())


def _read(parts: WebParts, case_id: str) -> tuple[CaseRow, Conversation, dict[str, str], Background]:
    def view(session: Session) -> tuple[CaseRow, Conversation, dict[str, str], Background]:
        found = Pages(session).case(CaseId(case_id))
        shown = conversation(session, found.consultation.id, None)
        about = found.consultation
        return found, shown, hands(session, about), background_of(session, about)

    return parts.ledger.read(view)


def _changeable(parts: WebParts, case: CaseRow, me: str | None) -> set[str]:
    """The turns that the visitor may correct or take back."""
    sent = parts.ledger.read(lambda session: ReplyBook(session).in_case(case.id))
    owner = case.owner.id if case.owner else None
    return {one.turn.id for one in sent if me in {one.sender, owner} and one.turn.withdrawn_at is None}


def _asides(parts: WebParts, case: CaseRow) -> list[tuple[AsideRow, tuple[Alike, ...]]]:
    """What was asked here, in Slack too, the newest first."""

    def view(session: Session) -> list[tuple[AsideRow, tuple[Alike, ...]]]:
        asked = reversed(AsideBook(session).in_case(case.id))
        return [(aside, as_they_read(session, aside.found)) for aside in asked]

    return parts.ledger.read(view)


def _draft(case: CaseRow) -> str:
    """What to start from: the desk's draft, until something was sent."""
    return case.inquiry.draft if case.state in {CaseState.WAITING, CaseState.CLAIMED} else ""
