"""Who may do what: one declared rule per route, applied by one guard in front of them all.

Another body's object answers as if it did not exist. What has no rule is not served at all.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from consultation.article import ArticleId
from consultation.case import CaseId
from consultation.inquiry import ConsultationId, InquiryId
from consultation.municipality import MunicipalityCode
from records.accounts import Role
from records.article_pages import ArticlePages
from records.ledger import Session
from records.open_files import OpenFiles
from records.pages import Pages
from review.control import check_caller
from review.parts import parts_of
from review.sessions import Visitor, recognised

FORM_TOKEN = "csrf"  # noqa: S105  # the field's name


class SignInFirst(Exception):
    """The route is for people with an account."""


class NotForRole(Exception):
    """The route is for other roles."""


class StaleForm(Exception):
    """The form does not carry the token of this visitor."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`roles` None: everybody, signed in or not. `by_token`: the command line's door, no people at all."""

    roles: frozenset[Role] | None
    by_token: bool = False


EVERYBODY = Rule(None)
COMMAND_LINE = Rule(None, by_token=True)
SIGNED_IN = Rule(frozenset(Role))
STAFF = Rule(frozenset({Role.STAFF}))
CONSULTANT = Rule(frozenset({Role.CONSULTANT}))
REVIEWER = Rule(frozenset({Role.REVIEWER}))
OPERATOR = Rule(frozenset({Role.OPERATOR}))
KNOWLEDGE = Rule(frozenset({Role.CONSULTANT, Role.REVIEWER}))
"""Whose article it is, the desk decides (consultation/article.py)."""
FILE = Rule(frozenset({Role.STAFF, Role.CONSULTANT, Role.REVIEWER}))
"""Who reads the conversation; consultants once it was handed over."""
WEEKLY = Rule(frozenset({Role.CONSULTANT, Role.REVIEWER}))
"""Figures of a team, none of a single person: not for leads alone."""

RULES: Mapping[tuple[str, str], Rule] = {
    ("GET", "/healthz"): EVERYBODY,
    ("POST", "/control/{operation}"): COMMAND_LINE,
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): EVERYBODY,
    ("POST", "/demo/{role}"): EVERYBODY,
    ("GET", "/invitation/{token}"): EVERYBODY,
    ("POST", "/invitation/{token}"): EVERYBODY,
    ("POST", "/sign-out"): SIGNED_IN,
    ("GET", "/"): SIGNED_IN,
    ("POST", "/ask"): STAFF,
    ("GET", "/consultations"): STAFF,
    ("GET", "/consultations/{consultation_id}"): STAFF,
    ("GET", "/consultations/{consultation_id}/thread"): STAFF,
    ("POST", "/consultations/{consultation_id}/ask"): STAFF,
    ("POST", "/inquiries/{inquiry_id}/amend"): STAFF,
    ("POST", "/inquiries/{inquiry_id}/take-back"): STAFF,
    ("POST", "/inquiries/{inquiry_id}/choice"): STAFF,
    ("POST", "/inquiries/{inquiry_id}/feedback"): STAFF,
    ("POST", "/inquiries/{inquiry_id}/person"): STAFF,
    ("POST", "/inquiries/{inquiry_id}/consent"): STAFF,
    ("POST", "/handoffs/{case_id}/withdraw"): STAFF,
    ("POST", "/handoffs/{case_id}/confirm"): STAFF,
    ("POST", "/handoffs/{case_id}/reopen"): STAFF,
    ("POST", "/handoffs/{case_id}/rating"): STAFF,
    ("GET", "/files/{attachment_id}"): FILE,
    ("GET", "/cases"): CONSULTANT,
    ("GET", "/cases/{case_id}"): CONSULTANT,
    ("POST", "/cases/{case_id}/claim"): CONSULTANT,
    ("POST", "/cases/{case_id}/decline"): CONSULTANT,
    ("POST", "/cases/{case_id}/hand-on"): CONSULTANT,
    ("POST", "/cases/{case_id}/take-over"): CONSULTANT,
    ("POST", "/cases/{case_id}/reply"): CONSULTANT,
    ("POST", "/cases/{case_id}/resolve"): CONSULTANT,
    ("POST", "/cases/{case_id}/correct"): CONSULTANT,
    ("POST", "/cases/{case_id}/article"): CONSULTANT,
    ("POST", "/cases/{case_id}/replies/{turn_id}/revise"): CONSULTANT,
    ("POST", "/cases/{case_id}/replies/{turn_id}/recall"): CONSULTANT,
    ("POST", "/cases/{case_id}/aside"): CONSULTANT,
    ("GET", "/knowledge"): KNOWLEDGE,
    ("GET", "/knowledge/{article_id}"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}/merge"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}/approve"): REVIEWER,
    ("POST", "/knowledge/{article_id}/return"): REVIEWER,
    ("POST", "/knowledge/{article_id}/retire"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}/renew"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}/own"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}/revise"): KNOWLEDGE,
    ("POST", "/knowledge/{article_id}/tell"): REVIEWER,
    ("GET", "/team"): CONSULTANT,
    ("POST", "/team/absence"): CONSULTANT,
    ("POST", "/team/back"): CONSULTANT,
    ("POST", "/team/expertise"): CONSULTANT,
    ("GET", "/weekly"): WEEKLY,
    ("GET", "/log"): REVIEWER,
    ("GET", "/log/{consultation_id}"): REVIEWER,
    ("POST", "/inquiries/{inquiry_id}/verdict"): REVIEWER,
    ("GET", "/people"): OPERATOR,
    ("POST", "/people"): OPERATOR,
    ("POST", "/people/{account_id}/link"): OPERATOR,
    ("POST", "/people/{account_id}/disable"): OPERATOR,
}

Look = Callable[[Session, str, MunicipalityCode | None], object]
SUBJECTS: Mapping[str, Look] = {
    "consultation_id": lambda session, found, body: Pages(session).consultation(ConsultationId(found), body),
    "inquiry_id": lambda session, found, body: Pages(session).inquiry(InquiryId(found), body),
    "case_id": lambda session, found, body: Pages(session).case(CaseId(found), body),
    "attachment_id": lambda session, found, body: OpenFiles(session).check(found, body),
    "article_id": lambda session, found, _: ArticlePages(session).get(ArticleId(found)),  # no rule lets a body near
}
"""Path parameters that name somebody's object, and how it is looked up for a body."""


async def guard(request: Request) -> None:
    """Let a request pass to its route, or raise why not. Leaves the visitor in `request.state.visitor`."""
    rule = RULES[request.method, request.scope["route"].path]
    if rule.by_token:
        check_caller(request)
        return
    visitor = await run_in_threadpool(recognised, request)
    request.state.visitor = visitor
    if rule.roles is not None:
        _check_role(visitor, rule.roles)
    if request.method != "GET":
        await _check_form(request, visitor)
    if rule.roles is not None:
        await run_in_threadpool(_check_subjects, request, visitor)


def _check_role(visitor: Visitor, roles: frozenset[Role]) -> None:
    if visitor.account is None:
        raise SignInFirst
    if visitor.account.profile.role not in roles:
        raise NotForRole


async def _check_form(request: Request, visitor: Visitor) -> None:
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise StaleForm
    form = await request.form()
    token = form.get(FORM_TOKEN)
    if visitor.fresh or not isinstance(token, str) or not hmac.compare_digest(token.encode(), visitor.csrf.encode()):
        raise StaleForm


def _check_subjects(request: Request, visitor: Visitor) -> None:
    for name, look in SUBJECTS.items():
        found = request.path_params.get(name)
        if found is not None:
            parts_of(request).ledger.read(_looking(look, found, visitor.body))


def _looking(look: Look, found: str, body: MunicipalityCode | None) -> Callable[[Any], object]:
    return lambda session: look(session, found, body)


def unruled(routes: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Where rules and routes do not match each other."""
    return routes ^ set(RULES)
