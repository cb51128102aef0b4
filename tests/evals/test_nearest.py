"""The account of what hand-overs show as a reference."""

from pathlib import Path

from evals.nearest import Shown, asked_in, report
from madoguchi.calibrating import Label

HEAD = "id\tquestion\texpected\ttopic\tnote"


def handed(expected: str, confidence: float, *, holds: bool = False) -> Shown:
    return Shown(Label("x", "質問", expected, "", ""), confidence, holds)


def test_each_floor_counts_what_lies_on_it_or_above() -> None:
    lines = report(
        [handed("answer", 0.1, holds=True), handed("answer", 0.04), handed("handoff", 0.25), handed("refuse", 0.0)]
    ).splitlines()

    assert [line.split() for line in lines[1:]] == [
        ["0.00", "4", "2", "1", "2"],
        ["0.05", "2", "1", "1", "1"],
        ["0.10", "2", "1", "1", "1"],
        ["0.20", "1", "0", "0", "1"],
        ["0.30", "0", "0", "0", "0"],
    ]


def test_the_fact_is_the_note_of_a_curated_file_and_the_facts_of_labels(tmp_path: Path) -> None:
    curated, labels = tmp_path / "curated.tsv", tmp_path / "labels.tsv"
    curated.write_text(f"{HEAD}\nF1\t効果は\tanswer\tT03\t4日\n", encoding="utf-8")
    labels.write_text(f"{HEAD}\tfacts\nq1\t効果は\tanswer\tT03\t別の話\t3日 | 三日\n", encoding="utf-8")

    assert [label.facts for path in (curated, labels) for label in asked_in(path)] == ["4日", "3日 | 三日"]
