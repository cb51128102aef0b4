"""Signing in and out: by password, by invitation, and, on this machine alone, by one click for a trial."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from consultation.errors import BadInput, NotFound
from records.accounts import Account, AccountId, Accounts, Credentials, Role
from review import passwords, wording
from review.parts import Parts, WebParts
from review.rendering import page
from review.sessions import begin_session, demo_offered, end_session
from review.throttle import Throttle

router = APIRouter()

Field = Annotated[str, Form()]


@router.get("/sign-in")
def sign_in_form(request: Request, next: str = "/") -> Response:  # the query's usual word
    return _form(request, next)


@router.post("/sign-in")
def sign_in(
    request: Request,
    parts: Parts,
    login: Field = "",
    password: Field = "",
    next: Field = "/",
) -> Response:
    login, address = login.strip().lower(), request.client.host if request.client else ""
    throttle: Throttle = request.app.state.throttle
    if throttle.is_shut(login, address):
        return _form(request, next, HTTPStatus.TOO_MANY_REQUESTS, wording.SIGN_IN_SHUT, login)
    known = _credentials(parts, login)
    if not passwords.is_right(password, known.password_hash if known else None) or known is None:
        throttle.failed(login, address)
        return _form(request, next, HTTPStatus.UNAUTHORIZED, wording.SIGN_IN_FAILED, login)
    throttle.succeeded(login)
    return _signed_in(request, known.account.id, next)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    response = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    end_session(request, response)
    return response


@router.post("/demo/{role}")
def try_out(request: Request, parts: Parts, role: Role) -> Response:
    account = parts.ledger.read(lambda session: Accounts(session).demo(role)) if demo_offered(parts, request) else None
    if account is None:
        return _form(request, "/", HTTPStatus.FORBIDDEN, wording.NO_DEMO)
    return _signed_in(request, account.id, "/")


@router.get("/invitation/{token}")
def invitation(request: Request, parts: Parts, token: str) -> Response:
    return _invitation(request, parts, token)


@router.post("/invitation/{token}")
def accept(request: Request, parts: Parts, token: str, password: Field = "", again: Field = "") -> Response:
    if _invited(parts, token) is None:  # looked at first: hashing is dear, and a guessed link must not cost it
        return _void(request)
    try:
        made = passwords.hashed(password, again)
    except BadInput as no:
        return _invitation(request, parts, token, no.reason)
    try:
        account = parts.ledger.write(lambda session: Accounts(session).accept(token, made, datetime.now(UTC)))
    except NotFound as no:
        return page(request, "sentence.html", 404, title=wording.REFUSED_TITLE, said=no.reason)
    return _signed_in(request, account.id, "/")


def _invitation(request: Request, parts: WebParts, token: str, error: str = "") -> Response:
    invited = _invited(parts, token)
    if invited is None:
        return _void(request)
    status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
    return page(request, "invitation.html", status, invited=invited, error=error, shortest=passwords.SHORTEST)


def _invited(parts: WebParts, token: str) -> Account | None:
    return parts.ledger.read(lambda session: Accounts(session).invited(token, datetime.now(UTC)))


def _void(request: Request) -> Response:
    return page(request, "sentence.html", 404, title=wording.REFUSED_TITLE, said=wording.LINK_VOID)


def _credentials(parts: WebParts, login: str) -> Credentials | None:
    return parts.ledger.read(lambda session: Accounts(session).credentials(login))


def _form(request: Request, target: str, status: int = 200, error: str = "", login: str = "") -> Response:
    return page(request, "sign_in.html", status, next=_local(target), error=error, login=login, roles=list(Role))


def _signed_in(request: Request, account_id: AccountId, target: str) -> Response:
    response = RedirectResponse(_local(target), HTTPStatus.SEE_OTHER)
    begin_session(request, response, account_id)
    return response


def _local(target: str) -> str:
    """A path of ours; whatever else was asked for leads home, never to another site."""
    is_ours = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if is_ours else "/"
