"""How the web says no: every error of ours as a page with a sentence, never the error's own words."""

import secrets
from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from consultation.errors import BadInput, NotFound, Unavailable
from review import wording
from review.access import NotForRole, SignInFirst, StaleForm
from review.control import NoDoor
from review.headers import SECURITY
from review.rendering import is_fragment, page
from review.sessions import Visitor

log = structlog.get_logger()


def refuse_politely(app: FastAPI) -> None:
    """Register how each error is answered."""
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(NotForRole, _not_for_role)
    app.add_exception_handler(StaleForm, _stale_form)
    app.add_exception_handler(NoDoor, _no_door)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(BadInput, _bad_input)
    app.add_exception_handler(RequestValidationError, _bad_form)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(Exception, _failed)


def sentence(request: Request, status: int, title: str, said: str) -> Response:
    """A page of one sentence."""
    if not hasattr(request.state, "visitor"):
        request.state.visitor = Visitor(None, "")  # no route, or no database: nobody is known yet
    return page(request, "sentence.html", status, title=title, said=said)


def too_large(request: Request) -> Response:
    """A body that is turned away before any route."""
    return sentence(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wording.REFUSED_TITLE, wording.TOO_LARGE)


def _sign_in_first(request: Request, _error: Exception) -> Response:
    target = "/sign-in"
    if is_fragment(request):
        return Response(headers={"HX-Redirect": target})
    if request.method == "GET":
        where = "" if request.url.path == "/" else f"?next={quote(request.url.path)}"
        return RedirectResponse(target + where, HTTPStatus.SEE_OTHER)
    return sentence(request, HTTPStatus.UNAUTHORIZED, wording.SIGN_IN_FIRST_TITLE, wording.SIGN_IN_FIRST)


def _not_for_role(request: Request, _error: Exception) -> Response:
    return sentence(request, HTTPStatus.FORBIDDEN, wording.NOT_FOR_ROLE_TITLE, wording.NOT_FOR_ROLE)


def _stale_form(request: Request, _error: Exception) -> Response:
    return sentence(request, HTTPStatus.FORBIDDEN, wording.STALE_TITLE, wording.STALE)


def _no_door(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"error": wording.NOT_FOUND}, HTTPStatus.NOT_FOUND)


def _not_found(request: Request, _error: Exception) -> Response:
    return sentence(request, HTTPStatus.NOT_FOUND, wording.NOT_FOUND_TITLE, wording.NOT_FOUND)


def _bad_input(request: Request, error: Exception) -> Response:
    said = error.reason if isinstance(error, BadInput) else wording.BAD_FORM
    return sentence(request, HTTPStatus.BAD_REQUEST, wording.REFUSED_TITLE, said)


def _bad_form(request: Request, _error: Exception) -> Response:
    return sentence(request, HTTPStatus.BAD_REQUEST, wording.REFUSED_TITLE, wording.BAD_FORM)


def _by_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}:
        return sentence(request, status, wording.NOT_FOUND_TITLE, wording.NOT_FOUND)
    return sentence(request, status, wording.REFUSED_TITLE, wording.BAD_FORM)


def _unavailable(request: Request, _error: Exception) -> Response:
    return sentence(request, HTTPStatus.SERVICE_UNAVAILABLE, wording.UNAVAILABLE_TITLE, wording.UNAVAILABLE)


def _failed(_request: Request, error: Exception) -> Response:
    # Starlette raises it on after this answer, so that the server logs its trace; here the reference joins the two.
    reference = secrets.token_hex(4)
    log.error("request_failed", reference=reference, error=type(error).__name__)
    return PlainTextResponse(wording.FAILED.format(reference=reference), 500, headers=dict(SECURITY))
