"""A PDF's lines become paragraphs, headings and rows again, each with its page."""

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Table as RuledTable

from ingest.blocks import Block, BlockKind
from ingest.readers import read
from ingest.readers.pdf_lines import Box
from ingest.readers.pdf_outline import drafted
from ingest.readers.pdf_tables import Table

FONT = "HeiseiKakuGo-W5"  # one of the fonts that every PDF program knows: no file needed
BODY = 10.5


class Sheet:
    """Writes lines where they are wanted, y in points from the foot of an A4 page."""

    def __init__(self, path: Path) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.path = path
        self.canvas = canvas.Canvas(str(path), pagesize=(595, 842))

    def write(self, y: float, text: str, size: float = BODY, x: float = 72) -> "Sheet":
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)
        return self

    def turn(self) -> "Sheet":
        self.canvas.showPage()
        return self

    def done(self) -> Path:
        self.canvas.save()
        return self.path


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "文書.pdf")


def test_headings_are_known_by_size_and_wrapped_lines_are_made_whole(sheet: Sheet) -> None:
    path = (
        sheet.write(780, "自治体AI実装タイプのまとめ", 18)
        .write(740, "1 事業の概要", 13)
        .write(716, "自治体AI実装タイプは、活用が進んでいない自治体を支援し、計画の策")
        .write(700, "定を助ける事業です。募集は7月31日までです。")
        .write(660, "2 支援の内容", 13)
        .write(636, "研修会を開きます。")
        .done()
    )

    reading = read(path)

    assert reading.title == "自治体AI実装タイプのまとめ"
    assert reading.blocks == (
        Block(
            "自治体AI実装タイプは、活用が進んでいない自治体を支援し、計画の策定を助ける事業です。募集は7月31日までです。",
            "p.1",
            ("1 事業の概要",),
        ),
        Block("研修会を開きます。", "p.1", ("2 支援の内容",)),
    )


def test_running_heads_and_page_numbers_are_dropped(sheet: Sheet) -> None:
    for number, text in enumerate(("一頁目の本文です。", "二頁目の本文です。", "三頁目の本文です。"), 1):
        sheet.write(815, "自治体AIの手引き", 8).write(700, text).write(25, f"- {number} -", 8).turn()

    assert [(block.text, block.locator) for block in read(sheet.done()).blocks] == [
        ("一頁目の本文です。", "p.1"),
        ("二頁目の本文です。", "p.2"),
        ("三頁目の本文です。", "p.3"),
    ]


def test_even_a_lone_page_has_its_number_dropped(sheet: Sheet) -> None:
    path = sheet.write(700, "本文です。").write(25, "1 / 1", 8).done()

    assert [block.text for block in read(path).blocks] == ["本文です。"]


def test_a_sentence_cut_by_the_page_turn_is_made_whole(sheet: Sheet) -> None:
    line = "選定は提出された資料をもとに、総務省が次の三つの視点から行い、その結果を八月に公"
    path = sheet.write(100, line).turn().write(760, "表する予定です。").done()

    assert read(path).blocks == (Block(line + "表する予定です。", "p.1"),)


def test_short_lines_and_bullets_are_not_joined(sheet: Sheet) -> None:
    path = (
        sheet.write(700, "・費用を書き出して表にまとめ、財政の担当者と一つ一つ確かめる")
        .write(684, "・効果を時間で表す")
        .write(668, "・比べる")
        .done()
    )

    reading = read(path)

    assert [block.text for block in reading.blocks] == [
        "費用を書き出して表にまとめ、財政の担当者と一つ一つ確かめる",
        "効果を時間で表す",
        "比べる",
    ]
    assert {block.kind for block in reading.blocks} == {BlockKind.LIST_ITEM}


def test_a_line_that_leaves_room_has_ended(sheet: Sheet) -> None:
    path = (
        sheet.write(700, "一つ目は短い")
        .write(684, "費用を書き出して表にまとめ、財政の担当者と一つ一つ確かめて、その")
        .write(668, "結果を残す")
        .write(652, "何もしない案と比べる")
        .done()
    )

    assert [block.text for block in read(path).blocks] == [
        "一つ目は短い",
        "費用を書き出して表にまとめ、財政の担当者と一つ一つ確かめて、その結果を残す",
        "何もしない案と比べる",
    ]


def test_boxes_are_read_from_top_left_in_whatever_order_they_are_drawn(sheet: Sheet) -> None:
    path = sheet.write(600, "下の箱").write(700, "右の箱", x=320).write(700, "左の箱").done()

    texts = [block.text for block in read(path).blocks]

    assert texts.index("左の箱") < min(texts.index("右の箱"), texts.index("下の箱"))


def test_columns_are_read_one_after_the_other(sheet: Sheet) -> None:
    left, right = ["左の段の一行目です", "左の段の二行目です"], ["右の段の一行目です", "右の段の二行目です"]
    for x, column in ((72, left), (320, right)):
        for at, text in enumerate(column):
            sheet.write(700 - 16 * at, text, x=x)

    text = "".join(block.text for block in read(sheet.done()).blocks)

    assert text == "".join(left + right)


def test_columns_drawn_line_by_line_across_both_are_read_one_after_the_other(sheet: Sheet) -> None:
    left = [
        "市民課の窓口は、毎週月曜日の午前に最も混",
        "みます。昨年度の記録では、待ち時間が三十",
        "分を超えた日の八割が月曜日でした。そこで",
    ]
    left += ["今年度から、応援の職員を二名置くことにし", "ました。"]
    right = [
        "電話の問い合わせは、一日に平均百二十件あ",
        "ります。そのうち四割は受付時間に関するも",
        "のです。よくある質問を一覧にまとめたとこ",
    ]
    right += ["ろ、翌月の電話は百件まで減りました。"]
    sheet.write(740, "二つの段にまたがる見出しの行です。この行は段に分けません。長く書きます。")
    for at, text in enumerate(left):
        sheet.write(700 - 16 * at, text)
        if at < len(right):
            sheet.write(700 - 16 * at, right[at], x=320)

    assert [block.text for block in read(sheet.done()).blocks][-2:] == ["".join(left), "".join(right)]


def test_labels_and_values_set_wide_apart_stay_one_line(sheet: Sheet) -> None:
    rows = [("募集の期間", "六月一日から七月三十一日まで"), ("支援の対象", "人口十万人未満の市町村など")]
    rows += [("費用の負担", "市町村の負担はありません"), ("提出するもの", "様式一から様式三までの書類")]
    for at, (label, value) in enumerate(rows):
        sheet.write(700 - 24 * at, label).write(700 - 24 * at, value, x=320)

    text = " ".join(block.text for block in read(sheet.done()).blocks)

    assert all(f"{label} {value}" in text for label, value in rows)


def test_the_small_figure_that_sends_to_a_footnote_is_left_out(sheet: Sheet) -> None:
    sheet.write(700, "七月末までに提出します").write(704, "1", 6, x=72 + 11 * BODY).write(700, "。面積は30m", x=191)
    path = sheet.write(704, "2", 6, x=191 + 4 * BODY + 25).done()

    text = "".join(block.text for block in read(path).blocks)

    assert text.startswith("七月末までに提出します。面積は30m")


def test_a_vertical_page_is_read_from_right_to_left_and_its_number_left_out(sheet: Sheet) -> None:
    for column, text in enumerate(("町の写真を集めて", "います。")):
        for at, letter in enumerate(text):
            sheet.write(700 - 12 * at, letter, 12, x=400 - 20 * column)
    path = sheet.write(25, "12", 8, x=290).done()

    assert [block.text for block in read(path).blocks] == ["町の写真を集めています。"]


def test_letters_drawn_later_from_another_font_go_back_into_their_line(sheet: Sheet) -> None:
    path = (
        sheet.write(700, "点検は")
        .write(700, "月に行います。", x=72 + 4 * BODY)
        .write(700, "６", x=72 + 3 * BODY)
        .done()
    )

    assert [block.text for block in read(path).blocks] == ["点検は６月に行います。"]


def test_letters_spaced_apart_and_bold_by_double_printing_are_one_word(sheet: Sheet) -> None:
    for x, letter in zip((72, 100, 128, 156), "計画策定", strict=True):
        sheet.write(700, letter, x=x)
    sheet.write(650, "太字の文です。").write(650, "太字の文です。", x=72.3)

    assert [block.text for block in read(sheet.done()).blocks] == ["計画策定", "太字の文です。"]


def test_latin_words_keep_their_spaces(sheet: Sheet) -> None:
    path = sheet.write(700, "Robotic Process Automation は定型作業に向く。").done()

    assert read(path).blocks[0].text == "Robotic Process Automation は定型作業に向く。"


def test_ruled_tables_are_read_by_row_where_they_stand(sheet: Sheet) -> None:
    rows = [["団体", "年度", "効果"], ["港区", "2019年度", "約1分"], ["", "2020年度", "約2分"]]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("SPAN", (0, 1), (0, 2)),
    ]
    sheet.write(780, "表の前の文です。")
    table = RuledTable(rows, colWidths=[100, 100, 100], style=style)
    table.wrapOn(sheet.canvas, 400, 400)
    table.drawOn(sheet.canvas, 72, 650)
    sheet.write(600, "表の後の文です。")

    assert [(block.text, block.locator) for block in read(sheet.done()).blocks] == [
        ("表の前の文です。", "p.1"),
        ("団体：港区／年度：2019年度／効果：約1分", "p.1 表の2行目"),
        ("団体：港区／年度：2020年度／効果：約2分", "p.1 表の3行目"),
        ("表の後の文です。", "p.1"),
    ]


def test_a_frame_around_text_is_no_table(sheet: Sheet) -> None:
    sheet.canvas.rect(60, 640, 400, 90)
    path = sheet.write(700, "囲みの中の文です。").done()

    assert [(block.text, block.kind) for block in read(path).blocks] == [("囲みの中の文です。", BlockKind.PROSE)]


def test_pages_that_are_only_pictures_are_named(sheet: Sheet) -> None:
    from PIL import Image

    picture = sheet.path.with_suffix(".png")
    Image.new("L", (100, 100), 200).save(picture)
    sheet.write(700, "一頁目の本文です。").turn().canvas.drawImage(str(picture), 0, 0, 500, 700)

    reading = read(sheet.turn().done())

    assert [block.text for block in reading.blocks] == ["一頁目の本文です。"]
    assert reading.remarks == ("p.2は画像だけのページのため、文字を読めませんでした。",)


@pytest.mark.parametrize("head", [(), (("団体", "年度", "効果"),)])
def test_a_table_that_goes_on_overleaf_keeps_its_names_whether_it_repeats_them_or_not(
    head: tuple[tuple[str, ...], ...],
) -> None:
    box, edges = Box(72, 100, 400, 300), (72.0, 150.0, 300.0)
    first = Table(box, 1, (("団体", "年度", "効果"), ("港区", "2019年度", "約1分")), edges)
    second = Table(box, 2, (*head, ("南の町", "不明", "未調査")), edges)

    draft = drafted([(842.0, []), (842.0, [])], [first, second])

    assert [(block.text, block.locator) for block in draft.reading().blocks] == [
        ("団体：港区／年度：2019年度／効果：約1分", "p.1 表の2行目"),
        ("団体：南の町／年度：不明／効果：未調査", f"p.2 表の{1 + len(head)}行目"),
    ]
