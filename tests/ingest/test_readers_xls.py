"""An old Excel book is told as a new one is."""

from datetime import date
from pathlib import Path

import pytest
import xlwt

from consultation.errors import MaterialUnreadable
from ingest.blocks import Block, BlockKind
from ingest.readers import read

BOLD = xlwt.easyxf("font: bold on")
DAY = xlwt.easyxf(num_format_str="yyyy/m/d")
YEN = xlwt.easyxf(num_format_str='#,##0"円"')


@pytest.fixture
def book() -> xlwt.Workbook:
    return xlwt.Workbook(encoding="utf-8")


def test_rows_are_told_with_their_column_names_dates_and_units(tmp_path: Path, book: xlwt.Workbook) -> None:
    sheet = book.add_sheet("費用")
    sheet.write(0, 0, "導入費用の一覧")
    for column, name in enumerate(("団体", "契約日", "金額")):
        sheet.write(1, column, name, BOLD)
    sheet.write_merge(2, 3, 0, 0, "港区")
    for row, (day, amount) in enumerate([(date(2019, 4, 1), 1_200_000), (date(2020, 10, 5), 980_000)], 2):
        sheet.write(row, 1, day, DAY)
        sheet.write(row, 2, amount, YEN)
    book.save(tmp_path / "表.xls")

    assert read(tmp_path / "表.xls").blocks == tuple(
        Block(text, f"『費用』シート A{row}:C{row}", ("費用", "導入費用の一覧"), BlockKind.TABLE_ROW)
        for row, text in (
            (3, "団体：港区／契約日：2019年4月1日／金額：1,200,000円"),
            (4, "団体：港区／契約日：2020年10月5日／金額：980,000円"),
        )
    )


def test_a_hidden_sheet_is_named_and_skipped(tmp_path: Path, book: xlwt.Workbook) -> None:
    book.add_sheet("公開").write(0, 0, "公開する文です。")
    hidden = book.add_sheet("内部")
    hidden.write(0, 0, "内部の文です。")
    hidden.visibility = 1
    book.save(tmp_path / "表.xls")

    reading = read(tmp_path / "表.xls")

    assert [block.text for block in reading.blocks] == ["公開する文です。"]
    assert reading.remarks == ("非表示シート『内部』は読み飛ばしました。",)


def test_lengths_and_times_of_day_are_told_apart(tmp_path: Path, book: xlwt.Workbook) -> None:
    sheet = book.add_sheet("時間")
    for row, (name, days, form) in enumerate([("作業", 1.25, "[h]:mm"), ("開始", 0.375, "h:mm")]):
        sheet.write(row, 0, name)
        sheet.write(row, 1, days, xlwt.easyxf(num_format_str=form))
    book.save(tmp_path / "表.xls")

    assert [block.text for block in read(tmp_path / "表.xls").blocks] == ["作業：30時間", "開始：09:00"]


def test_an_old_book_under_a_new_name_is_named(tmp_path: Path, book: xlwt.Workbook) -> None:
    book.add_sheet("表").write(0, 0, "文")
    book.save(tmp_path / "旧.xlsx")

    with pytest.raises(MaterialUnreadable, match=r"中身は旧形式のExcelブック（\.xls）です"):
        read(tmp_path / "旧.xlsx")


@pytest.mark.parametrize("kept", [0.9, 0.6, 0.2])
def test_a_truncated_book_is_refused(tmp_path: Path, book: xlwt.Workbook, kept: float) -> None:
    book.add_sheet("表").write(0, 0, "文")
    book.save(tmp_path / "全.xls")
    raw = (tmp_path / "全.xls").read_bytes()
    (tmp_path / "欠.xls").write_bytes(raw[: int(len(raw) * kept)])

    with pytest.raises(MaterialUnreadable):
        read(tmp_path / "欠.xls")
