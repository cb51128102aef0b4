"""The account of topics that questions' words give."""

from pathlib import Path

from consultation.topic import Topic
from evals.topic import asked_in, labelled, report, told

ROWS = (
    'id\tquestion\ttopic\tdocument\nq-1\t"応募"の締切は\tT01\ta.md | b.md\nq-2\tこれは\tT03\tb.md\nq-3\t天気は\tX0\t\n'
)


def test_rows_without_a_topic_are_left_out_and_halves_are_by_the_number(tmp_path: Path) -> None:
    file = tmp_path / "labels.tsv"
    file.write_text(ROWS, encoding="utf-8")

    assert [asked.topic for asked in asked_in(file)] == ["T01", "T03"]
    assert [asked.documents for asked in asked_in(file, "odd")] == [("a.md", "b.md")]
    assert [asked.question for asked in asked_in(file, "even")] == ["これは"]


def test_titles_of_the_labelled_documents_speak_too(tmp_path: Path) -> None:
    file, catalogue = tmp_path / "labels.tsv", tmp_path / "catalogue.csv"
    file.write_text(ROWS, encoding="utf-8")
    catalogue.write_text("file,title\nb.md,優良事例のまとめ\n", encoding="utf-8")
    asked = list(asked_in(file))

    assert told(asked) == [("T01", "T01"), ("T03", None)]
    assert told(asked, labelled(catalogue)) == [("T01", "T01"), ("T03", "T03")]


def test_the_report_counts_what_is_right_and_what_has_no_topic() -> None:
    lines = report([(Topic.CASES, Topic.CASES), (Topic.CASES, Topic.BUDGET), (Topic.LAW, None)]).splitlines()

    assert lines[3].split()[:7] == ["T03", ".", ".", "1", ".", ".", "1"]
    assert "50.0%" in lines[3]
    assert lines[-1] == "right 1 of 3:    33.3%; none:    33.3%"
