import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing import Changed, Deleted, Written, message_from, message_key, team_of

US = "U0BOT"


def body(event: dict, **more: object) -> dict:
    return {"team_id": "T1", "authorizations": [{"team_id": "T1"}], "event": event, **more}


def message(**more: object) -> dict:
    return {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "ts": "1.1",
        "text": "x",
    } | more


def written(**more: object) -> Written:
    found = message_from(body(message(**more)), US)
    assert isinstance(found, Written)
    return found


def test_mention_and_message_are_one_and_the_same():
    pair = {"text": f"<@{US}> 費用"}
    mention = message_from(body(message(type="app_mention", channel_type=None, **pair)), US)
    plain = message_from(body(message(**pair)), US)
    assert isinstance(mention, Written)
    assert isinstance(plain, Written)
    assert mention.key == plain.key == "T1:C1:1.1:question"
    assert mention.text == plain.text == "費用"
    assert mention.is_to_us
    assert plain.is_to_us


def test_a_direct_message_is_to_us_without_a_mention():
    assert written(channel_type="im").is_to_us
    assert not written().is_to_us


def test_a_root_is_its_own_thread():
    assert written().place.thread == "1.1"
    assert written(thread_ts="0.9").place.thread == "0.9"


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_peoples_subtypes_are_taken(subtype):
    assert written(subtype=subtype).text == "x"


@pytest.mark.parametrize(
    "subtype", ["channel_join", "bot_message", "me_message", "reminder_add", "huddle_thread", "new"]
)
def test_other_subtypes_are_not(subtype):
    assert message_from(body(message(subtype=subtype)), US) is None


@pytest.mark.parametrize("of_a_bot", [{"bot_id": "B2"}, {"user": US}, {"user": None}])
def test_bots_and_our_own_messages_are_not_taken(of_a_bot):
    assert message_from(body(message(**of_a_bot)), US) is None


def test_in_a_shared_channel_the_team_is_the_installations():
    shared = body(message(user_team="T2", source_team="T2", team="T2"), team_id="T2", context_team_id="T1")
    assert team_of(shared) == "T1"
    assert team_of({"context_team_id": "T3", "team_id": "T2"}) == "T3"


def changed(now: dict, before: str = "x") -> dict:
    event = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "2.2"}
    return body({**event, "message": {"ts": "1.1", "user": "U1"} | now, "previous_message": {"text": before}})


def test_an_edit_carries_the_messages_key_and_its_new_words():
    found = message_from(changed({"text": f"<@{US}> 新しい", "edited": {"ts": "1.000000"}}), US)

    assert isinstance(found, Changed)
    assert found.at.timestamp() == 2.2, "not that of `edited`, which has whole seconds"
    assert (found.now.key, found.now.text) == (message_key("T1", "C1", "1.1"), "新しい")


def test_an_edit_of_a_direct_message_is_one_in_its_thread():
    event = changed({"text": "新しい", "thread_ts": "0.9"})
    event["event"]["channel_type"] = "im"

    found = message_from(event, US)

    assert isinstance(found, Changed)
    assert (found.now.is_direct, found.now.thread, found.now.user) == (True, "0.9", "U1")


def test_a_change_that_changes_no_word_is_nothing():
    assert message_from(changed({"text": "x", "reply_count": 1}), US) is None


def test_an_edit_of_a_bot_is_nothing():
    assert message_from(changed({"text": "y", "bot_id": "B1"}), US) is None


def test_a_deletion_carries_the_messages_key():
    event = {"type": "message", "subtype": "message_deleted", "channel": "C1", "ts": "2.2", "deleted_ts": "1.1"}
    assert message_from(body(event), US) == Deleted(message_key("T1", "C1", "1.1"))


def test_a_root_with_replies_is_deleted_by_a_tombstone():
    assert message_from(changed({"text": "This message was deleted.", "subtype": "tombstone"}), US) == Deleted(
        message_key("T1", "C1", "1.1")
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["type", "subtype", "channel", "user", "ts", "thread_ts", "text", "bot_id", "message", "previous_message"]


@given(st.dictionaries(st.sampled_from(FIELDS), JUNK), JUNK)
def test_missing_extra_and_wrong_fields_are_survived(event: dict, authorizations: object):
    found = message_from({"event": event, "authorizations": authorizations, "team_id": "T1"}, US)

    assert found is None or isinstance(found, Written | Changed | Deleted)
    assert message_from({"event": authorizations}, US) is None
