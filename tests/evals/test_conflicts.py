"""The account of sources that disagree, and how a figure is changed."""

import pytest

from answering.figures import DAY
from evals.conflicts import Result, changed, report
from madoguchi.calibrating import Label


@pytest.mark.parametrize(
    ("sentence", "figures", "told"),
    [
        ("上限は１００万円です。", [("円", "1000000")], "上限は300万円です。"),
        ("上限は1,000,000円です。", [("円", "1000000")], "上限は3000000円です。"),
        ("締切は7月31日です。", [(DAY, "7/31")], "締切は7月5日です。"),
        ("42団体が2020年から使う。", [("団体", "42")], "126団体が2020年から使う。"),
        ("自治体：甲市／費用：月16.5万円", [("円", "165000")], "自治体：甲市／費用:月49.5万円"),
        ("別の４２件です。", [("団体", "42")], "別の４２件です。"),
    ],
)
def test_the_figure_becomes_another_and_the_rest_stays(
    sentence: str, figures: list[tuple[str, str]], told: str
) -> None:
    assert changed(sentence, figures) == told


def test_the_report_counts_what_is_seen_and_names_what_is_not() -> None:
    label = Label("q1", "上限は？", "answer", "", "")
    lines = report(
        [
            Result(label, "引用", is_contested=True),
            Result(label, "引用", is_contested=False),
            Result(label, "引用", is_contested=False, beside=("甲",), is_seen=True),
            Result(label, "引用", is_contested=False, beside=("乙",)),
        ]
    ).splitlines()

    assert lines[0] == "as the materials stand: 3 answered, 1 contested"
    assert lines[2] == "with another figure beside the quoted one: 2 questions, 1 seen"
    assert lines[-1].strip() == "beside: 乙"
