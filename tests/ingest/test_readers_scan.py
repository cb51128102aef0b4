"""Pages that are pictures are read by the real Tesseract, where it is installed."""

import shutil
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from ingest.isolation.host import IsolatedReader
from ingest.readers import pdf_scan

FONT = "HeiseiKakuGo-W5"


def scan(folder: Path, text: str) -> Path:
    """A PDF with the picture of a printed sheet."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    printed = canvas.Canvas(str(folder / "印刷.pdf"), pagesize=(400, 120))
    printed.setFont(FONT, 14)
    printed.drawString(40, 60, text)
    printed.save()
    with pypdfium2.PdfDocument(folder / "印刷.pdf") as document:
        document[0].render(scale=4).to_pil().save(folder / "頁.png")
    scanned = canvas.Canvas(str(folder / "写.pdf"), pagesize=(400, 120))
    scanned.drawImage(str(folder / "頁.png"), 0, 0, 400, 120)
    scanned.save()
    return folder / "写.pdf"


@pytest.mark.skipif(not pdf_scan.available(), reason="needs tesseract-ocr and tesseract-ocr-jpn")
def test_a_scanned_page_is_read_and_said_to_be_read_by_machine(tmp_path: Path) -> None:
    with IsolatedReader() as reader:
        reading = reader.read(scan(tmp_path, "募集は七月三十一日までです。"))

    assert [block.locator for block in reading.blocks] == ["p.1"]
    assert "募集" in reading.blocks[0].text
    assert "文字認識" in reading.remarks[0]


def test_without_tesseract_none_is_called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pdf_scan.available.cache_clear()
    try:
        assert shutil.which("tesseract") is None
        assert not pdf_scan.available()
    finally:
        pdf_scan.available.cache_clear()
