"""The report on a file of questions."""

from pathlib import Path

import pytest

from evals.consult import OUTCOMES, consult, questions_in, report

ROWS = 'id\tquestion\texpected\ttopic\tnote\nQ1\t"AI"とは\tanswer\tT02\t\nQ2\t天気は\trefuse\tX0\t範囲外\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_an_answer_that_should_not_have_been_given_is_listed(file: Path) -> None:
    results = consult(list(questions_in(file)), lambda question: ("answer", f"{question}?"))
    assert [result.is_wrong_answer for result in results] == [False, True]
    assert "wrong machine answers: 1" in report(results)
    assert "Q2 expected refuse (X0): 天気は" in report(results)


def test_a_question_keeps_its_quotation_marks(file: Path) -> None:
    assert [question.question for question in questions_in(file)] == ['"AI"とは', "天気は"]


def test_the_table_counts_each_expected_outcome(file: Path) -> None:
    results = consult(list(questions_in(file)), lambda _: ("handoff", ""))
    assert report(results).splitlines()[1].split() == ["answer", "0", "0", "1", "0", "0%"]
    assert "in all 0 of 2 as expected" in report(results)


def test_an_unknown_expected_outcome_is_refused(file: Path) -> None:
    file.write_text(ROWS.replace("refuse", "maybe"), encoding="utf-8")
    with pytest.raises(ValueError, match="Q2"):
        list(questions_in(file))


def test_our_own_questions_can_be_read() -> None:
    own = list(questions_in(Path(__file__).parents[2] / "evals" / "first-questions.tsv"))
    assert len(own) == len({question.id for question in own}) == 72
    assert {question.expected for question in own} <= set(OUTCOMES)
