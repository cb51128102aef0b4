"""Consent before a hand-over in Slack: no case without a yes, nothing silent, asked once more and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from consultation.case import CaseState
from consultation.consent import Consent
from consultation.outcome import Reason
from records.pages import Pages
from records.registry import Registry
from tests.bot.bench import BODY, CONSULTANTS, MINATO, OTHER_STAFF, SHINGU, STAFF, Bench, logged, settle
from tests.bot.test_handing_on import case


@pytest.fixture
def asking(bench: Bench) -> Bench:
    bench.ledger.write(lambda session: Registry(session).ask_consent(BODY, asks=True))
    return bench


def asked(bench: Bench) -> tuple[str, str]:
    """A question about which it is asked; its ts, and that of the message with the buttons."""
    ts = bench.ask("自信のないことです")
    bench.says(SHINGU, ts)
    return ts, bench.twin.answers(SHINGU, ts)[0].ts


def test_a_yes_opens_the_case_for_the_reason_it_was_asked_about(asking: Bench):
    ts, message = asked(asking)
    assert asking.button(SHINGU, message, "consent.give")
    assert not asking.button(SHINGU, message, "handoff.withdraw")
    assert logged(asking)[0].is_asked_consent
    assert asking.ledger.read(lambda session: Pages(session).open_cases()) == []

    for _ in range(2):
        asking.twin.click(SHINGU, message, "consent.give", STAFF)

    assert "引き継ぎました" in asking.says(SHINGU, ts, 2)[1]
    assert "に取り次ぎました" in str(asking.twin.answers(SHINGU, ts)[1].blocks)
    assert asking.card()
    assert case(asking, ts).reason is Reason.LOW_CONFIDENCE
    assert logged(asking)[0].consent is Consent.GIVEN
    asking.twin.click(SHINGU, message, "consent.refuse", STAFF)
    assert "すでに引き継いでいます" in asking.twin.ephemerals(SHINGU, STAFF)[-1].text
    assert len(asking.twin.answers(SHINGU, ts)) == 2


def test_a_no_is_acknowledged_and_may_become_a_yes(asking: Bench):
    ts, message = asked(asking)

    asking.twin.click(SHINGU, message, "consent.refuse", STAFF)
    assert "引き継ぎはしていません" in asking.says(SHINGU, ts, 2)[1]
    settle(asking, 0.3)
    assert [m for m in asking.twin.messages(CONSULTANTS) if m.bot_id] == []

    asking.twin.click(SHINGU, message, "consent.give", STAFF)
    asking.says(SHINGU, ts, 3)
    assert case(asking, ts).state is CaseState.WAITING


def test_who_says_nothing_is_asked_once_more_and_then_no_more(asking: Bench):
    ts, _ = asked(asking)
    later = [datetime.now(UTC) + timedelta(hours=hours) for hours in range(24 * 14)]

    assert sum(asking.desk.consents.look(moment) for moment in later) == 1
    assert "これで最後" in asking.says(SHINGU, ts, 2)[1]
    again = asking.twin.answers(SHINGU, ts)[1].ts
    asking.twin.click(SHINGU, again, "consent.give", STAFF)
    asking.says(SHINGU, ts, 3)
    assert case(asking, ts).state is CaseState.WAITING


def test_who_went_on_is_not_asked_again(asking: Bench):
    ts, _ = asked(asking)
    asking.twin.say(SHINGU, STAFF, "効果は？", ts)
    asking.says(SHINGU, ts, 2)

    assert asking.desk.consents.look(datetime.now(UTC) + timedelta(days=14)) == 0


def test_what_calls_for_a_person_is_handed_over_at_once_and_so_is_all_of_a_body_that_does_not_ask(asking: Bench):
    urgent = asking.ask("人を呼んで")
    asking.says(SHINGU, urgent)
    assert case(asking, urgent).state is CaseState.WAITING

    elsewhere = asking.ask("自信のないことです", OTHER_STAFF, MINATO)
    asking.says(MINATO, elsewhere)
    assert len(asking.ledger.read(lambda session: Pages(session).open_cases())) == 2
