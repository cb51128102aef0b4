"""An answer that is shown while it is written: in every case one message stands in the end, and it says the outcome."""

import re

import pytest

from bot import wording
from bot.stream import plain_markdown
from tests.bot.bench import OTHER_STAFF, QUOTE, SHINGU, STAFF, Bench, a_twin, logged, prepared_ledger
from tests.bot.process import DeskProcess
from tests.twins.slack import Fault, Retries
from tests.twins.slack.world import Message

ASKED = "効果を書きながら教えて"
FIRST = "一つ目の&lt;文&gt;です。"


def shown(bench: Bench, ts: str, text: str) -> Message:
    """The one message of the bot in the thread, once it says this."""
    return bench.twin.wait(
        lambda t: (found := t.answers(SHINGU, ts)) and text in found[0].text and len(found) == 1 and found[0]
    )


def ends_in_one(bench: Bench, ts: str, text: str = QUOTE) -> Message:
    bench.answerer.pen.set()
    message = shown(bench, ts, text)
    assert message.metadata["event_payload"]["delivery"].startswith("outcome:")
    assert not message.streaming
    return message


def test_what_is_written_is_shown_and_becomes_the_answer(bench: Bench):
    ts = bench.ask(ASKED)
    draft = shown(bench, ts, FIRST)
    assert draft.streaming

    answer = ends_in_one(bench, ts)

    assert answer.ts == draft.ts
    assert FIRST not in answer.text
    assert "feedback" in str(answer.blocks)
    [appended] = bench.twin.calls_of("chat.appendStream")
    assert "二つ目の文です。" in str(appended.args)


@pytest.mark.parametrize(
    ("words", "text"),
    [("人を書きながら", "引き継ぎ"), ("断れ書きながら", "お答えできません"), ("壊れ書きながら", "引き継ぎ")],
)
def test_another_outcome_takes_the_place_of_what_was_shown(bench: Bench, words: str, text: str):
    ts = bench.ask(words)
    shown(bench, ts, FIRST)

    assert FIRST not in ends_in_one(bench, ts, text).text


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("chat.startStream", Fault.refused("missing_scope")),
        ("chat.startStream", Fault.rate_limited()),
        ("chat.startStream", Fault.reset_before()),
        ("chat.startStream", Fault.reset_after()),
        ("chat.appendStream", Fault.rate_limited()),
        ("chat.appendStream", Fault.reset_after()),
        ("chat.stopStream", Fault.rate_limited()),
        ("chat.stopStream", Fault.reset_after()),
        ("chat.update", Fault.reset_before()),
        ("chat.update", Fault.reset_after()),
        ("chat.update", Fault.refused("edit_window_closed")),
    ],
)
def test_whatever_fails_one_answer_stands(bench: Bench, method: str, fault: Fault):
    bench.twin.fault(method, fault)
    bench.answerer.pen.set()

    ends_in_one(bench, bench.ask(ASKED))


def test_a_draft_that_somebody_deleted_is_posted_anew(bench: Bench):
    ts = bench.ask(ASKED)
    draft = shown(bench, ts, FIRST)
    bench.twin.world.find(SHINGU, draft.ts).deleted = True

    assert ends_in_one(bench, ts).ts != draft.ts


def test_an_edited_question_is_answered_in_the_same_message(bench: Bench):
    ts = bench.ask(ASKED)
    shown(bench, ts, FIRST)
    for delivery in bench.twin.edit(SHINGU, ts, f"<@{bench.twin.bot_user()}> 費用を書きながら教えて"):
        assert delivery.wait()

    assert "費用を書きながら教えて" in ends_in_one(bench, ts, "費用を").text
    assert len(bench.twin.calls_of("chat.startStream")) == 1


def test_a_draft_that_never_stood_takes_no_other_questions_draft(bench: Bench):
    bench.twin.fault("chat.startStream", Fault.reset_before())
    root = bench.ask(ASKED)
    bench.twin.wait(lambda t: len(t.calls_of("chat.startStream")) == 1)
    bench.ask("効果を書きながら、もう一度", thread=root)
    shown(bench, root, FIRST)
    bench.answerer.pen.set()

    answers = bench.twin.wait(lambda t: len(found := t.answers(SHINGU, root)) == 2 and all_answered(found) and found)
    assert len({message.metadata["event_payload"]["delivery"] for message in answers}) == 2


def all_answered(messages: list[Message]) -> bool:
    return all(message.metadata and not message.streaming for message in messages)


def test_a_draft_that_never_stood_takes_no_courtesy_either(bench: Bench):
    room = bench.twin.dm(STAFF)
    root = bench.twin.say(room, STAFF, "効果は？").ts
    bench.says(room, root)
    for delivery in bench.twin.edit(room, root, "効果と費用は？"):
        assert delivery.wait()
    _, courtesy = bench.says(room, root, 2)
    bench.answerer.pen.set()
    bench.twin.fault("chat.startStream", Fault.reset_before())
    bench.twin.say(room, STAFF, ASKED, root)

    assert bench.says(room, root, 3)[1] == courtesy


def test_a_draft_makes_no_link_and_no_mark():
    said = plain_markdown(
        "[詳しく](https://evil.example/a) *強* `x` @here :smile: <!channel> 1.5% www.evil.example\n次"
    )

    assert not re.search(r"[\[\]*`@<>:]|[A-Za-z]\.[A-Za-z]", said)
    assert "1.5%" in said
    assert said.endswith("  \n次")


def test_a_question_that_is_taken_back_leaves_nothing(bench: Bench):
    ts = bench.ask(ASKED)
    shown(bench, ts, FIRST)
    for delivery in bench.twin.delete(SHINGU, ts):
        assert delivery.wait()
    bench.answerer.pen.set()

    assert bench.twin.wait(lambda t: not t.answers(SHINGU, ts))


@pytest.mark.parametrize("where", ["pane", "channel"])
def test_the_stop_button_takes_the_draft_away_and_the_question_back(bench: Bench, where: str):
    room = bench.twin.dm(STAFF) if where == "pane" else SHINGU
    ts = bench.twin.say(room, STAFF, ASKED, mention=True).ts
    [draft] = bench.twin.wait(lambda t: [m for m in t.answers(room, ts) if FIRST in m.text])

    assert bench.twin.stop_session(room, ts, OTHER_STAFF).wait()
    assert logged(bench)[0].withdrawn_at is None  # a stranger's press ends what is shown, and takes no question back
    stopped = bench.twin.stop_session(room, ts, STAFF)
    assert stopped.wait()
    assert bench.twin.redeliver(stopped).wait()
    bench.answerer.pen.set()

    said = bench.twin.wait(lambda t: (found := t.answers(room, ts)) and draft.ts not in {m.ts for m in found} and found)
    assert [message.text for message in said] == [wording.STOPPED]
    assert bench.answerer.stopped
    assert (logged(bench)[0].withdrawn_at is not None, logged(bench)[0].text) == (True, "")
    states = [one["status"] for one in bench.twin.statuses if one["method"] == "agents.sessions.setStatus"]
    assert states == (["processing", "active", "active", "active"] if where == "pane" else [])


def test_the_stop_button_after_the_answer_changes_nothing(bench: Bench):
    room = bench.twin.dm(STAFF)
    ts = bench.twin.say(room, STAFF, "効果は？").ts
    bench.says(room, ts)

    assert bench.twin.stop_session(room, ts, STAFF).wait()

    assert (logged(bench)[0].withdrawn_at, len(bench.twin.answers(room, ts))) == (None, 1)


def test_a_session_that_waits_for_a_person_says_so(bench: Bench):
    room = bench.twin.dm(STAFF)
    bench.twin.say(room, STAFF, "人を呼んで")

    sessions = "agents.sessions.setStatus"
    bench.twin.wait(lambda t: [s for s in t.statuses if (s["method"], s["status"]) == (sessions, "suspended")])


def test_without_anything_told_nothing_streams(bench: Bench):
    bench.says(SHINGU, bench.ask("効果は？"))

    assert bench.twin.calls_of("chat.startStream") == []


def test_direct_messages_stream_as_well(bench: Bench):
    room = bench.twin.dm(STAFF)
    sent = bench.twin.say(room, STAFF, ASKED)
    assert sent.wait()
    bench.answerer.pen.set()

    bench.twin.wait(lambda t: [m for m in t.answers(room, sent.ts) if QUOTE in m.text])
    assert len(bench.twin.answers(room, sent.ts)) == 1


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("method", "applied"), [("chat.startStream", True), ("chat.update", True)])
def test_a_desk_killed_while_it_streams_leaves_one_answer(tmp_path, method: str, applied: bool):
    with a_twin(retries=Retries(ack_timeout_s=3.0, delays_s=(0.3, *([3.0] * 40)))) as twin:
        with prepared_ledger(tmp_path):
            pass
        desk = DeskProcess(["tests.bot.small_desk", str(tmp_path)], twin.environ(), tmp_path.parent / "stream.log")
        desk.start(twin)
        try:
            gate = twin.hold(method, applied=applied)
            ts = twin.say(SHINGU, STAFF, ASKED, mention=True).ts
            assert gate.reached()
            desk.kill(twin)
            gate.release()
            desk.start(twin)

            twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if QUOTE in m.text and m.metadata], 60)
            assert len(twin.answers(SHINGU, ts)) == 1
        finally:
            desk.stop()
