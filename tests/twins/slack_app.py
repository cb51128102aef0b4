"""A tiny Bolt app, the real slack_bolt and slack_sdk, with which the stand-in itself is tested."""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import Ack, App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from .slack import SlackTwin

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def button(action_id: str, value: str = "v", words: str = "押す") -> Json:
    return {"type": "button", "action_id": action_id, "value": value, "text": text(words)}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def feedback() -> Json:
    sides = {
        f"{side}_button": {"text": text(side), "value": value}
        for side, value in (("positive", "up"), ("negative", "down"))
    }
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", "action_id": "feedback", **sides}],
    }


def modal(**more: Any) -> Json:
    reply = {"type": "plain_text_input", "action_id": "reply", "max_length": 20}
    blocks = [{"type": "input", "block_id": "reply", "label": text("返信"), "element": reply}]
    return {
        "type": "modal",
        "callback_id": "send",
        "title": text("返信"),
        "submit": text("送る"),
        "blocks": blocks,
        **more,
    }


def client_of(twin: SlackTwin, token: str | None = None) -> WebClient:
    """The real client, without the retries that double a post."""
    environ = twin.environ()
    return WebClient(token=token or environ["SLACK_BOT_TOKEN"], base_url=environ["SLACK_API_URL"], retry_handlers=[])


class TinyApp:
    """Answers a mention with buttons, opens a modal, keeps what it was told. Knows Slack by its environment only."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        token, url = environ["SLACK_BOT_TOKEN"], environ["SLACK_API_URL"]
        self.client = WebClient(token=token, base_url=url, retry_handlers=[])
        secret = environ["SLACK_SIGNING_SECRET"]
        self.app = App(client=self.client, signing_secret=secret, process_before_response=True)
        self.events: list[Json] = []
        self.headers: list[Json] = []
        self.replies: list[str] = []
        self.actions: list[Json] = []
        self.deaf_for = 0
        self.app.middleware(self._note)
        self.app.event("app_mention")(self._mentioned)
        self.app.event("message")(lambda: None)
        self.app.event("app_home_opened")(lambda: None)
        self.app.action("open")(self._open)
        self.app.action("feedback")(self._acted)
        self.app.view("send")(self._sent)

    def _note(self, body: Json, req: BoltRequest, next: Any) -> None:
        if body.get("type") == "event_callback":
            self.events.append(body)
            self.headers.append(dict(req.headers))
            if self.deaf_for > 0:
                self.deaf_for -= 1
                raise RuntimeError("not stored, so not acked")
        next()

    def _mentioned(self, event: Json) -> None:
        blocks = [section("答え"), actions(button("open", "one"), button("other")), feedback()]
        self.client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="答え", blocks=blocks)

    def _open(self, ack: Ack, body: Json, client: WebClient) -> None:
        self.actions.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    def _acted(self, ack: Ack, body: Json) -> None:
        self.actions.append(body)
        ack()

    def _sent(self, ack: Ack, view: Json) -> None:
        reply = view["state"]["values"]["reply"]["reply"]["value"]
        if reply == "だめ":
            ack(response_action="errors", errors={"reply": "書き直してください"})
            return
        self.replies.append(reply)
        ack()


@contextmanager
def by_socket(twin: SlackTwin, connections: int = 1) -> Iterator[TinyApp]:
    """The tiny app on Socket Mode."""
    tiny = TinyApp(twin.environ())
    app_token = twin.environ()["SLACK_APP_TOKEN"]
    handlers = [SocketModeHandler(tiny.app, app_token, ping_interval=1) for _ in range(connections)]
    for handler in handlers:
        handler.client.connect()
    twin.wait(lambda t: len(t.connections) == connections)
    try:
        yield tiny
    finally:
        _end(twin, [handler.client for handler in handlers])


def _end(twin: SlackTwin, clients: list[SocketModeClient]) -> None:
    """Left alone, `close` waits out a read of three seconds: the cut wakes it, and its threads end alone."""
    for client in clients:
        client.default_auto_reconnect_enabled = client.auto_reconnect_enabled = False
    twin.cut()
    twin.wait(lambda _: not any(client.is_connected() for client in clients))
    for client in clients:
        threading.Thread(target=client.close, daemon=True).start()


@contextmanager
def by_http(twin: SlackTwin) -> Iterator[TinyApp]:
    """The tiny app behind HTTP, with Bolt's own check of the signature."""
    tiny = TinyApp(twin.environ())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = tiny.app.dispatch(BoltRequest(body=body, headers={k: [v] for k, v in self.headers.items()}))
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                self.send_header(name, values[0])
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    twin.http(f"http://127.0.0.1:{server.server_port}/slack/events")
    try:
        yield tiny
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    SocketModeHandler(TinyApp(os.environ).app, os.environ["SLACK_APP_TOKEN"]).client.connect()
    threading.Event().wait()
