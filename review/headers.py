"""What every response carries, and how large a request may be: plain ASGI around the whole application."""

import re
from collections.abc import Callable, Mapping

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consultation.errors import Unavailable
from review.sessions import recognised

LARGEST_BODY = 1_000_000  # 40,000 characters, percent-encoded, are at most 480,000
TAKES_FILES = re.compile(r"/ask|/consultations/[^/]+/ask|/cases/[^/]+/reply")

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # an invitation's link must not leave; forms still name their origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATIC, KEEP_STATIC = "/static/", "public, max-age=3600"


class Secured:
    """Adds the headers, keeps pages out of caches, and turns away bodies that are too large.

    `files`: how many bytes the files of one form may have; `refuse` answers what is too large.
    """

    def __init__(self, app: ASGIApp, files: int, refuse: Callable[[Request], Response]) -> None:
        self._app = app
        self._files = files
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kept = KEEP_STATIC if scope["path"].startswith(STATIC) else "no-store"

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY)
                headers.setdefault("Cache-Control", kept)
            await send(message)

        counted = _Counted(receive, LARGEST_BODY)
        announced = _announced(scope)
        if not 0 < announced <= LARGEST_BODY and await _takes_files(scope):
            counted.most += self._files
        if announced <= counted.most:
            await self._answered(scope, counted, send_secured)
        else:
            counted.is_over = True
        if counted.is_over:
            answer = await run_in_threadpool(self._refuse, Request(scope))
            await answer(scope, receive, send_secured)

    async def _answered(self, scope: Scope, counted: "_Counted", send: Send) -> None:
        try:
            await self._app(scope, counted, _Unless(counted, send))
        except ClientDisconnect:
            if not counted.is_over:
                raise


class _Counted:
    """What is received, until it is too much: then the client is as good as gone.

    Once the answer has begun there is nothing to refuse: it is nobody's form, and what comes is dropped.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._total = 0
        self.most = most
        self.is_over = False
        self.is_answered = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self._total += len(message.get("body", b""))
        self.is_over = self._total > self.most and not self.is_answered
        return {"type": "http.disconnect"} if self.is_over else message


class _Unless:
    """Sends, unless too much was received: what the application makes of half a body is nobody's answer."""

    def __init__(self, counted: _Counted, send: Send) -> None:
        self._counted = counted
        self._send = send

    async def __call__(self, message: Message) -> None:
        if not self._counted.is_over:
            self._counted.is_answered = True
            await self._send(message)


async def _takes_files(scope: Scope) -> bool:
    """Whether it is a form with files, of somebody who has signed in: nobody else's bytes are written down."""
    if scope["method"] != "POST" or not TAKES_FILES.fullmatch(scope["path"]):
        return False
    request = Request(scope)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return False
    try:
        return (await run_in_threadpool(recognised, request)).account is not None
    except Unavailable:
        return False


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
