"""Before a file is read: is it what its name says, is it open to us, and is it of a sane size."""

import re
import zipfile
import zlib
from enum import Enum
from pathlib import Path

from consultation.errors import MaterialUnreadable
from ingest import wording

LARGEST_MB = 100
LARGEST_UNPACKED_MB = 500
LARGEST_RATIO = 200  # XML of real office files packs 5 to 30 times
_MB = 1024 * 1024


class Content(Enum):
    """What a file holds by its bytes; the value is its Japanese name."""

    PDF = "PDF"
    DOCX = "Word文書（.docx）"
    PPTX = "PowerPointのスライド（.pptx）"
    XLSX = "Excelブック（.xlsx）"
    XLS = "旧形式のExcelブック（.xls）"
    OLD_OFFICE = "旧形式のOffice文書（.doc、.ppt）"
    ZIP = "ZIPファイル"
    IMAGE = "画像"
    HTML = "HTML"
    TEXT = "テキスト"
    UNKNOWN = "判別できない形式"


_PARTS = {"word/document.xml": Content.DOCX, "ppt/presentation.xml": Content.PPTX, "xl/workbook.xml": Content.XLSX}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")  # the OLE stream of a locked OOXML file: [MS-OFFCRYPTO] 2.3.4.4
_OLD_DOCUMENTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
_OLD_BOOK = "Workbook".encode("utf-16-le")  # [MS-XLS] 2.1.2; documents with a sheet in them have one as well
_DECLARATION = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")  # in UTF-8 and UTF-16
_LONGEST_HEAD = 4096
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def check(path: Path, expected: frozenset[Content]) -> None:
    """Raise MaterialUnreadable unless the file is one of the expected contents and fit to be read."""
    raw = _bytes_of(path)
    if not raw.strip():
        raise MaterialUnreadable(wording.EMPTY)
    content = _content(raw, path)
    if content is Content.OLD_OFFICE and _LOCKED_STREAM in raw:
        raise MaterialUnreadable(wording.LOCKED)
    if content not in expected:
        raise MaterialUnreadable(wording.mistaken(path.suffix, content.value))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_MB * _MB:
            raise MaterialUnreadable(wording.too_large(LARGEST_MB))
        return path.read_bytes()
    except OSError as error:
        raise MaterialUnreadable(wording.NOT_A_FILE) from error


def _content(raw: bytes, path: Path) -> Content:
    head = raw[:1024]
    if b"%PDF-" in head:
        return Content.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed_content(path)
    if head.startswith(_OLE):
        is_book = _OLD_BOOK in raw and not any(name in raw for name in _OLD_DOCUMENTS)
        return Content.XLS if is_book else Content.OLD_OFFICE
    if head.startswith(_IMAGES):
        return Content.IMAGE
    if b"\0" in raw and not head.startswith(_UTF16_MARKS):
        return Content.UNKNOWN
    return Content.HTML if head.lstrip().lower().startswith((b"<!doctype html", b"<html")) else Content.TEXT


def _packed_content(path: Path) -> Content:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise MaterialUnreadable(wording.BROKEN) from error
    if any(part.flag_bits & 1 for part in parts):
        raise MaterialUnreadable(wording.LOCKED)
    # Python's zipfile stops reading at the size that the directory states, so the stated sizes are a true bound.
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED_MB * _MB or unpacked > LARGEST_RATIO * path.stat().st_size:
        raise MaterialUnreadable(wording.SWELLS)
    content = next((_PARTS[part.filename] for part in parts if part.filename in _PARTS), Content.ZIP)
    if content is not Content.ZIP and _declares_entities(path):
        raise MaterialUnreadable(wording.ENTITIES)
    return content


def _declares_entities(path: Path) -> bool:
    """Whether a part declares a document type: office programs write none, and ECMA-376 part 2 forbids it."""
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as xml:
                        if _DECLARATION.search(xml.read(_LONGEST_HEAD)):
                            return True
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        pass  # its reader says what is broken
    return False
