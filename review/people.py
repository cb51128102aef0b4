"""The operators' page: inviting people, showing each link once, shutting accounts out."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from consultation.case import ConsultantId
from consultation.errors import BadInput
from consultation.municipality import MunicipalityCode
from records.accounts import AccountId, Accounts, Invitation, Profile, Role
from records.ledger import Session
from records.registry import Registry
from review import wording
from review.parts import Parts, WebParts
from review.rendering import page
from review.sessions import Visiting

router = APIRouter()

NEW_CONSULTANT = "new"


class Wish(BaseModel):
    """The invitation form as it was filled in."""

    login: str = ""
    name: str = ""
    role: str = Role.STAFF.value
    body: str = ""
    consultant: str = NEW_CONSULTANT


@router.get("/people")
def people(request: Request, parts: Parts) -> Response:
    return _people(request, parts)


@router.post("/people")
def invite(request: Request, parts: Parts, wish: Annotated[Wish, Form()]) -> Response:
    now = datetime.now(UTC)

    def deed(session: Session) -> Invitation:
        return Accounts(session).invite(_profile(session, wish, now), now, _until(parts, now))

    try:
        made = parts.ledger.write(deed)
    except BadInput as no:
        return _people(request, parts, wish=wish, error=no.reason)
    return _people(request, parts, made=made)


@router.post("/people/{account_id}/link")
def link(request: Request, parts: Parts, account_id: str) -> Response:
    """A new invitation for somebody who lost the link or forgot the password."""
    until = _until(parts, datetime.now(UTC))
    made = parts.ledger.write(lambda session: Accounts(session).invite_again(AccountId(account_id), until))
    return _people(request, parts, made=made)


@router.post("/people/{account_id}/disable")
def disable(parts: Parts, visitor: Visiting, account_id: str) -> Response:
    if account_id == visitor.signed_in.id:
        raise BadInput(wording.OWN_ACCOUNT)
    parts.ledger.write(lambda session: Accounts(session).disable(AccountId(account_id), datetime.now(UTC)))
    return RedirectResponse("/people", HTTPStatus.SEE_OTHER)


def _profile(session: Session, wish: Wish, now: datetime) -> Profile:
    registry = Registry(session)
    if wish.role not in set(Role):
        raise BadInput(wording.NO_SUCH_CHOICE)
    role, login, name = Role(wish.role), wish.login.strip().lower(), wish.name
    if role is Role.STAFF:
        return Profile(login, name, role, registry.municipality(MunicipalityCode(wish.body)).code)
    if role is not Role.CONSULTANT:
        return Profile(login, name, role)
    if wish.consultant in {"", NEW_CONSULTANT}:
        return Profile(login, name, role, None, registry.add_consultant(name.strip(), None, (), (), now).id)
    known = registry.serving(wish.consultant)
    return Profile(login, name, role, None, ConsultantId(known.id) if known else None)


def _until(parts: WebParts, now: datetime) -> datetime:
    return now + timedelta(days=parts.settings.invitation_days)


def _people(
    request: Request,
    parts: WebParts,
    made: Invitation | None = None,
    wish: Wish | None = None,
    error: str = "",
) -> Response:
    def view(session: Session) -> tuple[Any, Any, Any]:
        registry = Registry(session)
        return Accounts(session).everyone(), registry.municipalities(), registry.consultants()

    everyone, bodies, consultants = parts.ledger.read(view)
    return page(
        request,
        "people.html",
        400 if error else 200,
        everyone=everyone,
        bodies={body.code: body for body in bodies},
        consultants=consultants,
        roles=list(Role),
        made=made,
        link=_link(request, parts, made) if made else "",
        wish=wish or Wish(),
        error=error,
    )


def _link(request: Request, parts: WebParts, made: Invitation) -> str:
    base = parts.settings.public_url or str(request.base_url).rstrip("/")
    return f"{base}/invitation/{made.token}"
