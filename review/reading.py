"""The reviewers' log: found by body, outcome, period and words; each with all that led to it, and their verdicts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse

from consultation.calendar import TOKYO
from consultation.errors import BadInput
from consultation.inquiry import ConsultationId, InquiryId
from consultation.municipality import MunicipalityCode
from consultation.outcome import OutcomeKind
from records.ledger import Session
from records.pages import LogFilter, Pages
from records.registry import Registry
from records.verdicts import VerdictRow, Verdicts
from review import wording
from review.conversations import Conversation, conversation, hands
from review.parts import Parts
from review.rendering import page
from review.sessions import Visiting

router = APIRouter()

PAGE = 30


class Asked(BaseModel):
    """The filters as they stand in the address; empty ones do not narrow."""

    body: str = ""
    outcome: str = ""
    since: str = ""
    until: str = ""
    words: str = ""
    number: int = Field(1, ge=1, le=100_000)

    @property
    def address(self) -> str:
        """The same filters on another page; the page's number is to follow."""
        filters = {name: value for name, value in self.model_dump(exclude={"number"}).items() if value}
        return f"/log?{urlencode(filters | {'number': ''})}"


@router.get("/log")
def log(request: Request, parts: Parts, asked: Annotated[Asked, Query()]) -> Response:
    try:
        wanted, error = _filter(asked), ""
    except BadInput as no:
        wanted, error = LogFilter(), no.reason

    def view(session: Session) -> tuple[Any, Any]:
        return Pages(session).log(wanted, (asked.number - 1) * PAGE, PAGE + 1), Registry(session).municipalities()

    lines, bodies = parts.ledger.read(view)
    return page(
        request,
        "log.html",
        400 if error else 200,
        lines=lines[:PAGE],
        more=len(lines) > PAGE,
        bodies=bodies,
        outcomes=list(OutcomeKind),
        asked=asked,
        error=error,
    )


@router.get("/log/{consultation_id}")
def consultation_file(request: Request, parts: Parts, visitor: Visiting, consultation_id: str) -> Response:
    def view(session: Session) -> tuple[Conversation, dict[str, str], Mapping[InquiryId, Sequence[VerdictRow]]]:
        shown = conversation(session, ConsultationId(consultation_id), None)
        return shown, hands(session, shown.consultation), Verdicts(session).on(shown.consultation.id)

    shown, names, verdicts = parts.ledger.read(view)
    me = visitor.signed_in.id
    mine = {one: [said.is_right for said in given if said.by == me] for one, given in verdicts.items()}
    return page(request, "file.html", shown=shown, names=names, verdicts=verdicts, mine=mine)


@router.post("/inquiries/{inquiry_id}/verdict")
def give_verdict(parts: Parts, visitor: Visiting, inquiry_id: str, right: Annotated[bool, Form()]) -> Response:
    """Whether an answer of the machine is right; a reviewer may think again."""
    inquiry = parts.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id)))
    parts.desk.give_verdict(inquiry.id, visitor.signed_in.id, is_right=right)
    parts.gate_state()  # looked at now: where this verdict breaks the promise, the alarm does not wait for a question
    return RedirectResponse(f"/log/{inquiry.consultation_id}#i-{inquiry.id}", HTTPStatus.SEE_OTHER)


def _filter(asked: Asked) -> LogFilter:
    """What was asked for. Raises BadInput: a date that is none."""
    return LogFilter(
        body=MunicipalityCode(asked.body) if asked.body else None,
        outcome=OutcomeKind(asked.outcome) if asked.outcome in set(OutcomeKind) else None,
        since=_midnight(asked.since),
        until=_midnight(asked.until, days_later=1),
        words=asked.words,
    )


def _midnight(day: str, days_later: int = 0) -> datetime | None:
    """The moment at which a day begins in Japan."""
    if not day:
        return None
    try:
        begins = date.fromisoformat(day) + timedelta(days=days_later)
    except (ValueError, OverflowError):
        raise BadInput(wording.BAD_DATE) from None
    return datetime.combine(begins, time(), TOKYO).astimezone(UTC)
