"""kill -9 between a question's words and its file: after the restart the file stands there once, behind its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.bench import CONSULTANTS, SHINGU, STAFF, a_twin, cards, prepared_ledger
from tests.bot.process import SmallDeskProcess
from tests.twins.slack import Retries, SlackTwin

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin(retries=Retries(ack_timeout_s=3.0, delays_s=(0.3, *([3.0] * 40)))) as twin:
        yield twin


@pytest.fixture
def desk(twin: SlackTwin, tmp_path: Path) -> Iterator[SmallDeskProcess]:
    with prepared_ledger(tmp_path):
        pass
    desk = SmallDeskProcess(tmp_path, twin.environ(), tmp_path.parent / "desk.log")
    yield desk
    desk.stop()


@pytest.mark.timeout(300)
def test_a_file_survives_a_kill_on_its_way(twin: SlackTwin, desk: SmallDeskProcess):
    """Once while it is uploaded, once just before Slack shows it, once just after; each file stands once, in order."""
    points = [("upload_url", False), ("files.completeUploadExternal", False), ("files.completeUploadExternal", True)]
    names = [f"資料{number}.pdf" for number in range(len(points))]
    root = None
    for count, (name, (method, applied)) in enumerate(zip(names, points, strict=True)):
        desk.start(twin)
        # What was asked before is decided: questions that are considered at once may be decided in any order.
        twin.wait(lambda t, root=root, count=count: len(t.answers(SHINGU, root or "")) >= count, 60)
        gate = twin.hold(method, applied=applied)
        words = "人を呼んで" if root is None else f"追記 {name}"
        file = twin.file(STAFF, name, PDF + name.encode())
        sent = twin.say(SHINGU, STAFF, words, root, mention=root is None, files=[file])
        root = root or sent.ts
        assert sent.wait()
        assert gate.reached()
        desk.kill(twin)
        gate.release()
    desk.start(twin)

    card = twin.wait(lambda t: cards(t) and cards(t)[0], 60)
    twin.wait(lambda t: len(t.files_in(CONSULTANTS, card)) >= len(points), 60)
    assert twin.files_in(CONSULTANTS, card) == [(name, PDF + name.encode()) for name in names]
    shown = [bool(m.files) for m in twin.answers(CONSULTANTS, card) if m.files or "団体からの追記" in m.text]
    assert shown == [True, False, True, False, True]  # the first one's words are the card
    assert twin.violations == []
