"""Stopping and starting: what was begun goes on, quickly and quietly, and nothing is stranded."""

import logging
import threading
import time
from pathlib import Path

import pytest
from dbos import DBOS

from answering.question import Question
from answering.telling import Tell
from consultation.errors import PostDelayed
from consultation.outcome import Finding, OutcomeKind
from desk.engine import CLOSE_WITHIN_S
from records.ledger import Ledger
from records.pages import Pages
from records.postbook import WAITING, PostBook
from tests.desk.bench import CARDS, Channels, Scripted, open_bench, until
from tests.records import stock
from tests.records.stock import NOW, SAITAMA

ROOM = "C1"


def test_what_was_entered_and_never_started_is_started_at_launch(url: str, tmp_path: Path) -> None:
    """A crash between the two commits."""
    ledger = Ledger(url)
    stock.register(ledger, SAITAMA)
    asked = stock.enter(ledger, stock.inquiry("k1", "始まらなかった質問")).inquiry_id
    ledger.close()

    with open_bench(url, tmp_path) as bench:
        assert bench.desk.wait(asked, 40).outcome is OutcomeKind.ANSWER
        assert [post["question"] for post in bench.settled(1, ROOM)] == ["始まらなかった質問"]


def test_what_was_planned_and_never_dispatched_is_posted_at_launch(url: str, tmp_path: Path) -> None:
    ledger = Ledger(url)
    stock.register(ledger, SAITAMA)
    inquiry = stock.inquiry("k1")
    asked = stock.enter(ledger, inquiry).inquiry_id
    stock.record(ledger, asked, stock.answer("計画された回答"))
    ledger.write(lambda session: PostBook(session).plan("outcome", inquiry.place, NOW, inquiry_id=asked))
    ledger.close()

    with open_bench(url, tmp_path) as bench:
        assert [post["text"] for post in bench.settled(1, ROOM)] == ["計画された回答"]


def test_a_post_that_waits_goes_on_after_a_restart_with_other_code(url: str, tmp_path: Path) -> None:
    channels = Channels(tmp_path / "posts.jsonl")
    channels.fault(ROOM, PostDelayed(2.0))
    with open_bench(url, tmp_path, channels=channels) as bench:
        asked = bench.ask("担当者に聞きたい", ROOM)
        until(lambda: channels.tries)
        began = time.monotonic()
    assert time.monotonic() - began < CLOSE_WITHIN_S - 1

    class Other(Channels):
        """As the next version might post."""

    class Later(Scripted):
        """As the next version might consider."""

        def consider(self, question: Question, tell: Tell) -> Finding:  # noqa: ARG002
            raise AssertionError("what is decided is not considered again")

    with open_bench(url, tmp_path, channels=Other(channels.path), answerer=Later()) as bench:
        assert [post["inquiry"] for post in bench.settled(1, ROOM)] == [asked]
        until(lambda: bench.channels.purposes(CARDS.room) == ["card"])
        assert bench.outcomes(asked) == 1


def test_a_question_in_the_middle_of_considering_is_not_lost(url: str, tmp_path: Path) -> None:
    answerer = Scripted()
    with open_bench(url, tmp_path, answerer=answerer) as bench:
        asked = bench.ask("ゆっくり考える質問", ROOM)
        assert answerer.waiting.wait(40)
        threading.Timer(0.5, answerer.go_on.set).start()

    with open_bench(url, tmp_path) as bench:
        bench.answerer.go_on.set()
        assert bench.desk.wait(asked, 40).outcome is OutcomeKind.ANSWER
        assert len(bench.settled(1, ROOM)) == 1
        assert bench.outcomes(asked) == 1


def test_closing_in_the_middle_of_work_logs_no_error(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.WARNING)
    with open_bench(url, tmp_path) as bench:
        asked = [bench.ask(f"担当者に{n}", f"C{n}") for n in range(10)]
        bench.desk.wait(asked[0], 40)
    time.sleep(0.5)

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "rror" not in "".join(capfd.readouterr())
    with open_bench(url, tmp_path) as bench:
        assert all(bench.desk.wait(one, 40).outcome is OutcomeKind.HANDOFF for one in asked)


def test_a_desk_at_rest_closes_at_once(url: str, tmp_path: Path) -> None:
    with open_bench(url, tmp_path) as bench:
        bench.ask("質問", ROOM)
        bench.settled(1, ROOM)
        until(lambda: DBOS.list_workflows(status="PENDING") == [])
        began = time.monotonic()

    assert time.monotonic() - began < 2.0


def test_without_tokens_posts_wait_for_a_launch_with_them(url: str, tmp_path: Path) -> None:
    with open_bench(url, tmp_path, slack=False) as bench:
        asked = bench.ask("担当者に聞きたい", ROOM)
        assert bench.desk.wait(asked, 40).outcome is OutcomeKind.HANDOFF
        until(lambda: DBOS.list_workflows(name="deliver", status="SUCCESS"))
        planned = bench.ledger.read(lambda session: PostBook(session).unsettled())
        assert {row.state for row in planned} == {WAITING}

    with open_bench(url, tmp_path) as bench:
        assert [post["inquiry"] for post in bench.settled(1, ROOM)] == [asked]
        until(lambda: bench.channels.purposes(CARDS.room) == ["card"])


def test_a_question_whose_workflow_ended_in_vain_gets_another(url: str, tmp_path: Path) -> None:
    answerer = Scripted()
    with open_bench(url, tmp_path, answerer=answerer) as bench:
        asked = bench.ask("ゆっくり考える質問", ROOM)
        assert answerer.waiting.wait(40)
        DBOS.cancel_workflow(asked)
        answerer.go_on.set()
        until(lambda: DBOS.get_workflow_status(asked).status == "CANCELLED")

    with open_bench(url, tmp_path) as bench:
        bench.answerer.go_on.set()
        assert bench.desk.wait(asked, 40).outcome is OutcomeKind.ANSWER


def test_healing_leaves_alone_what_is_carried(url: str, tmp_path: Path) -> None:
    channels = Channels(tmp_path / "posts.jsonl")
    channels.fault(ROOM, PostDelayed(60.0))
    with open_bench(url, tmp_path, channels=channels) as bench:
        bench.ask("質問", ROOM)
        until(lambda: channels.tries)
        until(lambda: DBOS.list_workflows(status="DELAYED"))
        assert bench.desk.heal() == 0
        assert len(bench.ledger.read(lambda session: PostBook(session).unsettled())) == 1


def test_the_log_keeps_every_question_once_over_restarts(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        with open_bench(url, tmp_path) as bench:
            asked = bench.ask("同じ質問", ROOM)
            bench.settled(1, ROOM)
            assert bench.outcomes(asked) == 1
            assert bench.ledger.read(lambda session: Pages(session).unstarted()) == []
