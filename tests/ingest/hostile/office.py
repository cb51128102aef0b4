"""Office files that swell, refer outwards, expand entities, nest, hide or carry programs."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import openpyxl
import pptx
from pptx import Presentation

from tests.ingest.hostile.case import Case

_SWELLS = "極端に大きく"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml", "pptx": "ppt/slides/slide1.xml"}


def whole(suffix: str) -> bytes:
    """A good file that says 本文です."""
    held = io.BytesIO()
    if suffix == "docx":
        document = docx.Document()
        document.add_paragraph("本文です。")
        document.save(held)
    elif suffix == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(["本文です。"])
        book.save(held)
    else:
        deck = Presentation()
        deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "本文です。"
        deck.save(held)
    return held.getvalue()


def _changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Write the good file with one part changed, or added."""
    with zipfile.ZipFile(io.BytesIO(whole(path.suffix[1:]))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _added(path: Path, part: str, content: bytes) -> None:
    _changed(path, part, lambda _: content)


def _swollen(path: Path) -> None:
    """The text part itself is the bomb."""
    _changed(path, _PARTS[path.suffix[1:]], lambda xml: xml + b" " * 20_000_000)


def _many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_PARTS[path.suffix[1:]], b"<a/>")
        for number in range(100):
            archive.writestr(f"media/{number}", b"\0" * 200_000)


def _entities(path: Path, declared: str) -> None:
    """Declare the entity `bad` in the text part, and print it where the text was."""

    def spoilt(xml: bytes) -> bytes:
        body = xml.partition(b"?>")[2] or xml  # openpyxl writes no XML declaration
        return b"<!DOCTYPE x [" + declared.encode() + b"]>" + body.replace("本文です".encode(), b"&bad;")

    _changed(path, _PARTS[path.suffix[1:]], spoilt)


def _laughs() -> str:
    rungs = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return '<!ENTITY l0 "haha">' + "".join(rungs) + '<!ENTITY bad "&l9;">'


_DECLARED = {
    "billion laughs": _laughs(),
    "quadratic entity": f'<!ENTITY q "{"a" * 100_000}"><!ENTITY bad "{"&q;" * 1000}">',
    "entity of a local file": '<!ENTITY bad SYSTEM "file:///etc/passwd">',
    "entity of an address": '<!ENTITY bad SYSTEM "http://127.0.0.1:9/x">',
    "parameter entity": '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY bad "x">',
}


def _nested(path: Path, depth: int) -> None:
    body = f"<w:sdt><w:sdtContent>{'<w:sdt><w:sdtContent>' * depth}{'</w:sdtContent></w:sdt>' * depth}"
    inside = body + "</w:sdtContent></w:sdt><w:p><w:r><w:t>浅い所の文です。</w:t></w:r></w:p>"
    _added(path, _PARTS["docx"], f'<w:document xmlns:w="{_WORD}"><w:body>{inside}</w:body></w:document>'.encode())


def _related(path: Path, target: str, kind: str) -> None:
    link = (
        f'<Relationship Id="rId999" Target="{target}" TargetMode="External" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    _changed(
        path,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(b"</Relationships>", link.encode()),
    )


def _declared_rows(path: Path, cells: str, dimension: str) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    )
    _added(path, "xl/worksheets/sheet1.xml", sheet.encode())


_CELL = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>行の文です。</t></is></c></row>'
_ROWS = {
    "dimension of a million rows": (_CELL.format(1), "A1:XFD1048576"),
    "one cell in the last row": (_CELL.format(1) + _CELL.format(1_048_576), "A1:A1048576"),
    "20,000 empty rows, a million declared": (
        _CELL.format(1) + "".join(f'<row r="{n}"/>' for n in range(2, 20_000)),
        "A1:A1048576",
    ),
}


def _spanning(path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>幅</w:t></w:r></w:p></w:tc>'
    body = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    _added(path, _PARTS["docx"], f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'.encode())


def _hidden_in_word(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("見える文です。")
    document.add_paragraph().add_run("白い文です。").font.color.rgb = docx.shared.RGBColor(255, 255, 255)
    document.save(str(path))


def _vanished(path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("見える文です。")
    paragraph.add_run("隠れた文です。").font.hidden = True
    paragraph.add_run("これも見えます。").font.hidden = False
    document.save(str(path))


def _white_on_ground(path: Path) -> None:
    """White letters that are seen, on a coloured ground: they are no trick."""
    document = docx.Document()
    table = document.add_table(2, 2, "Light Shading")
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ("様式", "期限", "点検表", "七月"), strict=True
    ):
        cell.paragraphs[0].add_run(text).font.color.rgb = docx.shared.RGBColor(255, 255, 255)
    document.save(str(path))


def _tiny_in_word(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("見える文です。").add_run("小さな隠れた文です。").font.size = docx.shared.Pt(1)
    document.save(str(path))


def _white_on_slide(path: Path, *, ground: bool) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for top, text, colour in ((0, "見える文です。", (0, 0, 0)), (2_000_000, "白い文です。", (255, 255, 255))):
        box = slide.shapes.add_textbox(0, top, 5_000_000, 1_000_000)
        run = box.text_frame.paragraphs[0].add_run()
        run.text, run.font.color.rgb = text, pptx.dml.color.RGBColor(*colour)
        if ground:
            box.fill.solid()
            box.fill.fore_color.rgb = pptx.dml.color.RGBColor(0, 0, 128)
    deck.save(str(path))


def _white_in_sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["見える文です。", "隠れた文です。"])
    book.active["B1"].font = openpyxl.styles.Font(color="FFFFFFFF")
    book.save(path)


def _hidden_sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["見える文です。"])
    hidden = book.create_sheet("裏")
    hidden.append(["隠れた文です。"])
    hidden.sheet_state = "veryHidden"
    book.save(path)


def _hidden_slide(path: Path) -> None:
    deck = Presentation()
    for text in ("見える文です。", "隠れた文です。"):
        slide = deck.slides.add_slide(deck.slide_layouts[0])
        slide.shapes.title.text = text
    slide.element.set("show", "0")
    deck.save(str(path))


def _formula(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["見える文です。", '=WEBSERVICE("http://127.0.0.1:9/")', "=cmd|'/c calc'!A1"])
    book.save(path)


CASES = (
    *(Case("展開", f"{s}: one part swells", f"弾.{s}", _swollen, _SWELLS) for s in _PARTS),
    *(Case("展開", f"{s}: many parts swell", f"群.{s}", _many_parts, _SWELLS) for s in _PARTS),
    *(
        Case("実体参照", f"{s}: {name}", f"体{n}.{s}", partial(_entities, declared=declared), "実体参照")
        for n, (name, declared) in enumerate(_DECLARED.items())
        for s in _PARTS
    ),
    Case("入れ子", "docx: 100 content controls", "浅.docx", partial(_nested, depth=100), says="浅い所の文"),
    Case("入れ子", "docx: 20,000 elements", "深.docx", partial(_nested, depth=10_000), "入れ子が深すぎ"),
    *(
        Case(
            "巨大な表", f"xlsx: {k}", f"表{n}.xlsx", partial(_declared_rows, cells=v[0], dimension=v[1]), says="行の文"
        )
        for n, (k, v) in enumerate(_ROWS.items())
    ),
    Case("巨大な表", "docx: a cell of two billion columns", "幅.docx", _spanning, "メモリ"),
    *(
        Case(
            "マクロ",
            f"{s}: by its extension",
            f"マクロ.{s}",
            lambda p: p.write_bytes(b"PK\x03\x04"),
            "対応していません",
        )
        for s in ("docm", "xlsm", "pptm")
    ),
    *(
        Case(
            "マクロ",
            f"{s}: programs inside",
            f"内.{s}",
            lambda p: _added(p, "word/vbaProject.bin", b"Sub AutoOpen()"),
            says="本文です",
            silent="AutoOpen",
        )
        for s in _PARTS
    ),
    *(
        Case(
            "外部参照",
            f"docx: {kind} at {target[:8]}",
            f"外{n}{kind}.docx",
            partial(_related, target=target, kind=kind),
            says="本文です",
        )
        for n, target in enumerate(("http://127.0.0.1:9/x", "file:///etc/passwd", r"\\127.0.0.1\x"))
        for kind in ("attachedTemplate", "image", "oleObject")
    ),
    Case("外部参照", "xlsx: formulas that fetch and start", "式.xlsx", _formula, says="見える文", silent="WEBSERVICE"),
    Case(
        "外部参照",
        "docx: a part outside the archive",
        "上.docx",
        lambda p: _added(p, "../../../../tmp/x.xml", b"<x/>"),
        says="本文です",
    ),
    Case("隠し文字", "docx: vanished letters", "消.docx", _vanished, says="文です。これも見えます", silent="隠れた文"),
    Case("隠し文字", "docx: white letters", "白.docx", _hidden_in_word, says="見える文", silent="白い文です"),
    Case("隠し文字", "docx: letters of one point", "小.docx", _tiny_in_word, says="見える文", silent="隠れた文"),
    Case("隠し文字", "docx: white letters on a ground", "地.docx", _white_on_ground, says="点検表"),
    Case(
        "隠し文字",
        "pptx: white letters",
        "白.pptx",
        partial(_white_on_slide, ground=False),
        says="見える文",
        silent="白い文です",
    ),
    Case(
        "隠し文字",
        "pptx: white letters on a ground",
        "地.pptx",
        partial(_white_on_slide, ground=True),
        says="白い文です",
    ),
    Case("隠し文字", "xlsx: white letters", "白.xlsx", _white_in_sheet, says="見える文", silent="隠れた文"),
    Case("隠し文字", "xlsx: a sheet very hidden", "裏.xlsx", _hidden_sheet, says="見える文", silent="隠れた文"),
    Case("隠し文字", "pptx: a hidden slide", "裏.pptx", _hidden_slide, says="見える文", silent="隠れた文"),
)
