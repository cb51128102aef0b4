"""Pages that are pictures are read by the real Tesseract, where it is installed."""

import os
import shutil
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from ingest.isolation.host import IsolatedReader
from ingest.readers import pdf_scan
from ingest.readers.pdf_lines import Box, Line
from ingest.readers.pdf_outline import drafted

FONT = "HeiseiKakuGo-W5"
needs_tesseract = pytest.mark.skipif(
    not pdf_scan.available() and "MADOGUCHI_TEST_REQUIRE_TESSERACT" not in os.environ,  # .ci/run: missing is a failure
    reason="needs tesseract-ocr and tesseract-ocr-jpn",
)


def scan(folder: Path, text: str, *written: str) -> Path:
    """A PDF with the picture of a printed sheet, and before and after it a page of letters for each written text."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    printed = canvas.Canvas(str(folder / "印刷.pdf"), pagesize=(400, 120))
    printed.setFont(FONT, 14)
    printed.drawString(40, 60, text)
    printed.save()
    with pypdfium2.PdfDocument(folder / "印刷.pdf") as document:
        document[0].render(scale=4).to_pil().save(folder / "頁.png")
    scanned = canvas.Canvas(str(folder / "写.pdf"), pagesize=(400, 120))
    for before in written[:1]:
        scanned.setFont(FONT, 14)
        scanned.drawString(40, 60, before)
        scanned.showPage()
    scanned.drawImage(str(folder / "頁.png"), 0, 0, 400, 120)
    for after in written[1:]:
        scanned.showPage()
        scanned.setFont(FONT, 14)
        scanned.drawString(40, 60, after)
    scanned.save()
    return folder / "写.pdf"


@needs_tesseract
def test_a_scanned_page_is_read_and_said_to_be_read_by_machine(tmp_path: Path) -> None:
    with IsolatedReader() as reader:
        reading = reader.read(scan(tmp_path, "募集は七月三十一日までです。"))

    assert [block.locator for block in reading.blocks] == ["p.1"]
    assert "募集" in reading.blocks[0].text
    assert "文字認識" in reading.remarks[0]


@needs_tesseract
def test_a_scanned_page_between_written_ones_is_read_in_its_place(tmp_path: Path) -> None:
    with IsolatedReader() as reader:
        reading = reader.read(scan(tmp_path, "募集は七月三十一日までです。", "前の頁です。", "後の頁です。"))

    assert [block.locator for block in reading.blocks] == ["p.1", "p.2", "p.3"]
    assert "募集" in reading.blocks[1].text


def test_without_tesseract_none_is_called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pdf_scan.available.cache_clear()
    try:
        assert shutil.which("tesseract") is None
        assert not pdf_scan.available()
    finally:
        pdf_scan.available.cache_clear()


def test_what_is_seen_on_a_page_stands_among_the_written_pages() -> None:
    def line(page: int) -> tuple[float, list[Line]]:
        return 842.0, [Line(f"{page}頁目の文です。", Box(72, 400, 200, 411), 10.5, page)]

    draft = drafted([line(1), (842.0, []), line(3)], [], [pdf_scan.Picture(2, ("写しの文です。",))])

    assert [block.text for block in draft.reading().blocks] == ["1頁目の文です。", "写しの文です。", "3頁目の文です。"]
