"""Word, PowerPoint and Excel files are read with their headings, tables and notes, and every block knows its place."""

from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import Font
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from ingest.blocks import Block, BlockKind
from ingest.readers import read


def fill(table: Any, rows: list[list[str]]) -> None:
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


def save_docx(path: Path, build: Any) -> Path:
    document = docx.Document()
    build(document)
    document.save(str(path))
    return path


def test_word_keeps_headings_lists_and_tables(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        document.add_heading("計画策定の手引き", 0)
        document.add_paragraph("はじめに読む。")
        document.add_heading("3 選定", 1)
        document.add_heading("視点", 2)
        document.add_paragraph("積極性を見る。", style="List Bullet")
        fill(document.add_table(2, 3), [["団体", "年度", "効果"], ["港区", "2019年度", "約1分"]])

    reading = read(save_docx(tmp_path / "手引き.docx", build))

    assert reading.title == "計画策定の手引き"
    assert reading.blocks == (
        Block("はじめに読む。", "冒頭"),
        Block("積極性を見る。", "見出し『視点』", ("3 選定", "視点"), BlockKind.LIST_ITEM),
        Block(
            "団体：港区／年度：2019年度／効果：約1分",
            "見出し『視点』 表1の2行目",
            ("3 選定", "視点"),
            BlockKind.TABLE_ROW,
        ),
    )


def test_word_shows_the_numbers_that_word_prints(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        for text in ("応募する", "選定する"):
            document.add_paragraph(text, style="List Number")

    reading = read(save_docx(tmp_path / "手順.docx", build))

    assert [block.text for block in reading.blocks] == ["1. 応募する", "2. 選定する"]


def test_word_merged_cells_are_filled_downwards_and_told_once(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        table = document.add_table(3, 3)
        fill(table, [["区分", "年度", "効果"], ["保育", "2019年度", "約1分"], ["", "2020年度", "約2分"]])
        table.cell(1, 0).merge(table.cell(2, 0))

    reading = read(save_docx(tmp_path / "表.docx", build))

    assert [block.text for block in reading.blocks] == [
        "保育／年度：2019年度／効果：約1分",
        "保育／年度：2020年度／効果：約2分",
    ]


def test_word_finds_what_hides_in_controls_insertions_and_boxes(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        words = {"sdt": "枠の中", "ins": "追記", "del": "削除"}
        run = "<w:r><w:t>{}</w:t></w:r>".format
        document.element.body.insert(
            0,
            parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run(words['sdt'])}</w:p></w:sdtContent></w:sdt>",
            ),
        )
        document.element.body.insert(
            1,
            parse_xml(
                f"<w:p {nsdecls('w')}><w:ins>{run(words['ins'])}</w:ins>"
                f"<w:del><w:r><w:delText>{words['del']}</w:delText></w:r></w:del>"
                f"<w:r><w:pict><w:txbxContent><w:p>{run('箱の中')}</w:p></w:txbxContent></w:pict></w:r></w:p>",
            ),
        )

    reading = read(save_docx(tmp_path / "箱.docx", build))

    assert [block.text for block in reading.blocks] == ["枠の中", "追記", "箱の中"]


def test_a_heading_with_nothing_below_is_kept_as_text(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        document.add_heading("目的", 1)
        document.add_heading("方法", 1)
        document.add_paragraph("比べる。")

    reading = read(save_docx(tmp_path / "空.docx", build))

    assert [(block.text, block.heading) for block in reading.blocks] == [("目的", ()), ("比べる。", ("方法",))]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    show = Presentation()
    opening = show.slides.add_slide(show.slide_layouts[0])
    opening.shapes.title.text = "費用対効果の研修"
    opening.placeholders[1].text = "令和2年度"
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "試算の\v手順"
    right = slide.shapes.add_textbox(Cm(12), Cm(5), Cm(8), Cm(2))
    right.text_frame.text = "右の箱"
    left = slide.shapes.add_textbox(Cm(1), Cm(5), Cm(8), Cm(2))
    left.text_frame.text = "費用を書き出す\n効果を時間で表す"
    fill(
        slide.shapes.add_table(2, 3, Cm(1), Cm(9), Cm(20), Cm(3)).table,
        [["費目", "初期", "年間"], ["導入", "100", "20"]],
    )
    slide.notes_slide.notes_text_frame.text = "ここで例を話します。"
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "没"
    hidden.element.set("show", "0")
    path = tmp_path / "研修.pptx"
    show.save(str(path))
    return path


def test_slides_are_read_from_top_left_with_tables_and_notes(deck: Path) -> None:
    reading = read(deck)

    heading = ("試算の手順",)
    assert reading.title == "費用対効果の研修"
    assert reading.blocks == (
        Block("令和2年度", "スライド1", ("費用対効果の研修",)),
        Block("費用を書き出す", "スライド2", heading, BlockKind.LIST_ITEM),
        Block("効果を時間で表す", "スライド2", heading, BlockKind.LIST_ITEM),
        Block("右の箱", "スライド2", heading),
        Block("費目：導入／初期：100／年間：20", "スライド2 表の2行目", heading, BlockKind.TABLE_ROW),
        Block("ここで例を話します。", "スライド2（ノート）", heading, BlockKind.NOTE),
    )


def test_hidden_slides_are_named_and_left_out(deck: Path) -> None:
    assert read(deck).remarks == ("非表示のスライド3は読み飛ばしました。",)


def test_a_chart_is_read_as_its_figures(tmp_path: Path) -> None:
    show = Presentation()
    data = CategoryChartData()
    data.categories = ["2018年度", "2019年度"]
    data.add_series("件数", (10, 12.5))
    data.add_series("時間", (3, 4))
    slide = show.slides.add_slide(show.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Cm(10), Cm(10), data)
    show.save(str(tmp_path / "図.pptx"))

    reading = read(tmp_path / "図.pptx")

    assert [block.text for block in reading.blocks] == ["2018年度／件数：10／時間：3", "2019年度／件数：12.5／時間：4"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "費用"
    sheet["B2"] = "費用の内訳"
    for row in (["費目", "金額", "割合", "時点"], ["構築", 1200000, 0.25, date(2020, 7, 31)], [None, 5.5, None, None]):
        sheet.append([None, *row])
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    sheet["C4"].number_format = '#,##0"円"'
    sheet["D4"].number_format = "0.0%"
    sheet.merge_cells("B4:B5")
    sheet["B8"] = "※ 金額は税込みです。"
    sheet["B10"] = "=SUM(C4:C5)"
    workbook.create_sheet("作業用")["A1"] = "下書き"
    workbook["作業用"].sheet_state = "hidden"
    path = tmp_path / "試算.xlsx"
    workbook.save(path)
    return path


def test_sheets_are_read_row_by_row_as_they_are_shown(book: Path) -> None:
    heading = ("費用", "費用の内訳")

    assert read(book).blocks == (
        Block(
            "費目：構築／金額：1,200,000円／割合：25.0%／時点：2020年7月31日",
            "『費用』シート B4:E4",
            heading,
            BlockKind.TABLE_ROW,
        ),
        Block("費目：構築／金額：5.5", "『費用』シート B5:E5", heading, BlockKind.TABLE_ROW),
        Block("※ 金額は税込みです。", "『費用』シート B8", heading),
    )


def test_hidden_sheets_and_uncomputed_formulas_are_named(book: Path) -> None:
    remarks = read(book).remarks

    assert "非表示シート『作業用』は読み飛ばしました。" in remarks
    assert any("『費用』シートの数式1個" in remark for remark in remarks)


def test_a_stray_cell_at_the_end_of_the_world_costs_nothing(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "ここ"
    workbook.active["XFD1048576"] = "果て"
    workbook.save(tmp_path / "果て.xlsx")

    assert [block.text for block in read(tmp_path / "果て.xlsx").blocks] == ["ここ", "果て"]


def test_tables_side_by_side_are_kept_apart(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["団体", "年度", "効果", None, "費目", "初期", "年間"])
    workbook.active.append(["港区", "2019年度", "約1分", None, "導入", "100円", "20円"])
    workbook.save(tmp_path / "二つ.xlsx")

    assert [(block.text, block.locator) for block in read(tmp_path / "二つ.xlsx").blocks] == [
        ("団体：港区／年度：2019年度／効果：約1分", "『Sheet』シート A2:C2"),
        ("費目：導入／初期：100円／年間：20円", "『Sheet』シート E2:G2"),
    ]
