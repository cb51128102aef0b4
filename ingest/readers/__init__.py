"""One file in, one reading out, by a reader per format; what a vendor's parser raises leaves as MaterialUnreadable."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.readers import csv_file, docx, eml, html, markdown, opening, pdf, pptx, subtitles, text, xls, xlsx, zip_file
from ingest.readers.opening import Content

_TEXT = frozenset({Content.TEXT})
_WEB = frozenset({Content.TEXT, Content.HTML})
_FORMATS = {
    ".pdf": (frozenset({Content.PDF}), pdf.read),
    ".docx": (frozenset({Content.DOCX}), docx.read),
    ".pptx": (frozenset({Content.PPTX}), pptx.read),
    ".xlsx": (frozenset({Content.XLSX}), xlsx.read),
    ".xls": (frozenset({Content.XLS}), xls.read),
    ".csv": (_TEXT, csv_file.read),
    ".html": (_WEB, html.read),
    ".htm": (_WEB, html.read),
    ".md": (_WEB, markdown.read),
    ".txt": (_TEXT, text.read),
    ".vtt": (_TEXT, subtitles.read),
    ".srt": (_TEXT, subtitles.read),
}
_CONTAINERS = {
    ".eml": (_TEXT, eml.read),
    ".zip": (frozenset({Content.ZIP}), zip_file.read),
}
SUFFIXES = (*_FORMATS, *_CONTAINERS)
_DEEPEST = 2  # containers around a file: a ZIP attached to a mail is usual, more is a trap


def read(path: Path) -> Reading:
    """The blocks of a material. Raises MaterialUnreadable and nothing else when the file cannot or must not be read."""
    return _read(path, 0)


def _read(path: Path, depth: int) -> Reading:
    """`depth` containers are around it."""
    expected, reader = _reader_of(path, depth)
    opening.check(path, expected)
    try:
        reading = reader(path)
    except MaterialUnreadable:
        raise
    except Exception as error:  # one file of an ingest is a border: parsers raise whatever they like
        raise MaterialUnreadable(_reason(error)) from error
    if not reading.blocks:
        raise MaterialUnreadable(wording.WITHOUT_TEXT)
    return reading


def _reader_of(path: Path, depth: int) -> tuple[frozenset[Content], Callable[[Path], Reading]]:
    suffix = path.suffix.lower()
    if suffix in _FORMATS:
        return _FORMATS[suffix]
    if suffix not in _CONTAINERS:
        raise MaterialUnreadable(wording.unsupported(path.suffix, "、".join(SUFFIXES)))
    if depth >= _DEEPEST:
        raise MaterialUnreadable(wording.TOO_DEEP)
    expected, reader = _CONTAINERS[suffix]
    return expected, partial(reader, read_member=partial(_read, depth=depth + 1))


def _reason(error: Exception) -> str:
    """Parsers say in words of their own that something nests too deep; all else is a broken file."""
    too_nested = isinstance(error, RecursionError) or "Excessive depth" in str(error)  # the latter is libxml2's word
    return wording.TOO_NESTED if too_nested else wording.BROKEN
