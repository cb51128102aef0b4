"""Failing calls, seen by the real slack_sdk: what the caller believes, and what is true."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from .slack import Fault, SlackTwin
from .slack_app import client_of

POST = "chat.postMessage"


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin() as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


def post(twin: SlackTwin, text: str = "x", timeout: int = 5) -> None:
    client = client_of(twin)
    client.timeout = timeout
    client.chat_postMessage(channel="C1", text=text)


def texts(twin: SlackTwin) -> list[str]:
    return [message.text for message in twin.messages("C1")]


@pytest.mark.parametrize(
    ("fault", "raised", "stands"),
    [
        (Fault.rate_limited(retry_after=7), SlackApiError, []),
        (Fault.server_error(), SlackApiError, []),
        (Fault.server_error(applied=True), SlackApiError, ["x"]),
        (Fault.unavailable_html(), SlackApiError, []),
        (Fault.broken_json(), SlackApiError, ["x"]),
        (Fault.broken_json(applied=False), SlackApiError, []),
        (Fault.refused("fatal_error"), SlackApiError, []),
        (Fault.refused("fatal_error", applied=True), SlackApiError, ["x"]),
        (Fault.reset_before(), (ConnectionError, URLError), []),
        (Fault.reset_after(), (ConnectionError, URLError), ["x"]),
        (Fault.timed_out(0.2, applied=False), (ConnectionError, URLError), []),
        (Fault.timed_out(0.2, applied=True), (ConnectionError, URLError), ["x"]),
    ],
)
def test_a_fault_strikes_once_and_the_truth_is_kept(
    twin: SlackTwin, fault: Fault, raised: type[Exception], stands: list[str]
) -> None:
    twin.fault(POST, fault)

    with pytest.raises(raised):
        post(twin)

    assert texts(twin) == stands
    post(twin, "next")
    assert texts(twin) == [*stands, "next"]


def test_a_caller_that_waits_too_short_leaves_the_message_standing(twin: SlackTwin) -> None:
    twin.fault(POST, Fault.slow(1.5))

    with pytest.raises((TimeoutError, URLError)):
        post(twin, timeout=1)

    assert texts(twin) == ["x"]


def test_a_rate_limit_says_when_to_come_back(twin: SlackTwin) -> None:
    twin.fault(POST, Fault.rate_limited(retry_after=7))

    with pytest.raises(SlackApiError) as refused:
        post(twin)

    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")


def test_a_fault_can_spare_the_first_calls_and_strike_several(twin: SlackTwin) -> None:
    twin.fault(POST, Fault.refused("fatal_error"), times=2, after=1)

    failed = [fails(partial(post, twin, str(n))) for n in range(4)]

    assert failed == [False, True, True, False]


def test_the_default_client_doubles_a_post_whose_answer_was_lost(twin: SlackTwin) -> None:
    twin.fault(POST, Fault.reset_after())
    environ = twin.environ()

    WebClient(token=environ["SLACK_BOT_TOKEN"], base_url=environ["SLACK_API_URL"]).chat_postMessage(
        channel="C1", text="x"
    )

    assert texts(twin) == ["x", "x"]


@pytest.mark.parametrize("applied", [True, False])
def test_a_call_can_be_held_before_and_after_the_deed(twin: SlackTwin, applied: bool) -> None:
    gate = twin.hold(POST, applied=applied)
    caller = threading.Thread(target=post, args=(twin,))
    caller.start()

    assert gate.reached()
    held = texts(twin)
    gate.release()
    caller.join(5)

    assert (held, texts(twin)) == (["x"] if applied else [], ["x"])


def test_a_caller_that_died_at_the_gate_has_posted_nothing(twin: SlackTwin) -> None:
    gate = twin.hold(POST, applied=False)

    with pytest.raises((TimeoutError, URLError)):
        post(twin, timeout=1)
    gate.release()
    post(twin, "next")

    twin.wait(lambda t: len(t.calls_of(POST)) == 2)
    assert texts(twin) == ["next"]


def test_a_refused_connection_comes_back_on_the_same_port(twin: SlackTwin) -> None:
    twin.refuse()
    with pytest.raises((ConnectionError, URLError)):
        post(twin)

    twin.accept()
    post(twin, "next")

    assert texts(twin) == ["next"]


def test_a_channel_takes_one_post_a_second_when_the_limit_is_on(twin: SlackTwin) -> None:
    twin.channel("C2")
    twin.limit_posts(per_s=2.0)

    post(twin, "one")
    with pytest.raises(SlackApiError, match="ratelimited"):
        post(twin, "two")
    client_of(twin).chat_postMessage(channel="C2", text="another channel")
    time.sleep(0.55)
    post(twin, "three")

    assert texts(twin) == ["one", "three"]


def fails(call: Callable[[], None]) -> bool:
    try:
        call()
    except SlackApiError:
        return True
    return False
