"""The postman against every way in which Slack can fail: what is known, what is not, and nothing twice by itself."""

import dataclasses

import pytest

from consultation.errors import PostDelayed, PostRefused, PostUnknown
from consultation.inquiry import Channel
from desk.letters import Purpose
from tests.bot.bench import CONSULTANTS, SHINGU, STAFF, TEAM, a_postman, a_twin
from tests.bot.letters import Place, letter
from tests.records.databases import sqlite_log
from tests.twins.slack import Fault


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    ledger = sqlite_log(tmp_path_factory.mktemp("post"))
    yield ledger
    ledger.close()


@pytest.fixture
def twin():
    with a_twin() as twin:
        yield twin
        assert twin.violations == []


@pytest.fixture
def postman(twin, ledger):
    return a_postman(twin, ledger)


@pytest.fixture
def asked_at(twin) -> str:
    return twin.say(SHINGU, STAFF, "質問").ts


def to(room: str, thread: str, purpose: Purpose = Purpose.OUTCOME):
    made = letter(purpose)
    delivery = dataclasses.replace(made.delivery, place=Place(Channel.SLACK, TEAM, room, thread))
    return dataclasses.replace(made, delivery=delivery)


def test_a_post_is_found_again_by_its_delivery(postman, twin, asked_at):
    ref = postman.post(to(SHINGU, asked_at))

    assert postman.find(to(SHINGU, asked_at)) == ref
    assert postman.find(to(SHINGU, asked_at, Purpose.RESOLVED)) is None


def test_a_post_is_found_on_later_pages(postman, twin, asked_at):
    for number in range(450):
        twin.world.add(_reply(twin, asked_at, number))
    ref = postman.post(to(SHINGU, asked_at))

    assert postman.find(to(SHINGU, asked_at)) == ref


def _reply(twin, thread: str, number: int):
    from tests.twins.slack import Message

    return Message(SHINGU, twin.world.ts(), f"話 {number}", STAFF, thread)


def test_somebody_elses_copy_of_the_mark_is_not_ours(postman, twin, asked_at):
    ours = to(SHINGU, asked_at)
    forged = _reply(twin, asked_at, 0)
    forged.metadata = {"event_type": "madoguchi_delivery", "event_payload": {"delivery": ours.delivery.id}}
    forged.bot_id = "B0OTHER"
    twin.world.add(forged)

    assert postman.find(ours) is None


def test_a_card_is_found_in_the_channel_and_brought_up_to_date(postman, twin):
    card = to(CONSULTANTS, "", Purpose.CARD)
    ref = postman.post(card)

    assert postman.find(card) == ref
    state = dataclasses.replace(to(CONSULTANTS, "", Purpose.CARD_STATE), card_ref=ref)
    assert postman.find(state) is None
    assert postman.post(state) == ref
    assert len(twin.messages(CONSULTANTS)) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault.server_error(applied=True),
        Fault.server_error(),
        Fault.unavailable_html(),
        Fault.broken_json(),
        Fault.reset_before(),
        Fault.reset_after(),
        Fault.refused("internal_error", applied=True),
        Fault.timed_out(0.3, applied=True),
    ],
)
def test_what_may_stand_is_unknown_and_is_sent_once_only(postman, twin, asked_at, fault):
    twin.fault("chat.postMessage", fault)

    with pytest.raises(PostUnknown):
        postman.post(to(SHINGU, asked_at))

    assert len(twin.calls_of("chat.postMessage")) == 1
    stands = len(twin.answers(SHINGU, asked_at)) == 1
    assert (postman.find(to(SHINGU, asked_at)) is not None) == stands == fault.applied


def test_a_limit_says_how_long_to_wait(postman, twin, asked_at):
    twin.fault("chat.postMessage", Fault.rate_limited(7))

    with pytest.raises(PostDelayed) as delay:
        postman.post(to(SHINGU, asked_at))

    assert delay.value.retry_after_s == 7


def test_a_refused_connection_is_a_delay(postman, twin, asked_at):
    twin.refuse()

    with pytest.raises(PostDelayed):
        postman.post(to(SHINGU, asked_at))

    twin.accept()


@pytest.mark.parametrize(
    "code", ["is_archived", "token_revoked", "invalid_blocks", "msg_too_long", "restricted_action"]
)
def test_a_refusal_for_good_carries_slacks_word(postman, twin, asked_at, code):
    twin.fault("chat.postMessage", Fault.refused(code))

    with pytest.raises(PostRefused) as refusal:
        postman.post(to(SHINGU, asked_at))

    assert refusal.value.code == code


def test_looking_in_a_place_that_is_gone_finds_nothing(postman, twin):
    assert postman.find(to("C0GONE", "1700000000.000100")) is None
    twin.uninstall()
    assert postman.find(to(SHINGU, "1700000000.000100")) is None


def test_looking_while_slack_fails_is_unknown(postman, twin, asked_at):
    twin.fault("conversations.replies", Fault.server_error())

    with pytest.raises(PostUnknown):
        postman.find(to(SHINGU, asked_at))
