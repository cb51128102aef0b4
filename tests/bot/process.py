"""The desk as a child process: started with the stand-in's environment and nothing else, killed, started again."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from tests.twins.slack import SlackTwin

ROOT = Path(__file__).parents[2]
START_S = 120.0  # loading the model on a busy machine


class Child(Protocol):
    """A process, as subprocess.Popen has it."""

    def poll(self) -> int | None: ...
    def send_signal(self, how: int) -> None: ...
    def wait(self, timeout: float) -> int | None: ...


class DeskProcess:
    """One program that may be started and killed many times."""

    def __init__(self, arguments: Sequence[str], environ: dict[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", *arguments]
        self._environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | environ
        self._log = log
        self._child: Child | None = None

    def start(self, twin: SlackTwin) -> None:
        """Start, and wait until it hears Slack."""
        before = len(twin.calls_of("apps.connections.open"))
        self._child = self._begun()
        twin.wait(lambda t: not self.is_running or self._hears(t, before), START_S)
        assert self.is_running, self._log.read_text()[-4_000:]

    def _begun(self) -> Child:
        with self._log.open("ab") as log:
            return subprocess.Popen(self._command, cwd=ROOT, env=self._environ, stdout=log, stderr=log)

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


class SmallDeskProcess(DeskProcess):
    """tests.bot.small_desk, forked off a server that has imported it: for who starts it many times."""

    def __init__(self, home: Path, environ: dict[str, str], log: Path) -> None:
        super().__init__(["tests.bot.small_desk", str(home)], environ, log)
        self._home = home
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload(["tests.bot.small_desk"])

    def _begun(self) -> Child:
        fork = self._forks.Process(target=_small_desk, args=(self._home, self._environ, self._log))
        fork.start()
        return Fork(fork)


class Fork:
    """A Child of multiprocessing."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, how: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, how)

    def wait(self, timeout: float) -> int | None:
        self._process.join(timeout)
        assert self._process.exitcode is not None
        return self._process.exitcode


def _small_desk(home: Path, environ: dict[str, str], log: Path) -> None:
    from tests.bot.small_desk import serve

    os.environ.clear()
    os.environ.update(environ)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    serve(home)
