"""Every question of a file through the whole desk: which outcome came where which was expected."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OUTCOMES = ("answer", "clarify", "handoff", "refuse")

Ask = Callable[[str], tuple[str, str]]
"""A question to its outcome's code and the text the asker reads."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the file: `expected` is the outcome a good desk gives, `note` why."""

    id: str
    question: str
    expected: str
    topic: str
    note: str


@dataclass(frozen=True, slots=True)
class Result:
    question: Question
    outcome: str
    text: str

    @property
    def is_right(self) -> bool:
        return self.outcome == self.question.expected

    @property
    def is_wrong_answer(self) -> bool:
        """The machine answered where it should not have: the worst a desk can do."""
        return self.outcome == "answer" and not self.is_right


def questions_in(path: Path) -> Iterator[Question]:
    """The questions of a tab-separated file with the columns id, question, expected, topic, note."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            question = Question(**{name: (row.get(name) or "").strip() for name in Question.__slots__})
            if question.expected not in OUTCOMES:
                raise ValueError(f"{path.name}, {question.id}: expected must be one of {', '.join(OUTCOMES)}")
            yield question


def consult(questions: Sequence[Question], ask: Ask) -> list[Result]:
    """Each question asked once, in order."""
    return [Result(question, *ask(question.question)) for question in questions]


def report(results: Sequence[Result]) -> str:
    """The table of expected against given outcomes, then each answer that should not have been given."""
    wrong = [result for result in results if result.is_wrong_answer]
    lines = [*_table(results), "", f"wrong machine answers: {len(wrong)}"]
    for result in wrong:
        asked = result.question
        lines.append(f"  {asked.id} expected {asked.expected} ({asked.topic}): {asked.question}")
        lines.append(f"      note: {asked.note}")
        lines.append(f"      said: {_one_line(result.text)}")
    return "\n".join(lines)


def _table(results: Sequence[Result]) -> Iterator[str]:
    given = Counter((result.question.expected, result.outcome) for result in results)
    yield "expected".ljust(10) + "".join(outcome.rjust(9) for outcome in OUTCOMES) + "    right"
    for expected in OUTCOMES:
        row = [given[expected, outcome] for outcome in OUTCOMES]
        cells = "".join(str(count).rjust(9) for count in row)
        yield expected.ljust(10) + cells + _share(given[expected, expected], row)
    right = sum(result.is_right for result in results)
    yield f"in all {right} of {len(results)} as expected"


def _share(right: int, row: Sequence[int]) -> str:
    return f"{right / sum(row):9.0%}" if sum(row) else "        -"


def _one_line(text: str, longest: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[:longest] + "…"
