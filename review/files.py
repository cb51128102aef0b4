"""A file of a conversation, for who may read it: held by us, or fetched from Slack now; kept nowhere on the way.

It is given to be saved, never to be shown: what a browser would do with it is not ours to say.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from typing import IO
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from consultation.attachment import HELD, Unfit, extension
from consultation.errors import FileUnfit, NotFound, PostDelayed, PostRefused, PostUnknown
from records.accounts import Role
from records.attachments import AttachmentBook
from records.open_files import OpenFiles
from records.rows import AttachmentRow
from review import wording
from review.parts import Parts, WebParts
from review.refusals import sentence
from review.sessions import Visiting

router = APIRouter()

PIECE = 256 * 1024
FROM_SLACK = threading.BoundedSemaphore(4)  # a slow Slack must not take the web's threads
TURN_S = 1.0
PASSED = frozenset({Unfit.EXPIRED, Unfit.GONE})


@router.get("/files/{attachment_id}")
def open_file(request: Request, parts: Parts, visitor: Visiting, attachment_id: str) -> Response:
    """The whole file is here, and looked at, before its first byte goes out."""
    file = parts.ledger.read(lambda session: AttachmentBook(session).get(attachment_id))
    if visitor.signed_in.profile.role is Role.CONSULTANT and not _is_in_case(parts, file):
        raise NotFound(wording.NOT_FOUND)  # no page shows it to consultants
    with ExitStack() as stack:
        held = stack.enter_context(tempfile.TemporaryFile())
        try:
            name = _fetched(parts, file, held)
        except FileUnfit as no:
            parts.desk.cases.found_unfit(file.id, no.why)
            status = HTTPStatus.GONE if no.why in PASSED else HTTPStatus.CONFLICT
            return sentence(request, status, wording.CANNOT_OPEN_TITLE, wording.cannot_open(file, no.why))
        except (PostRefused, PostDelayed, PostUnknown) as fault:
            said = wording.NO_SLACK if isinstance(fault, PostRefused) else wording.SLACK_AWAY
            return sentence(request, HTTPStatus.SERVICE_UNAVAILABLE, wording.CANNOT_OPEN_TITLE, said)
        stack.pop_all()  # from here on _pieces closes it
    return StreamingResponse(_pieces(held), headers=_headers(name, held), media_type="application/octet-stream")


def _is_in_case(parts: WebParts, file: AttachmentRow) -> bool:
    return parts.ledger.read(lambda session: OpenFiles(session).is_in_case(file.id))


def _fetched(parts: WebParts, file: AttachmentRow, into: IO[bytes]) -> str:
    if file.team == HELD:
        return parts.files.fetch(file, into)
    if not FROM_SLACK.acquire(timeout=TURN_S):
        raise PostDelayed(TURN_S)
    try:
        return parts.files.fetch(file, into)
    finally:
        FROM_SLACK.release()


def _headers(name: str, held: IO[bytes]) -> dict[str, str]:
    """RFC 6266: the name in full for who reads RFC 5987, and one in plain letters."""
    plain = f"file.{extension(name)}"
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Length": str(held.seek(0, os.SEEK_END)),
        "Cache-Control": "no-store",
    }


def _pieces(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        held.seek(0)
        while piece := held.read(PIECE):
            yield piece
