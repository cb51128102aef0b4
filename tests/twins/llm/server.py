"""The stand-in's server: /v1/chat/completions as a stream of server-sent events."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.twins.llm.replies import Json, Reply, honest


class LanguageModelTwin:
    """Answers as `reply` says; keeps every request, so that a test can read what left the house."""

    def __init__(self) -> None:
        self.reply: Callable[[Json], Reply] = honest
        self.requests: list[Json] = []
        self.goes_on = threading.Event()
        self._ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def sent(self) -> str:
        """All that was ever sent here, as one text."""
        return json.dumps(self.requests, ensure_ascii=False)

    def says(self, *replies: Reply | str) -> None:
        """Answer with these, one after the other; the last one again and again."""
        waiting = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]
        self.reply = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    @contextmanager
    def running(self) -> Iterator["LanguageModelTwin"]:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield self
        finally:
            self._ended.set()
            self._server.shutdown()
            self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        twin = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                twin.requests.append(request)
                reply = twin.reply(request)
                with suppress(BrokenPipeError, ConnectionResetError):  # who asked has hung up
                    self._answer(reply)

            def _answer(self, reply: Reply) -> None:
                if reply.is_mute:
                    twin._ended.wait(30)
                elif reply.status != 200 or reply.body is not None:
                    self._whole(reply)
                else:
                    self._stream(reply)

            def _whole(self, reply: Reply) -> None:
                error = {"error": {"message": "no", "type": "error", "code": str(reply.status)}}
                body = reply.body if reply.body is not None else json.dumps(error).encode()
                self.send_response(reply.status)
                self.send_header("Content-Type", "text/html" if reply.body is not None else "application/json")
                self.send_header("Retry-After", "30")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _stream(self, reply: Reply) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                while reply.drips and not twin._ended.is_set():
                    self.wfile.write(b": still here\n\n")
                    self.wfile.flush()
                    time.sleep(0.02)
                opening = {"role": "assistant", "content": ""}
                self._event(_chunk([{"index": 0, "delta": opening, "finish_reason": None}]))
                pieces = [reply.text[at : at + reply.piece] for at in range(0, len(reply.text), reply.piece)]
                for at, piece in enumerate(pieces):
                    if at == reply.breaks_after:
                        return
                    if at == reply.waits_before:
                        twin.goes_on.wait(120)
                    time.sleep(reply.pause_s)
                    self._event(_chunk([{"index": 0, "delta": {"content": piece}, "finish_reason": None}]))
                self._event(_chunk([{"index": 0, "delta": {}, "finish_reason": reply.ends_by}]))
                if reply.counts_tokens:
                    usage = {"prompt_tokens": 1_000, "completion_tokens": 200, "total_tokens": 1_200}
                    self._event(_chunk([]) | {"usage": usage})
                self.wfile.write(b"data: [DONE]\n\n")

            def _event(self, event: Json) -> None:
                self.wfile.write(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n")
                self.wfile.flush()

            def log_message(self, *args: object) -> None:
                pass

        return Handler


def _chunk(choices: list[Json]) -> Json:
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "twin", "choices": choices}
