"""The desk as a child process: started with the stand-in's environment and nothing else, killed, started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.twins.slack import SlackTwin

ROOT = Path(__file__).parents[2]
START_S = 120.0  # loading the model on a busy machine


class DeskProcess:
    """One program that may be started and killed many times."""

    def __init__(self, arguments: Sequence[str], environ: dict[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", *arguments]
        self._environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | environ
        self._log = log
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, twin: SlackTwin) -> None:
        """Start, and wait until it hears Slack."""
        before = len(twin.calls_of("apps.connections.open"))
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(self._command, cwd=ROOT, env=self._environ, stdout=log, stderr=log)
        twin.wait(lambda t: not self.is_running or self._hears(t, before), START_S)
        assert self.is_running, self._log.read_text()[-4_000:]

    def _hears(self, twin: SlackTwin, before: int) -> bool:
        port = self._environ.get("MADOGUCHI_SLACK_PORT")
        if port is None:
            return bool(twin.connections) and len(twin.calls_of("apps.connections.open")) > before
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", int(port))) == 0

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def kill(self, twin: SlackTwin) -> None:
        """kill -9, and wait until Slack has noticed."""
        self._end(signal.SIGKILL)
        twin.wait(lambda t: not t.connections)

    def stop(self) -> None:
        """As an operator stops it."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(how)
            self._child.wait(30)
