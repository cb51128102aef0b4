"""Running heads, running feet and page numbers: what every page repeats at its edge is not what the material says."""

import re
from collections import Counter

from ingest.readers.pdf_lines import Line

_EDGE = 0.1  # of the page's height
_LARGE = 1.15  # times the body's size: a title that several slides share is no running head
_NUMBER = re.compile(
    r"[-–—―‐－\s(（]*(?:p\.?|page|頁|ページ)?\s*[0-9０-９]{1,4}\s*(?:[/／]\s*[0-9０-９]{1,4})?[-–—―‐－\s)）頁ページ]*",
    re.I,
)


def without_running(pages: list[tuple[float, list[Line]]], body_size: float) -> list[list[Line]]:
    """The lines of each page (height, lines) without what runs along its edges."""
    repeated = Counter(
        key for height, lines in pages for key in {_key(line) for line in lines if _at_edge(line, height)}
    )
    often = max(2, len(pages) / 3)

    def runs(line: Line, height: float) -> bool:
        if not _at_edge(line, height):
            return False
        small = line.size <= body_size * _LARGE
        return bool(_NUMBER.fullmatch(line.text)) or (small and repeated[_key(line)] >= often)

    return [[line for line in lines if not runs(line, height)] for height, lines in pages]


def _at_edge(line: Line, height: float) -> bool:
    return line.box.bottom < height * _EDGE or line.box.top > height * (1 - _EDGE)


def _key(line: Line) -> str:
    """The line without its figures, which count pages."""
    return re.sub(r"[0-9０-９]+", "#", line.text)
