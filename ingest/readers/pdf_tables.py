"""Ruled tables of a PDF page."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from ingest.readers.letters import joined
from ingest.readers.pdf_lines import Box, box_of, lines_of
from ingest.readers.tables import LEFT

_SAME_EDGE = 2.0  # points
_MOST_EMPTY = 0.7  # of the cells: beyond, the rules frame a drawing
_Span = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """Its place and its cells; one that spans rows is repeated below, LEFT stands where one spans columns."""

    box: Box
    page: int
    grid: tuple[tuple[str, ...], ...]
    edges: tuple[float, ...] = ()  # the left edges of its columns

    def continues(self, other: "Table") -> bool:
        """Whether it is the same table on the next page."""
        same = len(self.edges) == len(other.edges) > 1 and all(
            abs(one - two) < _SAME_EDGE for one, two in zip(self.edges, other.edges, strict=True)
        )
        return same and self.page == other.page + 1 and abs(self.box.x1 - other.box.x1) < _SAME_EDGE


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
    edges = [min(cell[0] for cell in column if cell is not None) for column in _columns(rows)]
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
            elif cell is None and any(place is not None and place[2] > edges[at] + 1 for place in places[:at]):
                texts.append(LEFT)
                places.append(None)
            else:
                texts.append(_text(cell, letters, page))
                places.append(cell)
        grid.append(texts)
        spans.append(places)
    filled = sum(text not in {"", LEFT} for row in grid for text in row)
    if filled < (1 - _MOST_EMPTY) * sum(map(len, grid)):
        return None
    return Table(box, page, tuple(map(tuple, grid)), tuple(edges))


def _columns(rows: list[list[_Span | None]]) -> list[list[_Span | None]]:
    return [column for column in map(list, zip_longest(*rows)) if any(column)]


def _top(cells: list[_Span | None]) -> float:
    return max(cell[1] for cell in cells if cell is not None)


def _text(cell: _Span | None, letters: list[dict[str, Any]], page: int) -> str:
    if cell is None:
        return ""
    box = Box(*cell)
    inside = [letter for letter in letters if box.holds(box_of(letter))]
    return joined([line.text for line in lines_of(inside, page)])
