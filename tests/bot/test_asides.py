"""What consultants ask the machine under a card: answered there, once, and never seen by a municipality."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.door import SlackDoor
from tests.bot.bench import (
    COLLEAGUE,
    CONSULTANTS,
    KATO,
    MINATO,
    OTHER_STAFF,
    QUOTE,
    SATO,
    SHINGU,
    Bench,
    a_twin,
    free_port,
    open_desk,
    prepared_ledger,
    settle,
    slack_settings,
)
from tests.bot.test_handing_over import claimed, handed_over
from tests.bot.test_relay import shown
from tests.twins.slack import Fault, Message, SlackTwin


def aside(bench: Bench, card: str, words: str, user: str = KATO) -> str:
    """A mention under the card; the message's ts."""
    sent = bench.twin.say(CONSULTANTS, user, words, card, mention=True)
    assert sent.wait()
    return sent.ts


def told(twin: SlackTwin, card: str, head: str) -> list[Message]:
    return [message for message in twin.thread(CONSULTANTS, card) if message.bot_id and message.text.startswith(head)]


def test_a_draft_and_passages_come_from_that_bodys_materials_and_stay_in_the_cards_thread(either: Bench):
    ts, card = handed_over(either)
    before = len(either.twin.messages(SHINGU))

    aside(either, card, "下書きをお願いします。CANARY の観点も")
    [draft] = either.twin.wait(lambda t: told(t, card, "下書き"))
    assert QUOTE in str(draft.blocks)
    assert "加藤 さんの依頼" in draft.text
    asked = either.answerer.asked[-1]
    assert asked.text == "人を呼んでください。保育所AIの費用は？\nCANARY の観点も"

    aside(either, card, "内部の数字は42だった")
    [passages] = either.twin.wait(lambda t: told(t, card, "資料の検索"))
    assert "『新座市だけの資料』（p.90）" in str(passages.blocks)
    aside(either, card, "XYZW")
    either.twin.wait(lambda t: "見つかりませんでした" in str([m.blocks for m in told(t, card, "資料の検索")]))

    theirs = either.ask("人を呼んで。こちらは港区です", OTHER_STAFF, MINATO)
    other_card = either.card(1)
    aside(either, other_card, "内部の数字は42だった")
    [found] = either.twin.wait(lambda t: told(t, other_card, "資料の検索"))
    assert "42だった」" not in str(found.blocks)
    assert theirs
    assert ts
    settle(either)
    assert len(either.twin.messages(SHINGU)) == before
    assert "CANARY" not in shown(either.twin, SHINGU) + shown(either.twin, MINATO)


def test_similar_consultations_are_shown_to_consultants_only_and_what_was_taken_back_is_not(bench: Bench):
    theirs = bench.ask("人を呼んで。保育所の入所選考AIの費用 CANARY", OTHER_STAFF, MINATO)
    first = bench.card()
    bench.twin.click(CONSULTANTS, first, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, first, "handoff.compose"))
    bench.twin.click(CONSULTANTS, first, "handoff.compose", SATO).view()
    bench.twin.submit(SATO, {"reply": {"reply": "港区へは月<10>万円と答えました"}})
    bench.ask("人を呼んで。保育所の入所選考AIの費用はいくらですか")
    card = bench.card(1)

    aside(bench, card, "似た相談はありますか")
    [alike] = bench.twin.wait(lambda t: told(t, card, "似た相談"))
    assert "東京都港区" in str(alike.blocks)
    assert "R08-KANTO-0001" in str(alike.blocks)
    assert "港区へは月&lt;10&gt;万円と答えました" in str(alike.blocks)

    bench.ask("人を呼んで。議事録の誤認識を減らす方法")
    other = bench.card(2)
    aside(bench, other, "似た相談")
    bench.twin.wait(lambda t: "見つかりませんでした" in str([m.blocks for m in told(t, other, "似た相談")]))
    bench.twin.delete(MINATO, theirs)
    aside(bench, card, "似た相談")
    bench.twin.wait(lambda t: len(told(t, card, "似た相談")) == 2)
    assert "港区" not in str(told(bench.twin, card, "似た相談")[1].blocks)
    assert "港区" not in shown(bench.twin, SHINGU)
    assert "CANARY" not in shown(bench.twin, SHINGU)


def test_elsewhere_it_is_said_where_and_what_may_be_asked(bench: Bench):
    _, card = handed_over(bench)

    bench.ask("下書き", SATO, CONSULTANTS)
    assert "カードのスレッドでは" in bench.twin.ephemerals(CONSULTANTS, SATO)[-1].text
    aside(bench, card, "", SATO)
    assert "「似た相談」" in bench.twin.ephemerals(CONSULTANTS, SATO)[-1].text
    aside(bench, card, "下書き", COLLEAGUE)
    assert "登録された担当コンサルタント" in bench.twin.ephemerals(CONSULTANTS, COLLEAGUE)[-1].text
    bench.twin.say(CONSULTANTS, SATO, "下書きはどうしましょう", card).wait()
    settle(bench)
    assert told(bench.twin, card, "下書き") == []


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin() as twin:
        yield twin


def test_an_aside_survives_a_restart_and_is_answered_once(twin: SlackTwin, tmp_path: Path):
    settings = slack_settings(twin, "socket", free_port())
    with prepared_ledger(tmp_path) as ledger:
        with open_desk(tmp_path, ledger, settings) as (desk, answerer):
            door = SlackDoor(settings, desk, ledger)
            door.start()
            bench = Bench(twin, ledger, desk, door, answerer, tmp_path)
            _, card = claimed(bench)
            twin.fault("chat.postMessage", Fault.rate_limited(1), times=1_000)
            answerer.slow_s = 1.0
            aside(bench, card, "下書き")
            door.stop()
        assert told(twin, card, "下書き") == []
        twin.clear_faults()
        with open_desk(tmp_path, ledger, settings):
            twin.wait(lambda t: told(t, card, "下書き"))
            with pytest.raises(TimeoutError):
                twin.wait(lambda t: len(told(t, card, "下書き")) > 1, 1.0)
    assert twin.violations == []
