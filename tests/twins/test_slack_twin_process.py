"""A bot in a process of its own, configured by its environment only, killed and started again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .slack import Retries, SlackTwin


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin(retries=Retries(ack_timeout_s=3.0, delays_s=(0.1, 1.0, 4.0, 8.0))) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


@contextmanager
def bot(twin: SlackTwin) -> Iterator[subprocess.Popen[bytes]]:
    """The tiny app as a child; ready when it is connected."""
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environ = {**clean, **twin.environ(), "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen([sys.executable, "-m", "tests.twins.slack_app"], env=environ, stdout=subprocess.DEVNULL)
    try:
        twin.wait(lambda t: t.connections, timeout_s=60)
        yield child
    finally:
        child.kill()
        child.wait()


def test_a_bot_killed_between_post_and_ack_is_told_again(twin: SlackTwin) -> None:
    gate = twin.hold("chat.postMessage", applied=True)
    with bot(twin) as child:
        sent = twin.say("C1", "U1", "質問", mention=True)
        assert gate.reached()
        child.kill()
        child.wait()
    gate.release()

    with bot(twin):
        assert sent.wait(60)

    # The tiny app keeps no log, so it answers twice: it is the stand-in that shows this.
    assert [message.text for message in twin.answers("C1", sent.ts)] == ["答え", "答え"]
    assert "connection_failed" in [attempt.outcome.reason for attempt in sent.deliveries[0].attempts]
