"""Ruled tables of a PDF page."""

from dataclasses import dataclass
from typing import Any

from ingest.readers.letters import joined
from ingest.readers.pdf_lines import Box, box_of, lines_of

_MOST_EMPTY = 0.7  # of the cells: beyond, the rules frame a drawing
_Span = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """Its place and its cells; one that spans rows is repeated below, one that spans columns leaves the next empty."""

    box: Box
    page: int
    grid: tuple[tuple[str, ...], ...]


def tables_of(page: Any, letters: list[dict[str, Any]]) -> list[Table]:
    """The tables of a pdfplumber page, filled with these of its letters; frames around text are none."""
    if not (page.rects or page.lines or page.curves):
        return []
    found = (_table(table, letters, page.page_number) for table in page.find_tables())
    return [table for table in found if table is not None]


def _table(table: Any, letters: list[dict[str, Any]], page: int) -> Table | None:
    box = Box(*table.bbox)
    letters = [letter for letter in letters if box.holds(box_of(letter))]
    rows = [row.cells for row in table.rows]
    if max(map(len, rows)) < 2:
        return None
    grid: list[list[str]] = []
    spans: list[list[_Span | None]] = []  # the cell each place of the row above belongs to
    for cells in rows:
        texts: list[str] = []
        places: list[_Span | None] = []
        for at, cell in enumerate(cells):
            above = spans[-1][at] if spans else None
            if cell is None and above is not None and above[3] > _top(cells) + 1:
                texts.append(grid[-1][at])
                places.append(above)
            else:
                texts.append(_text(cell, letters, page))
                places.append(cell)
        grid.append(texts)
        spans.append(places)
    filled = sum(bool(text) for row in grid for text in row)
    if filled < (1 - _MOST_EMPTY) * sum(map(len, grid)):
        return None
    return Table(box, page, tuple(map(tuple, grid)))


def _top(cells: list[_Span | None]) -> float:
    return max(cell[1] for cell in cells if cell is not None)


def _text(cell: _Span | None, letters: list[dict[str, Any]], page: int) -> str:
    if cell is None:
        return ""
    box = Box(*cell)
    inside = [letter for letter in letters if box.holds(box_of(letter))]
    return joined([line.text for line in lines_of(inside, page)])
