"""The Web API of the stand-in, called by the real slack_sdk."""

from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackApiError

from .slack import DEFAULT_SCOPES, SlackTwin
from .slack_app import client_of, modal, section


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin() as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


def error_of(call: object) -> str:
    """The error with which Slack refuses."""
    with pytest.raises(SlackApiError) as refused:
        call()  # type: ignore[operator]
    return str(refused.value.response["error"])


def test_auth_test_tells_team_bot_and_scopes(twin: SlackTwin) -> None:
    answer = client_of(twin).auth_test()

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T1", "U0BOT", "B0BOT")
    assert set(answer.headers["x-oauth-scopes"].split(",")) == DEFAULT_SCOPES


def test_each_workspace_has_a_token_of_its_own(twin: SlackTwin) -> None:
    second = twin.workspace("T2")

    assert client_of(twin, second.bot_token).auth_test()["team_id"] == "T2"
    assert error_of(lambda: client_of(twin, second.bot_token).chat_postMessage(channel="C1", text="x")) == (
        "channel_not_found"
    )


def test_a_wrong_token_is_refused(twin: SlackTwin) -> None:
    assert error_of(lambda: client_of(twin, "xoxb-wrong").auth_test()) == "invalid_auth"


def test_an_uninstalled_app_has_a_dead_token(twin: SlackTwin) -> None:
    twin.uninstall()

    assert error_of(lambda: client_of(twin).auth_test()) == "token_revoked"


def test_a_method_without_its_scope_is_refused(twin: SlackTwin) -> None:
    assert error_of(lambda: client_of(twin).conversations_info(channel="C1")) == "missing_scope"


def test_an_unknown_method_is_refused_and_noted(twin: SlackTwin) -> None:
    assert error_of(lambda: client_of(twin).api_call("chat.postMassage")) == "unknown_method"
    assert twin.violations == ["chat.postMassage: unknown_method"]


def test_a_missing_argument_is_refused_and_noted(twin: SlackTwin) -> None:
    assert error_of(lambda: client_of(twin).api_call("chat.update", json={"channel": "C1"})) == "invalid_arguments"
    assert twin.violations == ["chat.update: missing ts"]


def test_a_manifest_whose_events_lack_a_scope_is_refused() -> None:
    with pytest.raises(ValueError, match="app_mention needs app_mentions:read"):
        SlackTwin(scopes=["chat:write"], events=["app_mention"])


@pytest.mark.parametrize(
    ("prepare", "error"),
    [("leave", "not_in_channel"), ("archive", "is_archived")],
)
def test_posting_needs_a_living_channel_with_the_bot_in_it(twin: SlackTwin, prepare: str, error: str) -> None:
    getattr(twin, prepare)("C1")

    assert error_of(lambda: client_of(twin).chat_postMessage(channel="C1", text="x")) == error


def test_a_private_channel_without_the_bot_does_not_exist_for_it(twin: SlackTwin) -> None:
    twin.channel("G1", private=True, with_bot=False)

    assert error_of(lambda: client_of(twin).chat_postMessage(channel="G1", text="x")) == "channel_not_found"


def test_message_times_are_unique_and_increase(twin: SlackTwin) -> None:
    client = client_of(twin)

    times = [client.chat_postMessage(channel="C1", text=str(n))["ts"] for n in range(5)]

    assert times == sorted(set(times))
    assert all(len(ts.split(".")[1]) == 6 for ts in times)


def test_metadata_comes_back_only_when_asked_for(twin: SlackTwin) -> None:
    client = client_of(twin)
    metadata = {"event_type": "delivery", "event_payload": {"id": "d1"}}
    ts = client.chat_postMessage(channel="C1", text="x", metadata=metadata)["ts"]

    plain = client.conversations_replies(channel="C1", ts=ts)["messages"][0]
    full = client.conversations_replies(channel="C1", ts=ts, include_all_metadata=True)["messages"][0]

    assert "metadata" not in plain
    assert full["metadata"] == metadata


def test_metadata_of_the_wrong_form_is_refused(twin: SlackTwin) -> None:
    call = {"channel": "C1", "text": "x", "metadata": {"id": "d1"}}

    assert error_of(lambda: client_of(twin).api_call("chat.postMessage", json=call)) == "invalid_metadata_format"


def test_replies_come_a_page_at_a_time_oldest_first(twin: SlackTwin) -> None:
    client = client_of(twin)
    root = twin.say("C1", "U1", "質問").ts
    posted = [client.chat_postMessage(channel="C1", text=str(n), thread_ts=root)["ts"] for n in range(5)]

    pages = client.conversations_replies(channel="C1", ts=root, limit=2)

    seen = [[message["ts"] for message in page["messages"]] for page in pages]
    assert seen == [[root, *posted[:2]], [root, *posted[2:4]], [root, posted[4]]]


def test_history_is_newest_first_and_leaves_replies_out(twin: SlackTwin) -> None:
    client = client_of(twin)
    roots = [twin.say("C1", "U1", str(n)).ts for n in range(3)]
    client.chat_postMessage(channel="C1", text="reply", thread_ts=roots[0])

    pages = [page["messages"] for page in client.conversations_history(channel="C1", limit=2)]
    since = client.conversations_history(channel="C1", oldest=roots[1])["messages"]

    assert [message["ts"] for page in pages for message in page] == roots[::-1]
    assert [message["ts"] for message in since] == roots[2:]
    assert pages[1][0]["reply_count"] == 1


def test_history_of_a_channel_without_the_bot_is_closed(twin: SlackTwin) -> None:
    twin.leave("C1")

    assert error_of(lambda: client_of(twin).conversations_history(channel="C1")) == "not_in_channel"


def test_a_deleted_root_with_replies_leaves_a_tombstone(twin: SlackTwin) -> None:
    client = client_of(twin)
    root = twin.say("C1", "U1", "質問").ts
    client.chat_postMessage(channel="C1", text="x", thread_ts=root)

    twin.delete("C1", root)

    assert client.conversations_replies(channel="C1", ts=root)["messages"][0]["subtype"] == "tombstone"
    assert [message.text for message in twin.thread("C1", root)] == ["x"]


def test_only_its_own_messages_can_be_changed_by_the_bot(twin: SlackTwin) -> None:
    client = client_of(twin)
    theirs = twin.say("C1", "U1", "質問").ts
    own = client.chat_postMessage(channel="C1", text="x")["ts"]

    client.chat_update(channel="C1", ts=own, text="y")

    assert [message.text for message in twin.messages("C1")] == ["質問", "y"]
    assert error_of(lambda: client.chat_update(channel="C1", ts=theirs, text="y")) == "cant_update_message"
    assert error_of(lambda: client.chat_delete(channel="C1", ts=theirs)) == "cant_delete_message"


def test_an_update_of_a_deleted_message_is_refused(twin: SlackTwin) -> None:
    client = client_of(twin)
    ts = client.chat_postMessage(channel="C1", text="x")["ts"]
    client.chat_delete(channel="C1", ts=ts)

    assert error_of(lambda: client.chat_update(channel="C1", ts=ts, text="y")) == "message_not_found"


def test_an_update_without_blocks_keeps_them(twin: SlackTwin) -> None:
    client = client_of(twin)
    ts = client.chat_postMessage(channel="C1", text="x", blocks=[section("x")])["ts"]

    client.chat_update(channel="C1", ts=ts, text="y")
    kept = twin.messages("C1")[0].blocks
    client.chat_update(channel="C1", ts=ts, text="y", blocks=[])

    assert (len(kept), twin.messages("C1")[0].blocks) == (1, [])


def test_an_ephemeral_is_seen_by_one_person_and_is_no_history(twin: SlackTwin) -> None:
    client = client_of(twin)
    twin.user("U2")

    client.chat_postEphemeral(channel="C1", user="U1", text="あなただけに")

    assert [message.text for message in twin.ephemerals("C1", "U1")] == ["あなただけに"]
    assert twin.messages("C1") == []
    assert error_of(lambda: client.chat_postEphemeral(channel="C1", user="U2", text="x")) == "user_not_in_channel"


def test_long_text_is_cut_at_forty_thousand_characters(twin: SlackTwin) -> None:
    answer = client_of(twin).chat_postMessage(channel="C1", text="あ" * 40_001)

    assert answer["warning"] == "message_truncated"
    assert len(twin.messages("C1")[0].text) == 40_000


def test_an_update_over_four_thousand_characters_is_refused(twin: SlackTwin) -> None:
    client = client_of(twin)
    ts = client.chat_postMessage(channel="C1", text="x")["ts"]

    assert error_of(lambda: client.chat_update(channel="C1", ts=ts, text="あ" * 4001)) == "msg_too_long"


def test_a_reply_below_a_reply_is_noted(twin: SlackTwin) -> None:
    client = client_of(twin)
    root = twin.say("C1", "U1", "質問").ts
    reply = client.chat_postMessage(channel="C1", text="x", thread_ts=root)["ts"]

    client.chat_postMessage(channel="C1", text="lost", thread_ts=reply)

    assert twin.violations == [f"chat.postMessage: thread_ts {reply} is a reply, not a root"]


def test_a_username_needs_its_scope(twin: SlackTwin) -> None:
    client_of(twin).chat_postMessage(channel="C1", text="x", username="相談員")

    assert twin.violations == ["chat.postMessage: username or icon without chat:write.customize"]
    assert twin.messages("C1")[0].username is None


def test_a_post_to_a_user_reaches_the_direct_messages(twin: SlackTwin) -> None:
    answer = client_of(twin).chat_postMessage(channel="U1", text="x")

    assert answer["channel"] == twin.dm("U1") == client_of(twin).conversations_open(users="U1")["channel"]["id"]


def test_who_is_where_can_be_read_with_the_scopes_for_it() -> None:
    scopes = [*DEFAULT_SCOPES, "channels:read", "groups:read", "team:read", "reactions:write"]
    with SlackTwin(scopes=scopes) as twin:
        twin.user("U1", name="山田", email="yamada@example.jp")
        twin.channel("C1", members=["U1"])
        twin.channel("C2", with_bot=False)
        twin.channel("G1", private=True)
        client = client_of(twin)

        assert client.conversations_info(channel="C2")["channel"]["is_member"] is False
        assert client.conversations_members(channel="C1")["members"] == ["U0BOT", "U1"]
        mine = client.users_conversations(types="public_channel,private_channel")["channels"]
        assert [channel["id"] for channel in mine] == ["C1", "G1"]
        assert "email" not in client.users_info(user="U1")["user"]["profile"]
        assert client.bots_info(bot="B0BOT")["bot"]["user_id"] == "U0BOT"
        assert client.team_info()["team"]["id"] == "T1"
        ts = twin.say("C1", "U1", "x").ts
        client.reactions_add(channel="C1", name="eyes", timestamp=ts)
        assert twin.messages("C1")[0].reactions == {"eyes"}
        client.reactions_remove(channel="C1", name="eyes", timestamp=ts)
        assert twin.messages("C1")[0].reactions == set()


def test_status_title_and_prompts_of_an_assistant_thread_are_kept(twin: SlackTwin) -> None:
    client = client_of(twin)
    where = {"channel_id": twin.dm("U1"), "thread_ts": "1.000001"}

    client.assistant_threads_setStatus(status="調べています", loading_messages=["検索中"], **where)
    client.assistant_threads_setTitle(title="費用対効果", **where)
    client.assistant_threads_setSuggestedPrompts(prompts=[{"title": "a", "message": "b"}], **where)
    client.agents_sessions_setStatus(status="processing", **where)

    assert [status["method"].rsplit(".")[-1] for status in twin.statuses] == [
        "setStatus",
        "setTitle",
        "setSuggestedPrompts",
        "setStatus",
    ]
    assert error_of(lambda: client.assistant_threads_setSuggestedPrompts(prompts=[], **where)) == "invalid_arguments"


def test_a_home_tab_is_kept_and_guarded_by_its_hash(twin: SlackTwin) -> None:
    client = client_of(twin)
    first = client.views_publish(user_id="U1", view={"type": "home", "blocks": [section("一")]})

    client.views_publish(user_id="U1", view={"type": "home", "blocks": [section("二")]}, hash=first["view"]["hash"])

    home = twin.home("U1")
    assert home is not None
    assert home.blocks[0]["text"]["text"] == "二"
    stale = {"user_id": "U1", "view": {"type": "home", "blocks": []}, "hash": first["view"]["hash"]}
    assert error_of(lambda: client.views_publish(**stale)) == "hash_conflict"


def test_a_modal_needs_a_living_trigger(twin: SlackTwin) -> None:
    assert error_of(lambda: client_of(twin).views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


def test_every_call_is_kept_with_its_arguments(twin: SlackTwin) -> None:
    client_of(twin).chat_postMessage(channel="C1", text="x", unfurl_links=False)

    (call,) = twin.calls_of("chat.postMessage")
    assert call.args == {"channel": "C1", "text": "x", "unfurl_links": False}
    assert call.answer["ok"] is True


def test_a_person_sees_only_the_channels_they_are_in(twin: SlackTwin) -> None:
    twin.user("U2")
    twin.channel("C2", members=["U2"])
    twin.say("C1", "U1", "一")
    twin.say("C2", "U2", "二")

    assert [message.text for message in twin.visible("U1")] == ["一"]


def test_the_scopes_that_were_needed_are_kept(twin: SlackTwin) -> None:
    client_of(twin).chat_postMessage(channel="C1", text="x")
    twin.say("C1", "U1", "質問", mention=True)

    assert twin.used_scopes == {"chat:write", "channels:history", "app_mentions:read"}
