"""A locked database: whoever asks is told within Slack's patience, and nothing is half done."""

import time
from collections.abc import Iterator

import pytest

from consultation.errors import Unavailable
from consultation.inquiry import MessageKey
from consultation.outcome import OutcomeKind
from desk.casework import Done
from desk.desk import ACCEPT_WITHIN_S
from records.pages import Pages
from tests.desk.bench import Bench, open_bench, until
from tests.records import stock
from tests.records.databases import sqlite_database
from tests.records.locking import locked

SLACKS_PATIENCE_S = 3.0
LOCKED_S = 4.0


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, str, str]]:
    home = tmp_path_factory.mktemp("home")
    url = sqlite_database(home)
    with open_bench(url, home) as bench:
        bench.ask("はじめの質問", "C0")
        bench.settled(1, "C0")
        yield bench, url, f"sqlite:///{home / 'workflows.db'}"


@pytest.mark.parametrize("which", [1, 2], ids=["log", "workflows"])
def test_a_question_is_not_accepted_while_locked_and_accepted_afterwards(
    opened: tuple[Bench, str, str], which: int
) -> None:
    bench, room = opened[0], f"C{which}"
    with locked(str(opened[which]), LOCKED_S):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            bench.ask("鍵のかかった質問", room)
        assert time.monotonic() - began < SLACKS_PATIENCE_S

    asked = bench.ask("鍵のかかった質問", room)

    assert bench.desk.wait(asked, 40).outcome is OutcomeKind.ANSWER
    assert len(bench.settled(1, room)) == 1
    found = bench.ledger.read(lambda session: Pages(session).inquiry_of(MessageKey(f"{room}:鍵のかかった質問")))
    assert found is not None
    assert len(stock.file_of(bench.ledger, found.consultation_id).inquiries) == 1


def test_a_deed_is_done_though_its_posts_start_later(opened: tuple[Bench, str, str]) -> None:
    bench, _, workflows = opened
    case = bench.case(bench.ask("担当者に聞きたい", "C3"))
    bench.settled(1, "C3")
    with locked(workflows, 1.5):
        began = time.monotonic()
        assert isinstance(bench.desk.cases.claim(case, bench.consultants[0]), Done)
        assert time.monotonic() - began < SLACKS_PATIENCE_S

    assert [post["purpose"] for post in bench.settled(2, "C3")] == ["outcome", "claimed"]


def test_a_lock_in_the_middle_of_a_question_delays_it_only(opened: tuple[Bench, str, str]) -> None:
    bench, url, _ = opened
    bench.answerer.waiting.clear()
    asked = bench.ask("ゆっくり考える質問", "C4")
    assert bench.answerer.waiting.wait(40)

    with locked(url, LOCKED_S):
        bench.answerer.go_on.set()
        time.sleep(LOCKED_S)

    assert bench.desk.wait(asked, 40).outcome is OutcomeKind.ANSWER
    until(lambda: len(bench.settled(1, "C4")) == 1)


def test_the_patience_leaves_slack_time_for_the_way() -> None:
    assert ACCEPT_WITHIN_S < SLACKS_PATIENCE_S
