"""The command line's door: operations of the running desk, over loopback, by a token that lies in its home.

Answers are lines of JSON as they come: progress, and at the end {"result": …} or {"error": "a Japanese sentence"}.
"""

import hmac
import json
import secrets
from collections.abc import Iterator
from typing import Annotated

import structlog
from fastapi import APIRouter, Body, Request
from starlette.responses import StreamingResponse

from consultation.errors import BadInput, Unavailable
from review import wording
from review.exposure import is_from_here
from review.parts import Operation, Parts, parts_of

log = structlog.get_logger()
router = APIRouter()

NDJSON = "application/x-ndjson"


class NoDoor(Exception):
    """Not from this machine, or not by the token: there is no door to be seen."""


def check_caller(request: Request) -> None:
    """Raises NoDoor for all but this machine's command line."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    right = hmac.compare_digest(token.encode(), parts_of(request).control_token.encode())
    # An empty token would open the door to everybody.
    if not (is_from_here(request) and scheme.lower() == "bearer" and token and right):
        raise NoDoor


@router.post("/control/{operation}")
def control(
    operation: str, parts: Parts, arguments: Annotated[dict[str, object] | None, Body()] = None
) -> StreamingResponse:
    known = parts.operations.get(operation)
    if known is None:
        return StreamingResponse([_line({"error": wording.NO_OPERATION})], media_type=NDJSON, status_code=404)
    lines = _lines(operation, known, arguments or {})
    return StreamingResponse((_line(said) for said in lines), media_type=NDJSON)


def _lines(name: str, operation: Operation, arguments: dict[str, object]) -> Iterator[dict[str, object]]:
    try:
        yield from operation(arguments)
    except BadInput as no:
        yield {"error": no.reason}
    except Unavailable:
        yield {"error": wording.UNAVAILABLE}
    except Exception:  # the door's border: the caller gets a sentence, the log the rest
        reference = secrets.token_hex(4)
        log.exception("operation_failed", operation=name, reference=reference)
        yield {"error": wording.FAILED.format(reference=reference)}


def _line(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"
