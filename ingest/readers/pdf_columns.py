"""Pages whose lines are drawn straight across two columns: the gutter is found, and each column read by itself.

Most programs draw column by column, and then nothing is to be done here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

_Row = list[dict[str, Any]]

_GUTTER = 1.2  # of the letter's size: the least air between two columns
_LEAST_ROWS = 4  # that show the gutter; three lines of labels and values are no columns
_LEAST_LETTERS = 10  # in the usual line of each column: running text, not a list of names and figures
_FULL = 1.6  # of the size: how far a line may end before its column does
_MOSTLY = 0.6  # of the left column's lines are full, as only running text is


@dataclass(frozen=True, slots=True)
class _Gap:
    """The widest air in a row, between two of its letters."""

    left: float
    right: float
    at: int  # the letter after it


def apart(rows: list[_Row]) -> list[_Row]:
    """The rows, those that reach over a gutter cut there: the left column's parts first, then the right one's."""
    gaps = [_widest(row) for row in rows]
    middle = _gutter(rows, gaps)
    return rows if middle is None else list(_by_column(rows, gaps, middle))


def _widest(row: _Row) -> _Gap | None:
    wide = [
        _Gap(before["x1"], letter["x0"], at)
        for at, (before, letter) in enumerate(pairwise(row), 1)
        if letter["x0"] - before["x1"] > _GUTTER * letter["size"]
    ]
    return max(wide, key=lambda gap: gap.right - gap.left, default=None)


def _gutter(rows: list[_Row], gaps: list[_Gap | None]) -> float | None:
    """Where the gutter is, if the rows that show one look like two columns of running text."""
    showing = [(row, gap) for row, gap in zip(rows, gaps, strict=True) if gap is not None]
    if len(showing) < _LEAST_ROWS:
        return None
    middle = median((gap.left + gap.right) / 2 for _, gap in showing)
    parts = [(row[: gap.at], row[gap.at :]) for row, gap in showing if gap.left < middle < gap.right]
    if len(parts) < _LEAST_ROWS or any(median(len(part[side]) for part in parts) < _LEAST_LETTERS for side in (0, 1)):
        return None
    edge = max(left[-1]["x1"] for left, _ in parts)
    full = sum(edge - left[-1]["x1"] < _FULL * left[-1]["size"] for left, _ in parts)
    return middle if full >= _MOSTLY * len(parts) else None


def _by_column(rows: list[_Row], gaps: list[_Gap | None], middle: float) -> Iterator[_Row]:
    """A row that crosses the gutter, as a heading over both columns, ends what stands above it."""
    left: list[_Row] = []
    right: list[_Row] = []
    for row, gap in zip(rows, gaps, strict=True):
        if gap is not None and gap.left < middle < gap.right:
            left.append(row[: gap.at])
            right.append(row[gap.at :])
        elif row[-1]["x1"] <= middle and left:
            left.append(row)
        elif row[0]["x0"] >= middle and right:
            right.append(row)
        else:
            yield from (*left, *right, row)
            left, right = [], []
    yield from (*left, *right)
