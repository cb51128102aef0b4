"""No tracer takes a question out of the machine, whatever the environment says."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

PROGRAM = """
import time
import langsmith.utils
from tests.answering.shelf import Shelf, answerer, ask
print(langsmith.utils.tracing_is_enabled())
print(answerer(Shelf()).consider(ask("港区の保育所の入所選考はどれくらい短くなりましたか")).outcome.reason)
time.sleep(1.5)  # a tracer sends from a thread of its own
"""


def test_tracing_switched_on_by_the_environment_sends_nothing() -> None:
    received: list[str] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.path)
            self.send_response(202)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        switches = {
            "LANGSMITH_TRACING": "true",
            "LANGCHAIN_TRACING_V2": "true",
            "LANGCHAIN_TRACING": "true",
            "LANGSMITH_API_KEY": "test",
            "LANGSMITH_ENDPOINT": url,
            "LANGCHAIN_ENDPOINT": url,
        }
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=os.environ | switches, capture_output=True, text=True, check=False
        )
        server.shutdown()

    assert (done.stdout.split(), received) == (["True", "grounded"], [])
