"""Block Kit's limits: one step over each is refused, and noted as a violation."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from .slack import SlackTwin
from .slack.blocks import message_problems, view_problems
from .slack_app import actions, button, client_of, feedback, modal, section, text

Json = dict[str, Any]


@pytest.fixture(scope="module")
def twin() -> Iterator[SlackTwin]:
    with SlackTwin() as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


def option(n: int, **more: Any) -> Json:
    return {"text": text(f"選択{n}"), "value": f"v{n}", **more}


def select(count: int, kind: str = "static_select") -> Json:
    return actions({"type": kind, "action_id": "s", "options": [option(n) for n in range(count)]})


def confirmed(**parts: int) -> Json:
    lengths = {"title": 100, "text": 300, "confirm": 30, "deny": 30} | parts
    return actions(button("a") | {"confirm": {name: text("あ" * length) for name, length in lengths.items()}})


ROW = [{"type": "raw_text", "text": "x"}]
IMAGE = {"type": "image", "image_url": "https://example.jp/a.png"}
WELL: dict[str, Any] = {
    "all kinds together": [section("x"), {"type": "divider"}, actions(button("a")), feedback()],
    "fifty blocks": [{"type": "divider"}] * 50,
    "section of 3,000": [section("あ" * 3000)],
    "header of 150": [{"type": "header", "text": text("あ" * 150)}],
    "25 actions": [actions(*[button(f"a{n}") for n in range(25)])],
    "button of 75 and 2,000": [actions(button("a", "v" * 2000, "あ" * 75))],
    "100 options": [select(100)],
    "five in overflow": [select(5, "overflow")],
    "full confirm": [confirmed()],
    "12,000 markdown": [{"type": "markdown", "text": "あ" * 6000}] * 2,
    "table of 100 x 20": [{"type": "table", "rows": [ROW * 20] * 100}],
    "image": [IMAGE | {"alt_text": "図"}],
}
ILL: dict[str, Any] = {
    "no list": {"type": "section"},
    "51 blocks": [{"type": "divider"}] * 51,
    "unknown block": [{"type": "paragraph"}],
    "unknown field": [section("x", colour="red")],
    "empty section": [{"type": "section"}],
    "empty text": [section("")],
    "section of 3,001": [section("あ" * 3001)],
    "eleven fields": [{"type": "section", "fields": [text("x")] * 11}],
    "field of 2,001": [{"type": "section", "fields": [text("あ" * 2001)]}],
    "header of 151": [{"type": "header", "text": text("あ" * 151)}],
    "header in mrkdwn": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "block_id twice": [section("x", block_id="b"), section("y", block_id="b")],
    "block_id of 256": [section("x", block_id="b" * 256)],
    "action_id twice in a block": [actions(button("a"), button("a"))],
    "action_id of 256": [actions(button("a" * 256))],
    "26 actions": [actions(*[button(f"a{n}") for n in range(26)])],
    "no actions": [actions()],
    "button of 76": [actions(button("a", words="あ" * 76))],
    "value of 2,001": [actions(button("a", "v" * 2001))],
    "value that is no text": [actions(button("a") | {"value": 7})],
    "url of 3,001": [actions(button("a") | {"url": "https://" + "x" * 2993})],
    "unknown style": [actions(button("a") | {"style": "green"})],
    "101 options": [select(101)],
    "option of 76": [actions({"type": "static_select", "options": [option(1, text=text("あ" * 76))]})],
    "option value of 151": [actions({"type": "static_select", "options": [option(1, value="v" * 151)]})],
    "six in overflow": [select(6, "overflow")],
    "eleven radio buttons": [select(11, "radio_buttons")],
    "placeholder of 151": [actions({"type": "users_select", "placeholder": text("あ" * 151)})],
    "confirm title of 101": [confirmed(title=101)],
    "confirm text of 301": [confirmed(text=301)],
    "confirm of 31": [confirmed(confirm=31)],
    "deny of 31": [confirmed(deny=31)],
    "eleven in context": [{"type": "context", "elements": [text("x")] * 11}],
    "six in context_actions": [feedback() | {"elements": feedback()["elements"] * 6}],
    "feedback among actions": [actions(*feedback()["elements"])],
    "button among context_actions": [feedback() | {"elements": [button("a")]}],
    "12,001 markdown in sum": [{"type": "markdown", "text": "あ" * 6001}, {"type": "markdown", "text": "あ" * 6000}],
    "two tables": [{"type": "table", "rows": [ROW]}] * 2,
    "table of 101 rows": [{"type": "table", "rows": [ROW] * 101}],
    "table of 21 columns": [{"type": "table", "rows": [ROW * 21]}],
    "image without alt text": [IMAGE],
}
ILL_VIEWS: dict[str, Json] = {
    "title of 25": modal(title=text("あ" * 25)),
    "no title": modal(title=None),
    "submit of 25": modal(submit=text("あ" * 25)),
    "close of 25": modal(close=text("あ" * 25)),
    "input without submit": modal(submit=None),
    "private_metadata of 3,001": modal(private_metadata="x" * 3001),
    "callback_id of 256": modal(callback_id="x" * 256),
    "101 blocks": modal(blocks=[{"type": "divider"}] * 101),
    "no blocks": {"type": "modal", "title": text("x")},
    "markdown in a modal": modal(blocks=[{"type": "markdown", "text": "x"}]),
    "feedback in a modal": modal(blocks=[feedback()]),
    "more than 250 kB": modal(blocks=[section("あ" * 3000) for _ in range(30)]),
    "label of 2,001": modal(blocks=[modal()["blocks"][0] | {"label": text("あ" * 2001)}]),
    "a form": {"type": "form", "blocks": []},
}


@pytest.mark.parametrize("name", WELL)
def test_slack_takes(name: str) -> None:
    assert message_problems(WELL[name]) == []


@pytest.mark.parametrize("name", ILL)
def test_slack_refuses_a_message_with(twin: SlackTwin, name: str) -> None:
    twin.violations.clear()
    before = len(twin.messages("C1"))

    with pytest.raises(SlackApiError) as refused:
        client_of(twin).chat_postMessage(channel="C1", text="x", blocks=ILL[name])

    assert refused.value.response["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks" in refused.value.response["response_metadata"]["messages"][0]
    assert twin.violations
    assert len(twin.messages("C1")) == before


@pytest.mark.parametrize("name", ILL_VIEWS)
def test_slack_refuses_a_modal_with(twin: SlackTwin, name: str) -> None:
    twin.violations.clear()

    with pytest.raises(SlackApiError) as refused:
        client_of(twin).views_open(trigger_id="x", view=ILL_VIEWS[name])

    assert refused.value.response["error"] == "invalid_arguments"
    assert twin.violations
    assert all(problem.startswith("views.open: [ERROR]") for problem in twin.violations)


def test_slack_takes_an_ordinary_modal() -> None:
    assert view_problems(modal(blocks=[*modal()["blocks"], *[{"type": "divider"}] * 99])) == []


def test_blocks_without_text_are_posted_but_noted(twin: SlackTwin) -> None:
    twin.violations.clear()

    client_of(twin).api_call("chat.postMessage", json={"channel": "C1", "blocks": [section("x")]})

    assert len(twin.violations) == 1
    assert "blocks without text" in twin.violations[0]


def test_one_action_id_in_two_blocks_is_a_warning(twin: SlackTwin) -> None:
    twin.violations.clear()

    client_of(twin).chat_postMessage(channel="C1", text="x", blocks=[actions(button("a")), actions(button("a"))])

    assert (twin.violations, twin.warnings) == ([], ["chat.postMessage: action_id a in two blocks"])


def test_blocks_may_come_as_text_in_a_form(twin: SlackTwin) -> None:
    form = {"channel": "C1", "text": "x", "blocks": '[{"type":"divider"}]'}

    client_of(twin).api_call("chat.postMessage", data=form)

    assert twin.messages("C1")[-1].blocks[0]["type"] == "divider"
