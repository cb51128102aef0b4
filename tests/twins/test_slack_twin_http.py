"""Signed HTTP, checked by the real slack_bolt and slack_sdk."""

import json
from collections.abc import Iterator

import pytest
from slack_bolt import BoltResponse
from slack_sdk.signature import SignatureVerifier

from .slack import Retries, SlackTwin
from .slack.posting import JSON_BODY, signed
from .slack.trouble import Forgery
from .slack_app import TinyApp, by_http

EVENT = {"type": "message", "channel": "C1", "user": "U1", "text": "偽", "ts": "1.000001"}


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin(retries=Retries(ack_timeout_s=1.0, delays_s=(0.05, 0.1))) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


@pytest.fixture
def tiny(twin: SlackTwin) -> Iterator[TinyApp]:
    with by_http(twin) as tiny:
        yield tiny


def test_the_signature_is_the_one_that_slacks_sdk_verifies(twin: SlackTwin) -> None:
    body = json.dumps({"text": "窓口"}).encode()

    request = signed(twin.signing_secret, body, JSON_BODY)

    verifier = SignatureVerifier(twin.signing_secret)
    assert verifier.is_valid_request(body, request.headers)
    assert not verifier.is_valid_request(body + b" ", request.headers)
    assert not SignatureVerifier("another").is_valid_request(body, request.headers)


def test_the_address_is_verified(twin: SlackTwin, tiny: TinyApp) -> None:
    assert twin.verify_url()


def test_a_question_and_a_modal_go_over_http(twin: SlackTwin, tiny: TinyApp) -> None:
    sent = twin.say("C1", "U1", "質問", mention=True)
    assert sent.wait()
    answer = twin.wait(lambda t: t.answers("C1", sent.ts))[0]

    twin.click("C1", answer.ts, "open", "U1").view()
    errors = twin.submit("U1", {"reply": {"reply": "だめ"}}).errors
    taken = twin.submit("U1", {"reply": {"reply": "よい返事"}})

    assert (errors, taken.acked, tiny.replies) == ({"reply": "書き直してください"}, True, ["よい返事"])
    assert twin.view_of("U1") is None


def test_what_was_not_acked_is_posted_again_with_number_and_reason(twin: SlackTwin, tiny: TinyApp) -> None:
    tiny.deaf_for = 1

    sent = twin.say("C1", "U1", "質問")

    assert sent.wait()
    assert "x-slack-retry-num" not in tiny.headers[0]
    assert (tiny.headers[1]["x-slack-retry-num"], tiny.headers[1]["x-slack-retry-reason"]) == (["1"], ["http_error"])


def test_an_app_can_forgo_the_retries(twin: SlackTwin, tiny: TinyApp) -> None:
    tiny.app.middleware(lambda: BoltResponse(status=500, headers={"X-Slack-No-Retry": "1"}))

    sent = twin.say("C1", "U1", "質問")

    assert not sent.wait()
    assert len(sent.deliveries[0].attempts) == 1


def test_an_app_that_is_away_fails_every_attempt(twin: SlackTwin) -> None:
    with by_http(twin):
        """Comes and goes."""

    sent = twin.say("C1", "U1", "質問")

    assert not sent.wait()
    assert [attempt.outcome.reason for attempt in sent.deliveries[0].attempts] == ["connection_failed"] * 3


@pytest.mark.parametrize("forgery", ["unsigned", "wrong_signature", "old_timestamp", "altered_body"])
def test_a_forged_request_is_turned_away(twin: SlackTwin, tiny: TinyApp, forgery: Forgery) -> None:
    assert twin.forge(EVENT, forgery) == 401
    assert tiny.events == []


def test_a_request_that_is_not_forged_is_let_in(twin: SlackTwin, tiny: TinyApp) -> None:
    assert twin.forge(EVENT, "none") == 200
    assert len(tiny.events) == 1
