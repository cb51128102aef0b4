"""The relay between the two threads: what is sent from a message, corrected, taken back; what the asker changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.acts.relay_offer import OFFER
from bot.door import SlackDoor
from records.postbook import PostBook
from tests.bot.bench import (
    COLLEAGUE,
    CONSULTANTS,
    KATO,
    SATO,
    SHINGU,
    STAFF,
    Bench,
    a_twin,
    free_port,
    logged,
    open_desk,
    prepared_ledger,
    settle,
    slack_settings,
)
from tests.bot.test_handing_over import claimed, handed_over, turns
from tests.twins.slack import Fault, Message, SlackTwin

RECALLED = "担当者がこの回答を取り消しました"


def written(bench: Bench, card: str, words: str, user: str = SATO) -> str:
    """A consultant's message under the card."""
    sent = bench.twin.say(CONSULTANTS, user, words, card)
    assert sent.wait()
    return sent.ts


def relayed(bench: Bench, card: str, words: str) -> str:
    """Sent by the shortcut; the message's ts."""
    ts = written(bench, card, words)
    view = bench.twin.shortcut(CONSULTANTS, ts, OFFER, SATO).view()
    assert view.callback_id == "relay.send"
    assert bench.twin.submit(SATO).errors == {}
    return ts


def replies(twin: SlackTwin, ts: str) -> list[Message]:
    return [message for message in twin.answers(SHINGU, ts) if message.username]


def noted(twin: SlackTwin, card: str, words: str) -> list[Message]:
    return [message for message in twin.thread(CONSULTANTS, card) if message.bot_id and words in str(message.blocks)]


def refused(bench: Bench, channel: str, ts: str, user: str) -> str:
    """What the modal says that opens instead."""
    view = bench.twin.shortcut(channel, ts, OFFER, user).view()
    assert view.callback_id == ""
    return str(view.blocks)


def shown(twin: SlackTwin, channel: str) -> str:
    """All that stands in a channel, was ever sent there, or was ever tried."""
    calls = [call.args for call in twin.calls if channel in map(str, call.args.values())]
    return str(twin.messages(channel)) + str(calls) + str(twin.world.ephemerals)


def test_a_message_under_the_card_is_sent_once_and_its_edits_and_deletion_follow(either: Bench):
    ts, card = claimed(either)
    mine = written(either, card, "費用は<https://example.jp|表>のとおり &amp; 月10万円です。")

    view = either.twin.shortcut(CONSULTANTS, mine, OFFER, SATO).view()
    assert "新座市" in str(view.blocks)
    assert "表（https://example.jp）のとおり & 月10万円です。" in str(view.blocks)
    assert either.twin.submit(SATO).errors == {}
    [reply] = either.twin.wait(lambda t: replies(t, ts))
    assert reply.username == "佐藤（担当コンサルタント）"
    assert either.twin.wait(lambda t: noted(t, card, "送りました"))
    assert "すでに団体に送信" in refused(either, CONSULTANTS, mine, SATO)

    either.twin.edit(CONSULTANTS, mine, "月12万円です。 <@U0KATO>")
    either.twin.wait(lambda t: "12万円" in replies(t, ts)[0].text)
    assert "（訂正済み）" in str(replies(either.twin, ts)[0].blocks)
    either.twin.wait(lambda t: noted(t, card, "12万円") and "（訂正済み）" in str(noted(t, card, "12万円")[0].blocks))
    [turn] = [turn for turn in turns(either, ts) if turn.speaker == "consultant"]
    assert [("10万円" in text) for text in turn.earlier] == [True]

    either.twin.delete(CONSULTANTS, mine)
    either.twin.wait(lambda t: replies(t, ts)[0].text == RECALLED)
    assert "12万円" not in str(either.twin.messages(SHINGU))
    assert either.twin.wait(lambda t: noted(t, card, "回答を取り消しました"))
    assert len(replies(either.twin, ts)) == 1
    [turn] = [turn for turn in turns(either, ts) if turn.speaker == "consultant"]
    assert "12万円" in turn.earlier[-1]


def test_what_cannot_be_sent_is_said_in_a_sentence_and_nothing_goes_out(bench: Bench):
    ts, card = handed_over(bench)
    bench.twin.wait(lambda _: not bench.ledger.read(lambda session: PostBook(session).unsettled()))
    early = written(bench, card, "まだ担当ではない")
    assert "「担当する」" in refused(bench, CONSULTANTS, early, SATO)
    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))

    aside = bench.twin.say(CONSULTANTS, SATO, "スレッドの外")
    theirs = written(bench, card, "加藤の下書き", KATO)
    assert "カードのスレッド" in refused(bench, CONSULTANTS, aside.ts, SATO)
    assert "カードのスレッド" in refused(bench, SHINGU, ts, SATO)
    assert "佐藤 さんが担当" in refused(bench, CONSULTANTS, theirs, KATO)
    assert "ご自分の投稿だけ" in refused(bench, CONSULTANTS, theirs, SATO)
    assert "登録された担当コンサルタント" in refused(bench, CONSULTANTS, theirs, COLLEAGUE)
    assert "窓口の投稿" in refused(bench, CONSULTANTS, card, SATO)
    long = written(bench, card, "長" * 3_001)
    assert "3,000文字" in refused(bench, CONSULTANTS, long, SATO)

    settle(bench)
    assert replies(bench.twin, ts) == []
    assert not any(words in shown(bench.twin, SHINGU) for words in ("まだ担当", "スレッドの外", "加藤の下書き", "長長"))


def test_two_modals_of_one_message_are_one_reply_and_the_words_may_be_changed_there(bench: Bench):
    ts, card = claimed(bench)
    mine = written(bench, card, "草稿")
    bench.twin.shortcut(CONSULTANTS, mine, OFFER, SATO).view()
    first = bench.twin.submit(SATO, {"reply": {"reply": "整えた回答"}})
    assert first.errors == {}
    bench.twin.wait(lambda t: [m for m in replies(t, ts) if m.text == "整えた回答"])

    assert bench.twin.redeliver(first.delivery).wait()

    settle(bench)
    assert len(replies(bench.twin, ts)) == 1
    assert "草稿" not in shown(bench.twin, SHINGU)


def test_what_the_modal_sent_is_corrected_and_taken_back_under_its_note_by_whom_it_concerns(bench: Bench):
    ts, card = claimed(bench)
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    bench.twin.submit(SATO, {"reply": {"reply": "月10万円です。"}})
    bench.twin.wait(lambda t: replies(t, ts))
    [note] = bench.twin.wait(lambda t: noted(t, card, "reply.revise"))

    assert bench.twin.click(CONSULTANTS, note.ts, "reply.revise", KATO).views == []
    assert "佐藤 さんが送った" in bench.twin.ephemerals(CONSULTANTS, KATO)[-1].text
    assert "月10万円です。" in str(bench.twin.click(CONSULTANTS, note.ts, "reply.revise", SATO).view().blocks)
    assert bench.twin.submit(SATO, {"reply": {"reply": "月12万円です。"}}).errors == {}
    bench.twin.wait(lambda t: "月12万円です。（訂正済み）" in [m.text for m in replies(t, ts)])

    bench.twin.click(CONSULTANTS, card, "handoff.resolve", SATO)  # what stands there follows in a closed case too
    bench.twin.wait(lambda _: not bench.button(CONSULTANTS, card, "handoff.resolve"))
    bench.twin.click(CONSULTANTS, note.ts, "reply.recall", SATO)
    bench.twin.wait(lambda t: replies(t, ts)[0].text == RECALLED)
    bench.twin.wait(lambda _: not bench.button(CONSULTANTS, note.ts, "reply.recall"))
    assert "万円" not in str(bench.twin.messages(SHINGU))


def test_what_the_asker_edits_and_deletes_follows_in_the_cards_thread(bench: Bench):
    ts, card = claimed(bench)
    added = bench.twin.say(SHINGU, STAFF, "電話は 090-1234-5678 です", ts)
    bench.twin.wait(lambda t: noted(t, card, "団体からの追記"))
    bench.says(SHINGU, ts, 3)

    bench.twin.edit(SHINGU, added.ts, "急ぎません。090-1234-5678")
    bench.twin.wait(lambda t: noted(t, card, "急ぎません"))
    [note] = noted(bench.twin, card, "団体からの追記")
    assert "（訂正済み）" in str(note.blocks)
    assert "1234" not in str(note.blocks)
    bench.twin.edit(SHINGU, ts, "人を呼んでください。保育所AIの効果は？ FIRST")
    bench.twin.wait(lambda t: any(m.ts == card and "FIRST" in str(m.blocks) for m in t.messages(CONSULTANTS)))
    [shown_card] = [m for m in bench.twin.messages(CONSULTANTS) if m.ts == card]
    assert "（訂正済み）" in str(shown_card.blocks)
    assert "反映されません" not in str([m.text for m in bench.twin.ephemerals(SHINGU, STAFF)])

    bench.twin.delete(SHINGU, added.ts)
    bench.twin.delete(SHINGU, ts)
    bench.twin.wait(lambda t: "急ぎません" not in str(t.messages(CONSULTANTS)) and noted(t, card, "取り消されました"))
    bench.twin.wait(lambda t: "FIRST" not in str(t.messages(CONSULTANTS)))
    assert b"FIRST" not in bench.everything_kept()


def test_an_edit_that_arrives_late_changes_nothing_and_the_machines_answers_stay_as_they_were_asked(bench: Bench):
    ts, card = claimed(bench)
    mine = relayed(bench, card, "一つ目")
    bench.twin.wait(lambda t: replies(t, ts))
    [first] = bench.twin.edit(CONSULTANTS, mine, "二つ目")
    bench.twin.edit(CONSULTANTS, mine, "三つ目")
    bench.twin.wait(lambda t: "三つ目" in replies(t, ts)[0].text)

    assert bench.twin.redeliver(first).wait()
    asked = bench.ask("効果は？")
    bench.says(SHINGU, asked)
    bench.twin.edit(SHINGU, asked, f"<@{bench.twin.bot_user()}> 別の質問")

    bench.twin.wait(lambda t: "反映されません" in str([m.text for m in t.ephemerals(SHINGU, STAFF)]))
    settle(bench)
    assert "三つ目" in replies(bench.twin, ts)[0].text
    assert logged(bench)[0].text == "効果は？"


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin() as twin:
        yield twin


def test_an_edit_before_the_post_stands_and_a_restart_in_between(twin: SlackTwin, tmp_path: Path):
    """Slack is away while it is sent and edited; the desk is stopped, started, and posts the words as they are now."""
    settings = slack_settings(twin, "socket", free_port())
    with prepared_ledger(tmp_path) as ledger:
        with open_desk(tmp_path, ledger, settings) as (desk, answerer):
            door = SlackDoor(settings, desk, ledger)
            door.start()
            bench = Bench(twin, ledger, desk, door, answerer, tmp_path)
            ts, card = claimed(bench)
            added = twin.say(SHINGU, STAFF, "追記の前", ts)
            bench.says(SHINGU, ts, 3)
            twin.wait(lambda t: noted(t, card, "追記の前"))
            twin.fault("chat.postMessage", Fault.rate_limited(1), times=1_000)
            mine = relayed(bench, card, "古い文")
            assert all(delivery.wait() for delivery in twin.edit(CONSULTANTS, mine, "新しい文"))
            assert all(delivery.wait() for delivery in twin.edit(SHINGU, added.ts, "追記の後"))
            late = twin.say(SHINGU, STAFF, "続きの前", ts)
            assert late.wait()
            assert all(delivery.wait() for delivery in twin.edit(SHINGU, late.ts, "続きの後"))
            gone = relayed(bench, card, "消える文")
            assert all(delivery.wait() for delivery in twin.delete(CONSULTANTS, gone))
            door.stop()
        assert "文" not in str(replies(twin, ts))
        twin.clear_faults()
        with open_desk(tmp_path, ledger, settings):
            twin.wait(lambda t: [m for m in replies(t, ts) if "新しい文（訂正済み）" in m.text])
            twin.wait(
                lambda t: noted(t, card, "追記の後") and noted(t, card, "新しい文") and noted(t, card, "続きの後")
            )
            twin.wait(lambda t: noted(t, card, "回答を取り消しました"))
            twin.wait(lambda _: not ledger.read(lambda session: PostBook(session).unsettled()))

    assert len(replies(twin, ts)) == 1
    assert len(noted(twin, card, "団体からの追記")) == 2
    assert not any(words in str(twin.messages(SHINGU)) for words in ("古い文", "消える文"))
    assert not any(words in str(twin.answers(CONSULTANTS, card)) for words in ("古い文", "の前"))
    assert twin.violations == []
