"""`madoguchi run` itself, configured by environment variables only, in both modes: from question to resolution."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.bench import CONSULTANTS, KATO, SATO, SHINGU, STAFF, a_twin, cards, free_port, prepared_ledger
from tests.bot.process import DeskProcess
from tests.twins.slack import Message, Retries, SlackTwin

SLOWLY_S = 60.0  # the first question waits for the model


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin(retries=Retries(delays_s=(0.3, *([3.0] * 20)))) as twin:
        yield twin
        assert twin.violations == []


@pytest.fixture(params=["socket", "http"])
def desk(request: pytest.FixtureRequest, twin: SlackTwin, tmp_path: Path) -> Iterator[DeskProcess]:
    with prepared_ledger(tmp_path):
        pass
    environ = {"MADOGUCHI_HOME": str(tmp_path), "MADOGUCHI_CONSULTANT_CHANNEL": CONSULTANTS, **twin.environ()}
    if request.param == "http":
        port = str(free_port())
        environ |= {"MADOGUCHI_SLACK_MODE": "http", "MADOGUCHI_SLACK_PORT": port}
        twin.http(f"http://127.0.0.1:{port}/slack/events")
    arguments = ["madoguchi", "run", "--port", str(free_port())]
    desk = DeskProcess(arguments, environ, tmp_path.parent / f"{tmp_path.name}.log")
    desk.start(twin)
    yield desk
    desk.stop()


def test_from_a_question_over_a_kill_to_a_consultants_answer(twin: SlackTwin, desk: DeskProcess):
    sent = twin.say(SHINGU, STAFF, "担当の方と直接お話ししたいです。", mention=True)
    twin.wait(lambda _: any(delivery.acked for delivery in sent.deliveries), SLOWLY_S)
    desk.kill(twin)
    desk.start(twin)

    twin.wait(lambda t: t.answers(SHINGU, sent.ts), SLOWLY_S)
    [card] = twin.wait(cards, SLOWLY_S)
    twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    twin.wait(lambda t: "handoff.compose" in blocks_of(t, card))
    twin.click(CONSULTANTS, card, "handoff.compose", KATO)
    assert "佐藤" in twin.ephemerals(CONSULTANTS, KATO)[0].text
    twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    assert twin.submit(SATO, {"reply": {"reply": "お電話しました。"}}).errors == {}

    [reply] = twin.wait(lambda t: [m for m in t.answers(SHINGU, sent.ts) if m.username])
    assert (reply.text, reply.username) == ("お電話しました。", "佐藤（担当コンサルタント）")
    twin.wait(lambda t: "続けて" in blocks_of(t, card))
    twin.click(CONSULTANTS, card, "handoff.resolve", SATO)
    twin.wait(lambda t: "handoff.resolve" not in blocks_of(t, card))
    assert len(outcomes(twin.answers(SHINGU, sent.ts))) == 1
    assert len(cards(twin)) == 1


def blocks_of(twin: SlackTwin, ts: str) -> str:
    return str([message.blocks for message in twin.messages(CONSULTANTS) if message.ts == ts])


def outcomes(answers: list[Message]) -> list[Message]:
    return [m for m in answers if m.metadata and m.metadata["event_payload"]["delivery"].startswith("outcome:")]
