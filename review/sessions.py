"""Who visits: the session cookie, and the token that every form must carry.

A visitor without a session carries a cookie of their own for the forms that precede a sign-in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from consultation.case import Consultant
from consultation.errors import NotFound
from consultation.inquiry import Asker
from consultation.municipality import MunicipalityCode
from records.accounts import Account, AccountId, Accounts, Role, WebSession
from records.registry import Registry
from review.exposure import is_from_here
from review.parts import WebParts, parts_of

SESSION, BEFORE = "madoguchi-session", "madoguchi-visit"
NOBODY = MunicipalityCode("")


@dataclass(frozen=True, slots=True)
class Visitor:
    """`account` None: not signed in. `fresh`: a cookie that the next page has to set."""

    account: Account | None
    csrf: str
    fresh: str | None = None

    @property
    def body(self) -> MunicipalityCode | None:
        """Whose consultations they may see: staff their own body's, the others all (where their role lets them)."""
        if self.account is not None and self.account.profile.role is not Role.STAFF:
            return None
        return (self.account.profile.municipality if self.account else None) or NOBODY

    @property
    def signed_in(self) -> Account:
        if self.account is None:
            raise NotFound("")
        return self.account

    @property
    def asker(self) -> Asker:
        return Asker(self.signed_in.id, self.signed_in.profile.name)


def recognised(request: Request) -> Visitor:
    """The visitor that a request's cookies say. Reads the database."""
    parts = parts_of(request)
    session = _session(parts, request)
    if session is not None:
        return Visitor(session.account, session.csrf)
    carried = request.cookies.get(_cookie(BEFORE, request))
    secret = carried or secrets.token_urlsafe(32)
    return Visitor(None, _derived(secret), None if carried else secret)


def demo_offered(parts: WebParts, request: Request) -> bool:
    """Demo sign-in is for this machine alone: never under a public address, never through a proxy."""
    return parts.demo and not parts.settings.is_public and is_from_here(request)


def begin_session(request: Request, response: Response, account_id: AccountId) -> None:
    """Sign in: always a new session, so that a token planted before is worth nothing. The one before ends."""
    parts, now = parts_of(request), datetime.now(UTC)
    until = now + timedelta(hours=parts.settings.session_hours)
    end_session(request, response)
    token = parts.ledger.write(lambda session: Accounts(session).open_session(account_id, now, until))
    _set(request, response, SESSION, token)
    _unset(request, response, BEFORE)


def end_session(request: Request, response: Response) -> None:
    token = request.cookies.get(_cookie(SESSION, request))
    if token:
        parts_of(request).ledger.write(lambda session: Accounts(session).close_session(token))
        _unset(request, response, SESSION)


def remember(request: Request, response: Response, fresh: str) -> None:
    """Give the cookie that the forms before a sign-in are checked against."""
    _set(request, response, BEFORE, fresh)


def visitor_of(request: Request) -> Visitor:
    visitor = request.state.visitor
    assert isinstance(visitor, Visitor)  # noqa: S101  # set by the guard, which every route passes
    return visitor


Visiting = Annotated[Visitor, Depends(visitor_of)]


def consultant_of(parts: WebParts, visitor: Visitor) -> Consultant | None:
    """The visitor's entry in the register, as long as they are asked."""
    entry = visitor.signed_in.profile.consultant_id
    return parts.ledger.read(lambda session: Registry(session).serving(entry)) if entry else None


def _session(parts: WebParts, request: Request) -> WebSession | None:
    token = request.cookies.get(_cookie(SESSION, request))
    if not token:
        return None
    found = parts.ledger.read(lambda session: Accounts(session).session(token, datetime.now(UTC)))
    if found is not None and found.account.is_demo and not demo_offered(parts, request):
        return None
    return found


def _set(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        _cookie(name, request), value, path="/", httponly=True, samesite="lax", secure=_needs_tls(request)
    )


def _unset(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(_cookie(name, request), path="/", httponly=True, samesite="lax", secure=_needs_tls(request))


def _cookie(name: str, request: Request) -> str:
    return f"__Host-{name}" if _needs_tls(request) else name  # the prefix binds it to this host, Secure and to /


def _needs_tls(request: Request) -> bool:
    """Everywhere but on this machine itself, where there is no TLS and nobody to listen in."""
    return parts_of(request).settings.is_public or not is_from_here(request)


def _derived(secret: str) -> str:
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()
