"""The door itself: who may knock, what happens while the log is locked, and Slack going away and coming back."""

import sqlite3
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.door import SlackDoor
from consultation.errors import WrongSetting
from records.pages import LogFilter, Pages
from tests.bot.bench import (
    BODY,
    CONSULTANTS,
    SATO,
    SHINGU,
    STAFF,
    TEAM,
    Bench,
    free_port,
    running_bench,
    slack_settings,
)
from tests.twins.slack import Retries


@pytest.fixture
def bench(tmp_path):
    with running_bench(tmp_path, "socket", retries=Retries(delays_s=(0.1, 1.0, 3.0))) as running:
        yield running
        assert running.twin.violations == []


@pytest.fixture
def http(tmp_path):
    with running_bench(tmp_path, "http") as running:
        yield running


@contextmanager
def locked(home: Path):
    """Somebody else holds the log's database."""
    connection = sqlite3.connect(home / "madoguchi.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def count(bench: Bench) -> int:
    return len(bench.ledger.read(lambda session: Pages(session).log(LogFilter())))


def test_what_cannot_be_kept_is_not_acknowledged_and_comes_again(bench: Bench):
    with locked(bench.home):
        sent = bench.twin.say(SHINGU, STAFF, "効果は？", mention=True)
        bench.twin.wait(lambda _: all(delivery.attempts for delivery in sent.deliveries))
        assert not any(delivery.acked for delivery in sent.deliveries)

    assert sent.wait()
    bench.says(SHINGU, sent.ts)
    assert count(bench) == 1
    assert all(attempt.took_s < 3.2 for delivery in sent.deliveries for attempt in delivery.attempts)


def test_a_click_that_cannot_be_done_is_told_with_a_reference(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)
    answer = bench.twin.answers(SHINGU, ts)[0]

    with locked(bench.home):
        bench.twin.click(SHINGU, answer.ts, "handoff.request", STAFF)
        [told] = bench.twin.wait(lambda t: t.ephemerals(SHINGU, STAFF))

    assert "参照番号" in told.text


def test_an_answer_that_cannot_be_kept_stays_in_its_modal(bench: Bench):
    ts = bench.ask("人を呼んで")
    bench.says(SHINGU, ts)
    card = bench.card()
    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()

    with locked(bench.home):
        kept = bench.twin.submit(SATO, {"reply": {"reply": "回答"}})
    assert "参照番号" in kept.errors["reply"]

    assert bench.twin.submit(SATO, {"reply": {"reply": "回答"}}).errors == {}
    bench.twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if m.username])


def test_bolts_own_oauth_variables_are_ignored(monkeypatch, tmp_path):
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))

    with running_bench(tmp_path, "http") as bench:
        ts = bench.ask("効果は？")

        bench.says(SHINGU, ts)
        assert get(bench, "/slack/install") == 404
        assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("forgery", ["unsigned", "wrong_signature", "old_timestamp", "altered_body"])
def test_a_request_that_is_not_slacks_is_turned_away(http: Bench, forgery):
    event = {"type": "app_mention", "channel": SHINGU, "user": STAFF, "ts": "1.1", "text": "<@U0BOT> 効果は？"}

    assert http.twin.forge(event, forgery) == 401
    assert count(http) == 0


def test_slack_can_verify_the_address_and_an_operator_its_health(http: Bench):
    assert http.twin.verify_url()
    assert get(http, "/healthz") == 200
    assert get(http, "/") == 404
    assert http.door.is_healthy


def get(bench: Bench, path: str) -> int:
    address = bench.twin._carrier.transport.url.removesuffix("/slack/events")
    try:
        with urllib.request.urlopen(address + path, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_cut_connection_is_built_again(bench: Bench):
    bench.twin.cut()
    bench.twin.wait(lambda t: bench.door.is_healthy and t.connections)

    ts = bench.ask("効果は？")

    assert bench.says(SHINGU, ts)


def test_a_refreshed_connection_loses_nothing(bench: Bench):
    bench.twin.refresh()

    ts = bench.ask("効果は？")

    assert bench.says(SHINGU, ts)


@pytest.mark.parametrize(("variable", "named"), [("slack_bot_token", "BOT_TOKEN"), ("slack_app_token", "APP_TOKEN")])
def test_a_token_that_slack_does_not_know_stops_the_start_with_one_line(bench: Bench, variable, named):
    from pydantic import SecretStr

    settings = slack_settings(bench.twin, "socket").model_copy(update={variable: SecretStr("xoxb-wrong")})
    door = SlackDoor(settings, bench.desk, bench.ledger)

    with pytest.raises(WrongSetting) as wrong:
        door.start()

    assert named in wrong.value.reason
    door.stop()


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_a_port_that_cannot_be_listened_at_stops_the_start_with_one_line(http: Bench, host):
    taken = http.door._settings.slack_port
    settings = slack_settings(http.twin, "http", taken).model_copy(update={"slack_host": host})
    door = SlackDoor(settings, http.desk, http.ledger)

    with pytest.raises(WrongSetting, match="MADOGUCHI_SLACK_PORT") as wrong:
        door.start()

    assert str(taken) in wrong.value.reason
    assert "\n" not in wrong.value.reason
    door.stop()
    assert get(http, "/healthz") == 200


def test_a_desk_that_starts_while_slack_is_away_opens_later(bench: Bench):
    bench.door.stop()
    bench.twin.refuse()
    door = SlackDoor(slack_settings(bench.twin, "http", free_port()), bench.desk, bench.ledger)
    door.start()
    assert not door.is_healthy

    bench.twin.accept()

    bench.twin.wait(lambda _: door.is_healthy)
    door.stop()
    assert not door.is_healthy


def test_a_guest_of_another_workspace_asks_for_the_body_of_the_channel(bench: Bench):
    bench.twin.workspace("T2")
    bench.twin.user("U2GUEST", "T2", "来客")
    bench.twin.share(SHINGU)

    ts = bench.ask("効果は？", "U2GUEST")

    bench.says(SHINGU, ts)
    [line] = bench.ledger.read(lambda session: Pages(session).log(LogFilter(body=BODY)))
    assert line.consultation.place.team == TEAM
    answer = bench.twin.answers(SHINGU, ts)[0]
    assert bench.twin.click(SHINGU, answer.ts, "source.show", "U2GUEST").view()
