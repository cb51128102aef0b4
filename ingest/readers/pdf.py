"""PDF: text by where it stands on the page (headings by size, paragraphs across line breaks), tables by their rules.

pdfplumber for both: only with the positions of the letters can a wrapped line be told from an ended one.
"""

import re
import time
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.readers import pdf_scan, pdf_vertical
from ingest.readers.pdf_lines import Line, box_of, lines_of
from ingest.readers.pdf_order import in_reading_order
from ingest.readers.pdf_outline import drafted
from ingest.readers.pdf_scan import Picture
from ingest.readers.pdf_tables import Table, tables_of
from ingest.readers.pdf_unseen import Eye

_LONGEST_LOOK_S = 45.0  # with one page more (60 s at most) below what a file may take in all: isolation/limits.py
_UNDECODED = re.compile(r"\(cid:\d+\)")  # pdfminer's word for a letter whose font does not say what it means


def read(path: Path) -> Reading:
    try:
        with pdfplumber.open(path) as document:
            return _reading(document, path)
    except PdfminerException as error:
        locked = bool(error.args) and isinstance(error.args[0], PDFPasswordIncorrect)
        raise MaterialUnreadable(wording.LOCKED if locked else wording.BROKEN) from error


def _reading(document: Any, path: Path) -> Reading:
    pages: list[tuple[float, list[Line]]] = []
    tables: list[Table] = []
    pictures: list[int] = []
    undecoded = 0
    eye = Eye(path)
    for page in document.pages:
        letters = eye.seen(page)
        here = tables_of(page, letters)
        outside = [letter for letter in letters if not any(table.box.holds(box_of(letter)) for table in here)]
        undecoded += sum(bool(_UNDECODED.fullmatch(letter["text"])) for letter in outside)
        lines = _lines([letter for letter in outside if not _UNDECODED.fullmatch(letter["text"])], page)
        if not lines and not here and page.images:
            pictures.append(page.page_number)
        pages.append((page.height, lines))
        tables += here
        page.close()  # drops the page's letters: a long document would fill the memory
    seen = _seen(path, pictures)
    if not tables and not seen and not any(lines for _, lines in pages):
        raise MaterialUnreadable(wording.SCANNED if pictures else wording.WITHOUT_TEXT)
    draft = drafted(pages, tables, seen)
    read_off = [picture.page for picture in seen]
    if read_off:
        draft.remark(wording.read_off_pictures(read_off))
    if unseen := [number for number in pictures if number not in read_off]:
        draft.remark(wording.pages_without_text(unseen))
    if eye.unseen:
        draft.remark(wording.unseen_letters(eye.unseen))
    if undecoded:
        draft.remark(wording.unreadable_letters(undecoded))
    return draft.reading()


def _lines(letters: list[dict[str, Any]], page: Any) -> list[Line]:
    flat, vertical = pdf_vertical.parted(letters, page.width)
    return [
        *in_reading_order(lines_of(flat, page.page_number), is_slide=page.width > page.height),
        *in_reading_order(lines_of(vertical, page.page_number)),
    ]


def _seen(path: Path, pictures: list[int]) -> list[Picture]:
    """The picture pages that show any text, as far as the time for one file goes."""
    if not pictures or not pdf_scan.available():
        return []
    deadline = time.monotonic() + _LONGEST_LOOK_S
    looked = (
        Picture(number, tuple(pdf_scan.paragraphs(path, number))) for number in pictures if time.monotonic() < deadline
    )
    return [picture for picture in looked if picture.paragraphs]
