"""HTTP mode: Slack's signed requests at /slack/events on a port of its own, which is all that a tunnel may expose.

Where the app is installed by OAuth, its two pages are beside it (bot/oauth.py).
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.adapter.wsgi.http_response import WsgiHttpResponse
from waitress import wasyncore
from waitress.server import create_server

from bot import wording
from bot.oauth import INSTALL, REDIRECT, Installing
from bot.settings import SlackSettings
from consultation.errors import WrongSetting

PATH, HEALTH = "/slack/events", "/healthz"
THREADS = 8
LOOP_S = 0.2
MOST_BYTES = 2_000_000  # Slack's payloads are far smaller

StartResponse = Callable[[str, list[tuple[str, str]]], object]
Environ = dict[str, Any]


class HttpMode:
    """Receives over HTTP, on threads: a slow listener stalls nobody."""

    def __init__(self, app: App, settings: SlackSettings, installing: Installing | None = None) -> None:
        self._slack = SlackRequestHandler(app, path=PATH)
        self._settings = settings
        self._installing = installing
        self._sockets: dict[int, Any] = {}
        self._server: Any = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Listen, then serve. Raises WrongSetting when the port is taken or the address is not this machine's."""
        self._server = self._listening()
        self._thread = threading.Thread(target=self._run, name="slack-http", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No new request; those at work are finished, then the sockets are closed."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        if self._server is not None:
            self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._sockets, ignore_all=True)

    @property
    def is_healthy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _listening(self) -> Any:
        host, port = self._settings.slack_host, self._settings.slack_port
        try:
            return create_server(
                self._serve,
                host=host,
                port=port,
                threads=THREADS,
                max_request_body_size=MOST_BYTES,
                ident=None,
                map=self._sockets,
            )
        except (OSError, ValueError) as error:  # ValueError: waitress's own for a host that is not found
            why = error.strerror if isinstance(error, OSError) else error
            raise WrongSetting(wording.PORT_TAKEN.format(host=host, port=port, why=why)) from error

    def _run(self) -> None:
        """Waitress's own loop has no end."""
        while not self._stopping.is_set():
            wasyncore.loop(timeout=LOOP_S, map=self._sockets, count=1)

    def _serve(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Only these paths; Bolt's own adapter would also answer at others."""
        if environ.get("PATH_INFO") == HEALTH:
            return _plain(start_response, "200 OK", b"ok")
        if environ.get("PATH_INFO") in {INSTALL, REDIRECT} and environ.get("REQUEST_METHOD") == "GET":
            return self._page(environ, start_response)
        if environ.get("PATH_INFO") != PATH or environ.get("REQUEST_METHOD") != "POST":
            return _plain(start_response, "404 Not Found", b"not found")
        return self._slack(environ, start_response)  # type: ignore[arg-type] # wsgiref's alias of the same

    def _page(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self._installing is None:
            return _plain(start_response, "404 Not Found", b"not found")
        asked = WsgiHttpRequest(environ)
        request = BoltRequest(body="", query=asked.query_string, headers=asked.get_headers())
        page = self._installing.answer(asked.path, request)
        answer = WsgiHttpResponse(status=page.status, headers=page.headers, body=page.body)
        start_response(answer.status, list(answer.get_headers()))
        return answer.get_body()


def _plain(start_response: StartResponse, status: str, body: bytes) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
