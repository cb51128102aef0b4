"""HTML, Markdown, CSV and plain text are read as a person reads them."""

from pathlib import Path

import pytest

from ingest.blocks import Block, BlockKind
from ingest.readers import read

PAGE = """<!DOCTYPE html><html><head><title>よくある質問</title><style>p{}</style><script>alert(1)</script></head><body>
<nav>目次</nav><h1>FAQ</h1><p>この頁は
問合せを<br>まとめた。</p><h2>応募</h2><ul><li>電子<b>メール</b>で送る。<ul><li>10MBまで</li></ul></li></ul>
<ol start="2"><li>確認する</li></ol><dl><dt>AI-OCR</dt><dd>手書きを読む。</dd></dl><p hidden>秘密</p><!-- 注 -->
<table><caption>費用</caption><tr><th rowspan="2">団体</th><th colspan="2">費用</th></tr>
<tr><th>初期</th><th>年間</th></tr><tr><td>港区</td><td>100万円</td><td>20万円</td></tr></table>地の文<footer>連絡先</footer></body></html>"""


def test_a_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "faq.html").write_text(PAGE, "utf-8")

    reading = read(tmp_path / "faq.html")

    place, under = "見出し『応募』", ("応募",)
    assert reading.title == "FAQ"
    assert reading.blocks == (
        Block("この頁は問合せを", "冒頭"),
        Block("まとめた。", "冒頭"),
        Block("電子メールで送る。", place, under, BlockKind.LIST_ITEM),
        Block("10MBまで", place, under, BlockKind.LIST_ITEM),
        Block("2. 確認する", place, under, BlockKind.LIST_ITEM),
        Block("AI-OCR：手書きを読む。", place, under, BlockKind.LIST_ITEM),
        Block("費用", place, under),
        Block("団体：港区／費用・初期：100万円／費用・年間：20万円", f"{place} 表1の3行目", under, BlockKind.TABLE_ROW),
        Block("地の文", place, under),
    )


def test_markdown_is_read_without_its_front_matter_and_marks(tmp_path: Path) -> None:
    (tmp_path / "事例.md").write_text(
        "---\ntitle: 内部用\n---\n# 港区の事例\n\n**約1分**に\n短縮。[出典](https://example.jp/)\n\n"
        "## 費用\n\n- 初期\n- 年間\n\n<!-- 隠し -->\n\n"
        "| 団体 | 年度 | 効果 |\n|---|---|---|\n| 港区 | 2019年度 | 約1分 |\n",
        "utf-8",
    )

    reading = read(tmp_path / "事例.md")

    assert reading.title == "港区の事例"
    assert [(block.text, block.locator) for block in reading.blocks] == [
        ("約1分に短縮。出典", "冒頭"),
        ("初期", "見出し『費用』"),
        ("年間", "見出し『費用』"),
        ("団体：港区／年度：2019年度／効果：約1分", "見出し『費用』 表1の2行目"),
    ]


def test_two_first_level_headings_are_headings_not_the_title(tmp_path: Path) -> None:
    (tmp_path / "二部.md").write_text("# 前編\n\n本文。\n\n# 後編\n\n本文。\n", "utf-8")

    reading = read(tmp_path / "二部.md")

    assert reading.title is None
    assert [block.heading for block in reading.blocks] == [("前編",), ("後編",)]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_rows_carry_the_names_of_their_columns(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["用語", "説明"], ["AI-OCR", '"手書き、活字を\n読む"'], ["RPA", "自動化"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    (tmp_path / "用語.csv").write_bytes(text.encode(encoding))

    assert [(block.text, block.locator) for block in read(tmp_path / "用語.csv").blocks] == [
        ("AI-OCR：手書き、活字を読む", "2行目"),
        ("RPA：自動化", "4行目"),
    ]


def test_plain_text_is_read_in_paragraphs_below_its_headings(tmp_path: Path) -> None:
    (tmp_path / "要項.txt").write_bytes(
        "１．事業概要\r\n\r\nこの事業は、人工知能や情報通信技術の活用が進んでいない自治体を対\r\n象とする。\r\n短い行\r\n"
        "・電子メールで送る\r\n".encode("cp932")
    )

    assert read(tmp_path / "要項.txt").blocks == (
        Block("この事業は、人工知能や情報通信技術の活用が進んでいない自治体を対象とする。", "3行目", ("１．事業概要",)),
        Block("短い行", "5行目", ("１．事業概要",)),
        Block("電子メールで送る", "6行目", ("１．事業概要",), BlockKind.LIST_ITEM),
    )


def test_a_text_with_an_empty_line_after_each_line_is_read_whole(tmp_path: Path) -> None:
    lines = ["（１）目的", "この事業は、人工知能や情報通信技術の活用が進んでいない自治体を対", "象とする。", "次の文。"]
    (tmp_path / "写し.txt").write_text("\n\n".join(lines), "utf-8")

    assert [(block.text, block.heading) for block in read(tmp_path / "写し.txt").blocks] == [
        ("この事業は、人工知能や情報通信技術の活用が進んでいない自治体を対象とする。", ("（１）目的",)),
        ("次の文。", ("（１）目的",)),
    ]
