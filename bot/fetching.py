"""A file's bytes from Slack to a temporary file, and from there to Slack: streamed, capped, from and to Slack only.

The bot token goes along, so no other host is asked, and no redirection followed (Slack redirects to its sign-in page
where a token may not see a file). Source: docs.slack.dev/messaging/working-with-files.
"""

import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import IO, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot.faults import of_connection, of_status
from consultation.attachment import Unfit
from consultation.errors import FileUnfit, PostRefused, PostUnknown

T = TypeVar("T")

HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})
PIECE = 64 * 1024
MOST_S = 120.0  # of a transfer, however steadily it drips


def download(client: WebClient, url: str, size: int, into: IO[bytes]) -> None:
    """The bytes, which must be as many as announced.

    Raises FileUnfit, PostDelayed, PostUnknown; not more than `size` bytes are ever taken.
    """
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310  checked
    try:
        got = _through(client, request, lambda answer: _copied(answer, into, size))
    except PostRefused:
        raise FileUnfit(Unfit.UNREACHABLE) from None
    if got != size:
        raise FileUnfit(Unfit.CHANGED)


def upload(client: WebClient, url: str, size: int, file: IO[bytes]) -> None:
    """The bytes to the address that files.getUploadURLExternal gave. Raises PostRefused, PostDelayed, PostUnknown."""
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
    request = urllib.request.Request(url, data=file, headers=headers, method="POST")  # noqa: S310  checked
    _through(client, request, lambda answer: answer.read(PIECE))


def is_slacks(client: WebClient, url: str) -> bool:
    """Whether the address is on Slack's file host, or on the very host of the Web API that the settings name."""
    try:
        asked, ours = urlsplit(url), urlsplit(client.base_url)
        is_file_host = asked.scheme == "https" and asked.hostname in HOSTS and asked.port in {None, 443}
    except ValueError:
        return False
    return is_file_host or (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc)


def _through(client: WebClient, request: urllib.request.Request, use: Callable[[HTTPResponse], T]) -> T:
    if not is_slacks(client, request.full_url):
        raise PostRefused("foreign_host")
    try:
        with _opener(client).open(request, timeout=client.timeout) as answer:
            return use(answer)
    except HTTPError as error:
        with error:
            raise of_status(error.code, dict(error.headers)) from error
    except URLError as error:
        raise of_connection(error.reason) from error
    except (OSError, HTTPException) as error:
        raise PostUnknown(type(error).__name__) from error


def _copied(answer: HTTPResponse, into: IO[bytes], most: int) -> int:
    """How many bytes came; one more than `most` is enough to know that there are too many, and is not written."""
    got, until = 0, time.monotonic() + MOST_S
    while piece := answer.read(min(PIECE, most + 1 - got)):
        got += len(piece)
        if got > most:
            break
        if time.monotonic() > until:
            raise PostUnknown("too_slow")
        into.write(piece)
    promised = answer.headers.get("Content-Length", "")
    if promised.isdecimal() and got < min(int(promised), most):
        raise PostUnknown("cut_short")
    return got


def _opener(client: WebClient) -> urllib.request.OpenerDirector:
    """HTTP and HTTPS and nothing else; without the handler of redirections these are answers that are not 200."""
    proxies = None if client.proxy is None else {"http": client.proxy, "https": client.proxy}
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=client.ssl),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
