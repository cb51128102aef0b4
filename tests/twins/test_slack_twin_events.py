"""Events over Socket Mode, received by the real SocketModeHandler: pairs, retries, echoes, dying connections."""

import json
from collections.abc import Iterator

import pytest

from .slack import Retries, SlackTwin
from .slack_app import TinyApp, by_socket, client_of


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin(retries=Retries(ack_timeout_s=0.4, delays_s=(0.05, 0.1, 0.3))) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


@pytest.fixture
def tiny(twin: SlackTwin) -> Iterator[TinyApp]:
    with by_socket(twin) as tiny:
        yield tiny


@pytest.mark.parametrize("mention_first", [True, False])
def test_a_mention_comes_as_two_events_with_one_ts(twin: SlackTwin, tiny: TinyApp, mention_first: bool) -> None:
    twin.mention_first = mention_first

    sent = twin.say("C1", "U1", "質問", mention=True)

    assert sent.wait()
    events = [delivery.event for delivery in sent.deliveries]
    types = ["app_mention", "message"] if mention_first else ["message", "app_mention"]
    assert [event["type"] for event in events] == types
    assert {event["ts"] for event in events} == {sent.ts}
    assert len({delivery.event_id for delivery in sent.deliveries}) == 2


def test_an_event_carries_the_envelope_that_slack_sends(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.say("C1", "U1", "質問").wait()

    body = tiny.events[0]
    assert body["authorizations"][0]["team_id"] == body["team_id"] == body["context_team_id"] == "T1"
    assert (body["type"], body["is_ext_shared_channel"], body["event"]["channel_type"]) == (
        "event_callback",
        False,
        "channel",
    )
    assert body["event"]["client_msg_id"]
    assert body["event_id"].startswith("Ev")


def test_a_direct_message_is_one_event_even_with_a_mention(twin: SlackTwin, tiny: TinyApp) -> None:
    sent = twin.say(twin.dm("U1"), "U1", "質問", mention=True)

    assert sent.wait()
    assert [delivery.event["channel_type"] for delivery in sent.deliveries] == ["im"]


def test_what_is_not_subscribed_or_not_seen_is_not_sent() -> None:
    with SlackTwin(events=["app_mention"]) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        twin.channel("C2", members=["U1"], with_bot=False)

        plain = twin.say("C1", "U1", "質問")
        elsewhere = twin.say("C2", "U1", "質問", mention=True)

        assert (plain.deliveries, elsewhere.deliveries) == ((), ())


def test_a_foreign_author_shows_in_a_shared_channel(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.user("U9", team="T9")
    twin.share("C1")

    twin.say("C1", "U9", "質問").wait()

    assert tiny.events[0]["is_ext_shared_channel"] is True
    assert (tiny.events[0]["event"]["user_team"], tiny.events[0]["team_id"]) == ("T9", "T1")


def test_edits_and_deletions_arrive_in_their_real_shapes(twin: SlackTwin, tiny: TinyApp) -> None:
    ts = twin.say("C1", "U1", "質問").ts

    (changed,) = twin.edit("C1", ts, "別の質問")
    (deleted,) = twin.delete("C1", ts)

    assert changed.wait()
    assert deleted.wait()
    assert (changed.event["subtype"], changed.event["message"]["text"]) == ("message_changed", "別の質問")
    assert (changed.event["message"]["ts"], changed.event["previous_message"]["text"]) == (ts, "質問")
    assert changed.event["message"]["edited"]["user"] == "U1"
    assert (deleted.event["subtype"], deleted.event["deleted_ts"]) == ("message_deleted", ts)
    assert twin.messages("C1") == []


def test_a_thread_reply_names_its_root(twin: SlackTwin, tiny: TinyApp) -> None:
    root = twin.say("C1", "U1", "質問").ts

    reply = twin.say("C1", "U1", "続き", thread_ts=root)

    assert reply.deliveries[0].event["thread_ts"] == root
    assert [message.text for message in twin.thread("C1", root)] == ["質問", "続き"]


def test_files_and_other_bots_have_their_subtypes(twin: SlackTwin, tiny: TinyApp) -> None:
    file = twin.say("C1", "U1", "", files=[{"id": "F1", "name": "a.pdf"}])
    bot = twin.bot_message("C1", "お知らせ")

    assert file.deliveries[0].event["subtype"] == "file_share"
    assert (bot.deliveries[0].event["subtype"], bot.deliveries[0].event["bot_id"]) == ("bot_message", "B0OTHER")


@pytest.mark.parametrize("echoes", [True, False])
def test_the_bots_own_posts_come_back_to_it(twin: SlackTwin, tiny: TinyApp, echoes: bool) -> None:
    twin.echoes = echoes

    client_of(twin).chat_postMessage(channel="C1", text="x")
    sent = twin.say("C1", "U1", "質問")

    assert sent.wait()
    own = [delivery for delivery in twin.deliveries if delivery.event.get("bot_id") == "B0BOT"]
    assert len(own) == (1 if echoes else 0)
    assert all(delivery.wait() for delivery in own)


def test_an_event_without_an_ack_is_sent_again_with_number_and_reason(twin: SlackTwin, tiny: TinyApp) -> None:
    tiny.deaf_for = 2

    sent = twin.say("C1", "U1", "質問")

    assert sent.wait()
    assert [body["event_id"] for body in tiny.events] == [sent.deliveries[0].event_id] * 3
    assert [headers["x-slack-retry-num"] for headers in tiny.headers] == [["0"], ["1"], ["2"]]
    assert tiny.headers[2]["x-slack-retry-reason"] == ["timeout"]


def test_slack_gives_up_after_three_retries(twin: SlackTwin, tiny: TinyApp) -> None:
    tiny.deaf_for = 9

    sent = twin.say("C1", "U1", "質問")

    assert not sent.wait()
    assert len(sent.deliveries[0].attempts) == 4


def test_a_lost_ack_brings_the_event_again(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.swallow_acks(1)

    assert twin.say("C1", "U1", "質問").wait()
    assert len(tiny.events) == 2


def test_with_nobody_connected_an_event_waits_for_its_retries(twin: SlackTwin) -> None:
    twin.retries.delays_s = (0.1, 5.0)
    sent = twin.say("C1", "U1", "質問")
    twin.wait(lambda _: len(sent.deliveries[0].attempts) == 2)

    twin.retries.delays_s = (0.1,)
    again = twin.say("C1", "U1", "質問")

    assert not again.wait()
    assert [attempt.outcome.reason for attempt in again.deliveries[0].attempts] == ["connection_failed"] * 2


def test_each_envelope_goes_to_one_of_several_connections(twin: SlackTwin) -> None:
    with by_socket(twin, connections=2) as tiny:
        assert all(twin.say("C1", "U1", str(n)).wait() for n in range(6))

        assert len(tiny.events) == 6
        assert [connection.received for connection in twin.connections] == [3, 3]


def test_a_duplicate_has_the_same_event_id(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.duplicate_events(1)

    first = twin.say("C1", "U1", "質問")
    again = twin.redeliver(first.deliveries[0])

    assert again.wait()
    twin.wait(lambda _: len(tiny.events) == 3)
    assert len({body["event_id"] for body in tiny.events}) == 1


def test_held_events_go_in_the_order_the_test_gives_them(twin: SlackTwin, tiny: TinyApp) -> None:
    with twin.held_events() as held:
        root = twin.say("C1", "U1", "質問")
        reply = twin.say("C1", "U1", "続き", thread_ts=root.ts)
        held.reverse()

    assert root.wait()
    assert reply.wait()
    assert {body["event"]["text"] for body in tiny.events} == {"質問", "続き"}
    assert reply.deliveries[0].attempts[0].at <= root.deliveries[0].attempts[0].at


def test_a_delayed_event_comes_late(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.delay_events(0.3)

    sent = twin.say("C1", "U1", "質問", age_s=600)

    assert sent.wait()
    assert sent.deliveries[0].attempts[0].at - float(sent.ts) > 600.2


@pytest.mark.parametrize("end", ["refresh", "cut"])
def test_the_app_is_back_after_its_connection_ended(twin: SlackTwin, tiny: TinyApp, end: str) -> None:
    old = twin.connections[0]

    getattr(twin, end)()

    twin.wait(lambda t: [connection for connection in t.connections if connection is not old])
    twin.retries.delays_s = (0.2, 0.5, 1.0)
    assert twin.say("C1", "U1", "質問").wait()


def test_a_frozen_connection_looks_open_and_delivers_nothing(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.freeze()

    sent = twin.say("C1", "U1", "質問")

    assert not sent.wait()
    assert [attempt.outcome.reason for attempt in sent.deliveries[0].attempts] == ["timeout"] * 4
    assert tiny.events == []


def test_a_frozen_connection_is_given_up_by_the_app_and_renewed(twin: SlackTwin, tiny: TinyApp) -> None:
    old = twin.connections[0]
    twin.freeze()

    twin.wait(lambda t: [connection for connection in t.connections if connection is not old], timeout_s=15)

    assert twin.say("C1", "U1", "質問").wait()


def test_a_bad_frame_does_no_harm(twin: SlackTwin, tiny: TinyApp) -> None:
    twin.frame("{not json")
    twin.frame(json.dumps({"type": "unheard_of"}))

    assert twin.say("C1", "U1", "質問").wait()


def test_an_event_of_any_shape_can_be_sent(twin: SlackTwin, tiny: TinyApp) -> None:
    odd = twin.event({"type": "message", "subtype": "unheard_of", "text": "\ud800"})

    assert odd.wait()
    assert tiny.events[0]["event"]["text"] == "\ud800"


def test_opening_the_home_tab_is_an_event(twin: SlackTwin, tiny: TinyApp) -> None:
    assert twin.open_home("U1", tab="messages").wait()
    assert tiny.events[0]["event"]["tab"] == "messages"


def test_waiting_tells_what_happened_instead(twin: SlackTwin) -> None:
    client_of(twin).auth_test()

    with pytest.raises(TimeoutError, match=r"auth\.test"):
        twin.wait(lambda t: t.messages("C1"), timeout_s=0.1)


def test_who_leaves_a_channel_is_told_as_an_event_and_a_line_where_the_app_subscribed() -> None:
    events = ("message.channels", "member_left_channel")
    with SlackTwin(scopes=("channels:read", "channels:history"), events=events) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        with twin.held_events() as held:
            told = [delivery.event for delivery in (*twin.part("C1", "U1"), *twin.rename("C1", "新しい名前"))]
            held.clear()
    assert [event.get("subtype", event["type"]) for event in told] == [
        "member_left_channel",
        "channel_leave",
        "channel_name",
    ]
    assert (told[0]["user"], told[0]["channel"], told[0]["channel_type"]) == ("U1", "C1", "C")
