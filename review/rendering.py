"""Pages from templates: autoescaped, with the visitor, the banner and our words at hand."""

import secrets
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from consultation import calendar
from records.accounts import Role
from review import wording
from review.parts import parts_of
from review.sessions import Visitor, demo_offered, remember

HERE = Path(__file__).parent
TOLD_OF_GATE = frozenset({Role.REVIEWER, Role.OPERATOR})

_TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["wording"] = wording
_TEMPLATES.filters["moment"] = calendar.shown
_TEMPLATES.filters["span"] = calendar.shown_span
_TEMPLATES.filters["day"] = calendar.shown_date


def page(request: Request, template: str, status: int = HTTPStatus.OK, **context: Any) -> Response:
    """A whole page or a fragment of one."""
    visitor: Visitor = request.state.visitor
    sees_gate = visitor.account is not None and visitor.account.profile.role in TOLD_OF_GATE
    html = _TEMPLATES.get_template(template).render(
        context
        | {
            "visitor": visitor,
            "account": visitor.account,
            "demo_offered": demo_offered(parts_of(request), request),
            "index_state": parts_of(request).index_state(),
            "gate_state": parts_of(request).gate_state() if sees_gate else None,
            "path": request.url.path,
            "files_hint": wording.files_hint(parts_of(request).files.holding.largest),
        }
    )
    response = HTMLResponse(html, status)
    if visitor.fresh:
        remember(request, response, visitor.fresh)
    return response


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of the page."""
    return "hx-request" in request.headers


def new_nonce() -> str:
    """What makes a doubled submission of one form one."""
    return secrets.token_hex(16)
