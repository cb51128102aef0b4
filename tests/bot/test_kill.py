"""kill -9 between accept and post, twenty times at random: after the restart each question has one visible outcome."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.bench import SHINGU, STAFF, a_twin, cards, prepared_ledger
from tests.bot.process import DeskProcess, SmallDeskProcess
from tests.twins.slack import Retries, SlackTwin

KILLS = 20
SEED = 20_201_122
LATEST_S = 0.5  # from the ack: by then a small desk has posted
WORDS = ("効果は？", "人を呼んで", "短い", "断れ")


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin(retries=Retries(ack_timeout_s=3.0, delays_s=(0.3, *([3.0] * 40)))) as twin:
        yield twin


@pytest.fixture
def desk(twin: SlackTwin, tmp_path: Path) -> Iterator[DeskProcess]:
    with prepared_ledger(tmp_path):
        pass
    desk = SmallDeskProcess(tmp_path, twin.environ(), tmp_path.parent / "desk.log")
    yield desk
    desk.stop()


@pytest.mark.timeout(900)
def test_each_question_gets_exactly_one_visible_outcome_over_twenty_kills(twin: SlackTwin, desk: DeskProcess):
    chance = random.Random(SEED)
    asked: dict[str, str] = {}
    desk.start(twin)
    for round_ in range(KILLS):
        words = WORDS[round_ % len(WORDS)]
        asked[ask_and_kill(twin, desk, words, chance)] = words
        desk.start(twin)

    twin.wait(lambda t: all(outcomes(t, ts) for ts in asked), 90)
    handed = sum(words == "人を呼んで" for words in asked.values())
    twin.wait(lambda t: len(cards(t)) >= handed, 60)
    time.sleep(2.0)  # for what must not come

    assert {ts: len(outcomes(twin, ts)) for ts in asked} == dict.fromkeys(asked, 1)
    assert len(cards(twin)) == handed
    assert twin.violations == []


def ask_and_kill(twin: SlackTwin, desk: DeskProcess, words: str, chance: random.Random) -> str:
    """At a random moment after the ack, or right where the post is on its way. The question's ts."""
    where = chance.choice(["anywhere", "anywhere", "before Slack has it", "before we know"])
    gate = None if where == "anywhere" else twin.hold("chat.postMessage", applied=where == "before we know")
    sent = twin.say(SHINGU, STAFF, words, mention=True)
    twin.wait(lambda _: any(delivery.acked for delivery in sent.deliveries))
    if gate is None:
        time.sleep(chance.uniform(0, LATEST_S))
        desk.kill(twin)
        return sent.ts
    assert gate.reached()
    desk.kill(twin)
    gate.release()
    return sent.ts


def outcomes(twin: SlackTwin, ts: str) -> list[str]:
    said = [m.metadata["event_payload"]["delivery"] for m in twin.answers(SHINGU, ts) if m.metadata]
    return [delivery for delivery in said if delivery.startswith("outcome:")]
