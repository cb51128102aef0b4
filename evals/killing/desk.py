"""The desk as `make run` starts it, and the commands that reach it: real processes, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

READY = "資料の準備ができました"
LATEST_S = 300.0
ROOT = Path(__file__).parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class RunningDesk:
    """One home, one port, one folder brought in at each start; everything it says goes to `log`."""

    home: Path
    materials: Path
    log: Path
    port: int = field(default_factory=_free_port)
    _child: "subprocess.Popen[bytes] | None" = None
    _said: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to start; `wait_ready` says when it is done."""
        self._said = self.log.stat().st_size if self.log.exists() else 0
        words = ("run", "--port", str(self.port), "--materials", str(self.materials))
        self._child = self._spawned(*words)

    def wait_ready(self) -> float:
        """Wait until the folder is in and its vectors are. Seconds since the call."""
        began = time.monotonic()
        while READY not in self._news():
            if self._child is None or self._child.poll() is not None or time.monotonic() - began > LATEST_S:
                raise RuntimeError(f"the desk did not get ready:\n{self._news()[-3000:]}")
            time.sleep(0.05)
        return time.monotonic() - began

    def ingest(self) -> "subprocess.Popen[bytes]":
        """`madoguchi ingest FOLDER`, which reaches the running desk."""
        return self._spawned("ingest", str(self.materials))

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(how)
            self._child.wait(60)
            self._child = None

    def _spawned(self, *words: str) -> "subprocess.Popen[bytes]":
        kept = {name: said for name, said in os.environ.items() if not name.startswith(("MADOGUCHI_", "SLACK_"))}
        environ = kept | {"MADOGUCHI_HOME": str(self.home), "PYTHONUNBUFFERED": "1"}
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "madoguchi", *words], cwd=ROOT, env=environ, stdout=log, stderr=log
            )

    def _news(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._said)
            return log.read().decode(errors="replace")
