"""SIGKILL in the middle, in a real process, and a real restart: everything decided once and posted once."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from consultation.inquiry import MessageKey
from records.health import health_of
from records.ledger import Ledger
from records.pages import Pages
from tests.desk.bench import Channels
from tests.records import stock

ROOT = Path(__file__).parents[2]
BODY = "        with shift.at_work(own_id()):\n"
QUESTIONS = 8
KILLS = 3


@pytest.fixture
def home(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent


def begin(home: Path, deed: str, keys: list[str], source: Path = ROOT) -> subprocess.Popen[str]:
    """The child; its code is read from `source` first."""
    paths = os.pathsep.join(dict.fromkeys([str(source), str(ROOT)]))
    command = [sys.executable, "-P", "-m", "tests.desk.child", str(home), deed, *keys]
    return subprocess.Popen(
        command, cwd=home, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True
    )


def killed(child: subprocess.Popen[str], accepted: int, after_s: float) -> list[str]:
    """The keys that were accepted when the child was killed, `after_s` after the `accepted`-th."""
    assert child.stdout is not None
    lines: list[str] = []
    while len(lines) < accepted + 1:  # the first says that the desk is open
        line = child.stdout.readline()
        assert line, "the child ended by itself"
        lines.append(line)
    time.sleep(after_s)
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    return [line.split()[1] for line in lines if line.startswith("accepted") and line.endswith("\n")]


def finish(home: Path, keys: list[str], source: Path = ROOT) -> None:
    child = begin(home, "finish", keys, source)
    out, _ = child.communicate(timeout=240)
    assert child.returncode == 0, out


def assert_all_once(home: Path, keys: list[str]) -> None:
    """Each question has one outcome in the log, one post in its room, and a card where it was handed over."""
    ledger = Ledger(f"sqlite:///{home / 'log.db'}")
    posts = Channels(home / "posts.jsonl").posts()
    visible = Counter(post["inquiry"] for post in posts if post["purpose"] == "outcome")
    carded = Counter(post["inquiry"] for post in posts if post["purpose"] == "card")
    for key in keys:
        row = ledger.read(lambda session, key=key: Pages(session).inquiry_of(MessageKey(key)))
        assert row is not None, f"{key} was accepted and is not in the log"
        assert row.outcome is not None
        turns = stock.file_of(ledger, row.consultation_id).turns
        assert [turn.speaker for turn in turns] == ["asker", "desk"]
        assert visible[row.id] == 1
        assert carded[row.id] == (1 if row.outcome == "handoff" else 0)
    assert sum(visible.values()) == len(keys)
    health = health_of(ledger)
    assert (health.is_sound, health.unsettled, health.failed) == (True, 0, 0)
    ledger.close()


def test_killed_in_the_middle_everything_is_decided_and_posted_once(home: Path) -> None:
    chance, keys = random.Random(20261122), list[str]()
    for kill in range(KILLS):
        asked = [f"k{kill}-{n}" for n in range(QUESTIONS)]
        accepted = killed(begin(home, "ask", asked), chance.randint(1, QUESTIONS), chance.uniform(0.0, 1.2))
        assert accepted
        keys += asked

    finish(home, keys)  # every message comes again, as Slack sends again what it got no ack for

    assert_all_once(home, keys)


def test_a_hand_over_goes_on_though_the_source_changed(home: Path, tmp_path: Path) -> None:
    """DBOS's own application version is a hash of the workflows' source, and would strand what waits."""
    keys = [f"k{n}" for n in range(QUESTIONS)]
    killed(begin(home, "ask", keys), QUESTIONS, 0.0)
    source = tmp_path / "source"
    shutil.copytree(ROOT / "desk", source / "desk")
    workflows = source / "desk" / "workflows.py"
    text = workflows.read_text()
    assert text.count(BODY) == 2  # both workflows
    text = text.replace(BODY, f"        _ = 'another version'\n{BODY}")
    workflows.write_text(text)

    finish(home, keys, source)

    assert_all_once(home, keys)
