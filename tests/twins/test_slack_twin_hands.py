"""Clicks and modals, answered by the real slack_bolt over Socket Mode."""

import time
from collections.abc import Iterator

import pytest
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from .slack import Message, Retries, SlackTwin
from .slack_app import Json, TinyApp, actions, button, by_socket, client_of, modal, section

OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in "ab"]


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin(retries=Retries(ack_timeout_s=1.0)) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


@pytest.fixture
def tiny(twin: SlackTwin) -> Iterator[TinyApp]:
    with by_socket(twin) as tiny:
        yield tiny


@pytest.fixture
def answer(twin: SlackTwin, tiny: TinyApp) -> Message:
    sent = twin.say("C1", "U1", "質問", mention=True)
    return twin.wait(lambda t: t.answers("C1", sent.ts))[0]


def test_a_click_carries_what_slack_sends(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    click = twin.click("C1", answer.ts, "open", "U1")

    body = tiny.actions[0]
    assert click.acked
    assert (body["type"], body["user"]["id"], body["team"]["id"]) == ("block_actions", "U1", "T1")
    assert (body["actions"][0]["value"], body["channel"]["id"]) == ("one", "C1")
    assert body["actions"][0]["block_id"] in {block["block_id"] for block in body["message"]["blocks"]}
    assert body["container"]["message_ts"] == body["message"]["ts"] == answer.ts
    assert body["container"]["thread_ts"] == answer.thread_ts


def test_a_button_that_is_not_there_cannot_be_clicked(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    tiny.client.chat_update(channel="C1", ts=answer.ts, text="済み", blocks=[section("済み")])

    with pytest.raises(LookupError, match="open"):
        twin.click("C1", answer.ts, "open", "U1")


def test_feedback_is_told_by_its_value(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    twin.click("C1", answer.ts, "feedback", "U1", value="down")

    action = tiny.actions[0]["actions"][0]
    assert (action["type"], action["value"], action["text"]["text"]) == ("feedback_buttons", "down", "negative")


def test_a_modal_is_opened_filled_in_and_closed(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    opened = twin.click("C1", answer.ts, "open", "U1").view()

    refused = twin.submit("U1", {"reply": {"reply": "だめ"}})
    still = twin.view_of("U1")
    taken = twin.submit("U1", {"reply": {"reply": "よい返事"}})

    assert opened.callback_id == "send"
    assert (refused.errors, still) == ({"reply": "書き直してください"}, opened)
    assert (taken.acked, taken.errors, twin.view_of("U1"), tiny.replies) == (True, {}, None, ["よい返事"])
    assert twin.violations == []


def test_a_person_cannot_submit_what_slacks_client_refuses(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    twin.click("C1", answer.ts, "open", "U1").view()

    with pytest.raises(ValueError, match="filled in"):
        twin.submit("U1", {})
    with pytest.raises(ValueError, match="21 characters"):
        twin.submit("U1", {"reply": {"reply": "あ" * 21}})
    with pytest.raises(LookupError, match="reply/other"):
        twin.submit("U1", {"reply": {"other": "x"}})


def test_an_unanswered_submission_leaves_the_modal_open(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    twin.click("C1", answer.ts, "open", "U1").view()
    twin.swallow_acks(1, "interactive")

    submission = twin.submit("U1", {"reply": {"reply": "よい返事"}})

    assert not submission.acked
    assert twin.view_of("U1") is not None
    assert len(submission.delivery.attempts) == 1


def test_an_interaction_is_never_repeated(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    twin.swallow_acks(1, "interactive")

    click = twin.click("C1", answer.ts, "feedback", "U1", value="up")

    assert not click.acked
    assert (len(click.delivery.attempts), len(tiny.actions)) == (1, 1)


def test_a_trigger_works_once(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    click = twin.click("C1", answer.ts, "open", "U1")
    click.view()

    with pytest.raises(SlackApiError) as refused:
        tiny.client.views_open(trigger_id=click.trigger.id, view=modal())

    assert refused.value.response["error"] == "exchanged_trigger_id"


def test_a_trigger_dies_after_three_seconds(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    click = twin.click("C1", answer.ts, "feedback", "U1", value="up")
    click.trigger.born = time.monotonic() - 3.1

    with pytest.raises(SlackApiError) as refused:
        tiny.client.views_open(trigger_id=click.trigger.id, view=modal())

    assert refused.value.response["error"] == "expired_trigger_id"


def test_an_open_modal_can_be_replaced_and_guarded_by_its_hash(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    view = twin.click("C1", answer.ts, "open", "U1").view()
    first = view.hash

    tiny.client.views_update(view_id=view.id, hash=first, view=modal(callback_id="later"))

    now = twin.view_of("U1")
    assert now is not None
    assert now.callback_id == "later"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        tiny.client.views_update(view_id=view.id, hash=first, view=modal())


def test_a_closed_modal_is_gone(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    view = twin.click("C1", answer.ts, "open", "U1").view()

    assert twin.close("U1") is None
    with pytest.raises(SlackApiError, match="not_found"):
        tiny.client.views_update(view_id=view.id, view=modal())


def test_a_response_url_replaces_the_message_up_to_five_times(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    twin.click("C1", answer.ts, "feedback", "U1", value="up")
    response = WebhookClient(tiny.actions[0]["response_url"])

    codes = [response.send(text=f"{n}回目", replace_original=True).status_code for n in range(1, 7)]

    assert codes == [200] * 5 + [404]
    assert twin.answers("C1", str(answer.thread_ts))[0].text == "5回目"


def test_a_response_url_can_whisper(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    twin.click("C1", answer.ts, "feedback", "U1", value="up")

    WebhookClient(tiny.actions[0]["response_url"]).send(text="内緒")

    assert [message.text for message in twin.ephemerals("C1", "U1")] == ["内緒"]


def test_an_ephemeral_button_is_clicked_without_its_message(twin: SlackTwin, tiny: TinyApp) -> None:
    blocks = [{"type": "actions", "elements": [{"type": "overflow", "action_id": "feedback", "options": OPTIONS}]}]
    client_of(twin).chat_postEphemeral(channel="C1", user="U1", text="x", blocks=blocks)

    twin.click("C1", twin.ephemerals("C1", "U1")[0].ts, "feedback", "U1", value="b")

    body = tiny.actions[0]
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True
    assert body["actions"][0]["selected_option"]["value"] == "b"


def test_a_button_inside_a_modal_pushes_the_next_one(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    def push(ack: Ack, body: Json) -> None:
        tiny.client.views_push(trigger_id=body["trigger_id"], view=modal(callback_id="next"))
        ack()

    tiny.app.action("inner")(push)
    view = twin.click("C1", answer.ts, "open", "U1").view()
    tiny.client.views_update(view_id=view.id, view=modal(blocks=[actions(button("inner"))]))

    assert twin.click_in_view("U1", "inner").acked
    on_top = twin.view_of("U1")
    assert on_top is not None
    assert on_top.callback_id == "next"


def test_closing_is_told_only_to_an_app_that_asked(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    closed: list[str] = []

    def note(ack: Ack, view: Json) -> None:
        closed.append(view["id"])
        ack()

    tiny.app.view_closed("noted")(note)
    view = twin.click("C1", answer.ts, "open", "U1").view()
    tiny.client.views_update(view_id=view.id, view=modal(callback_id="noted", notify_on_close=True))

    delivery = twin.close("U1")

    assert delivery is not None
    assert delivery.wait()
    assert (closed, twin.view_of("U1")) == ([view.id], None)


def test_a_slash_command_brings_a_trigger(twin: SlackTwin, tiny: TinyApp) -> None:
    heard: list[str] = []

    def command(ack: Ack, body: Json) -> None:
        heard.append(body["text"])
        tiny.client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    tiny.app.command("/madoguchi")(command)

    click = twin.command("C1", "U1", "/madoguchi 相談 一件")

    assert (click.acked, heard, click.view().callback_id) == (True, ["相談 一件"], "send")


def test_an_error_for_a_block_that_is_not_there_is_noted(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    tiny.app.view("wrong")(lambda ack: ack(response_action="errors", errors={"nowhere": "x"}))
    view = twin.click("C1", answer.ts, "open", "U1").view()
    tiny.client.views_update(view_id=view.id, view=modal(callback_id="wrong"))

    twin.submit("U1", {"reply": {"reply": "x"}})

    assert twin.violations == ["view_submission: errors for unknown block nowhere"]


def test_a_submission_may_be_answered_with_another_view(twin: SlackTwin, tiny: TinyApp, answer: Message) -> None:
    tiny.app.view("first")(lambda ack: ack(response_action="update", view=modal(callback_id="second")))
    view = twin.click("C1", answer.ts, "open", "U1").view()
    tiny.client.views_update(view_id=view.id, view=modal(callback_id="first"))

    twin.submit("U1", {"reply": {"reply": "x"}})

    now = twin.view_of("U1")
    assert now is not None
    assert now.callback_id == "second"


def test_shortcuts_bring_a_trigger_and_the_message_they_were_chosen_for(twin: SlackTwin, tiny: TinyApp) -> None:
    heard: list[Json] = []

    def chosen(ack: Ack, body: Json) -> None:
        heard.append(body)
        tiny.client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    tiny.app.shortcut("on_message")(chosen)
    tiny.app.shortcut("anywhere")(chosen)
    said = twin.say("C1", "U1", "これを")

    assert twin.shortcut("C1", said.ts, "on_message", "U1").view().callback_id == "send"
    assert twin.global_shortcut("anywhere", "U1").acked

    of_message, anywhere = heard
    assert (of_message["type"], of_message["channel"]["id"]) == ("message_action", "C1")
    assert (of_message["message"]["text"], of_message["message"]["ts"]) == ("これを", said.ts)
    assert (anywhere["type"], "channel" in anywhere) == ("shortcut", False)


def test_a_home_is_pressed_as_a_view_of_no_channel(twin: SlackTwin, tiny: TinyApp) -> None:
    heard: list[Json] = []

    def pressed(ack: Ack, body: Json) -> None:
        heard.append(body)
        ack()

    tiny.app.action("at_home")(pressed)
    with pytest.raises(LookupError, match="no home"):
        twin.click_in_home("U1", "at_home")
    tiny.client.views_publish(user_id="U1", view={"type": "home", "blocks": [actions(button("at_home"))]})

    assert twin.click_in_home("U1", "at_home").acked

    assert (heard[0]["container"]["type"], "channel" in heard[0]) == ("view", False)
    assert heard[0]["view"]["type"] == "home"


def test_what_is_picked_in_a_modal_comes_in_the_fields_that_slack_uses(
    twin: SlackTwin, tiny: TinyApp, answer: Message
) -> None:
    sent: list[Json] = []

    def submitted(ack: Ack, view: Json) -> None:
        sent.append(view["state"]["values"])
        ack()

    tiny.app.view("picks")(submitted)
    kinds = {"day": "datepicker", "several": "multi_static_select", "boxes": "checkboxes"}
    inputs = [
        {
            "type": "input",
            "block_id": name,
            "label": {"type": "plain_text", "text": name},
            "element": {"type": kind, "action_id": name, **({} if name == "day" else {"options": OPTIONS})},
        }
        for name, kind in kinds.items()
    ]
    view = twin.click("C1", answer.ts, "open", "U1").view()
    tiny.client.views_update(view_id=view.id, view=modal(callback_id="picks", blocks=inputs))

    with pytest.raises(ValueError, match="day"):
        twin.submit("U1", {"day": {"day": "明日"}, "several": {"several": ["a"]}, "boxes": {"boxes": ["a"]}})
    twin.submit("U1", {"day": {"day": "2026-12-01"}, "several": {"several": ["a", "b"]}, "boxes": {"boxes": ["b"]}})

    [values] = sent
    assert values["day"]["day"] == {"type": "datepicker", "selected_date": "2026-12-01"}
    assert [one["value"] for one in values["several"]["several"]["selected_options"]] == ["a", "b"]
    assert [one["value"] for one in values["boxes"]["boxes"]["selected_options"]] == ["b"]


def test_the_stop_button_ends_the_streams_and_names_them(twin: SlackTwin, tiny: TinyApp) -> None:
    said = twin.say("C1", "U1", "質問")
    started = tiny.client.chat_startStream(
        channel="C1", thread_ts=said.ts, recipient_team_id="T1", recipient_user_id="U1", markdown_text="書き"
    )

    stopped = twin.stop_session("C1", said.ts, "U1")

    assert stopped.event["streaming_message_ts"] == [started["ts"]]
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        tiny.client.chat_appendStream(channel="C1", ts=started["ts"], markdown_text="かけ")


def test_shortcuts_need_their_scope() -> None:
    with SlackTwin(scopes=["chat:write", "app_mentions:read"], events=["app_mention"]) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        with pytest.raises(LookupError, match="commands"):
            twin.shortcut("C1", twin.say("C1", "U1", "文").ts, "point", "U1")
