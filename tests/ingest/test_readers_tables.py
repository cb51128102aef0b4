"""A table's row can be understood without its table."""

import pytest

from ingest.readers.tables import LEFT, rows_told

WIDE = [["団体", "年度", "効果"], ["港区", "2019年度", "約1分"], ["久慈市", "2020年度", ""]]


def told(grid: list[list[str]], *, headed: bool = False) -> list[str]:
    return [text for _, text in rows_told(grid, headed=headed)]


def test_a_row_carries_the_names_of_its_columns() -> None:
    assert told(WIDE) == ["団体：港区／年度：2019年度／効果：約1分", "団体：久慈市／年度：2020年度"]


def test_rows_are_counted_as_in_the_table() -> None:
    assert [at for at, _ in rows_told(WIDE)] == [2, 3]


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        ([["分野", "保育"], ["年度", "2019年度"]], ["分野：保育", "年度：2019年度"]),
        ([["項目", "内容"], ["分野", "保育"]], ["分野：保育"]),
        ([["項目", "A案", "B案"], ["費用", "高い", "安い"]], ["費用／A案：高い／B案：安い"]),
        ([["港区", "2,900人", "約1分"], ["北区", "900人", "約2分"]], ["港区／2,900人／約1分", "北区／900人／約2分"]),
        ([["", "2018年度", "2019年度"], ["件数", "10", "12"]], ["件数／2018年度：10／2019年度：12"]),
        ([["表1 費用", "", ""], *WIDE], ["表1 費用", *told(WIDE)]),
        ([["一言", ""], ["二言", ""]], ["一言", "二言"]),
        ([["短い行"], ["団体", "年度", "効果"], ["港区"]], ["短い行", "団体：港区"]),
        ([], []),
    ],
)
def test_a_table_is_read_as_a_person_would(grid: list[list[str]], expected: list[str]) -> None:
    assert told(grid) == expected


def test_two_columns_with_marked_names_keep_them() -> None:
    assert told([["年度", "件数"], ["2019年度", "12"]], headed=True) == ["年度：2019年度／件数：12"]


def test_names_over_names_are_read_together() -> None:
    grid = [["団体", "費用", "", "効果"], ["団体", "初期", "年間", "効果"], ["港区", "100万円", "20万円", "約1分"]]

    assert told(grid) == ["団体：港区／費用・初期：100万円／費用・年間：20万円／効果：約1分"]


def test_line_breaks_in_a_cell_do_not_break_the_row() -> None:
    assert told([["団体", "課題", "効果"], ["港区", "選考に\n数日", "約1分"]]) == [
        "団体：港区／課題：選考に数日／効果：約1分"
    ]


def test_a_value_that_spans_columns_is_told_for_each_but_one_that_spans_the_table_is_not() -> None:
    names = ["施設", "平日", "土曜", "日曜", "祝日"]
    grid = [
        names,
        ["本館", "9時", LEFT, "休み", "休み"],
        ["別館", "休み", LEFT, LEFT, LEFT],
        ["分館", "", "1時", "", ""],
    ]

    assert told(grid) == [
        "施設：本館／平日、土曜：9時／日曜：休み／祝日：休み",
        "施設：別館／平日：休み",
        "施設：分館／土曜：1時",
    ]
