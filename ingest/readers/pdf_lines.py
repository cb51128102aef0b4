"""Letters on a page to lines, in the order in which the page draws them: that keeps columns and text boxes together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Any

from ingest.readers.letters import tidy

_SAME_LINE = 0.5  # of the letter's size: how far middles may differ on one line (indices, rounding)
_WORD_GAP = 0.2  # of the size, between Latin letters: a space in Helvetica is 0.28
_COLUMN_GAP = 0.9  # of the size, between any letters: typesetters put a quarter between Japanese and Latin


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, other: "Box") -> bool:
        """Whether the middle of another box lies in this one."""
        middle, height = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= middle < self.x1 and self.top <= height < self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    box: Box
    size: float  # of most of its letters, in points
    page: int


def lines_of(letters: Iterable[dict[str, Any]], page: int) -> list[Line]:
    """The printed lines of pdfplumber's letters; blank ones are left out."""
    lines = (_line(row, page) for row in _rows(_drawn_once(letters)))
    return [line for line in lines if line.text]


def box_of(thing: dict[str, Any]) -> Box:
    return Box(thing["x0"], thing["top"], thing["x1"], thing["bottom"])


def _drawn_once(letters: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Some programs print bold by printing twice, a hair apart."""
    seen: set[tuple[str, float, float]] = set()
    for letter in letters:
        text, x, y = letter["text"], letter["x0"], letter["top"]
        places = {(text, rounded(x), rounded_y(y)) for rounded in (floor, round) for rounded_y in (floor, round)}
        if text.isspace() or seen.isdisjoint(places):
            yield letter
        seen |= places


def _rows(letters: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    row: list[dict[str, Any]] = []
    for letter in letters:
        if row and not _continues(row[-1], letter):
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _continues(before: dict[str, Any], letter: dict[str, Any]) -> bool:
    size = max(before["size"], letter["size"])
    middles = abs((before["top"] + before["bottom"]) - (letter["top"] + letter["bottom"])) / 2
    return bool(middles < _SAME_LINE * size and letter["x0"] > before["x1"] - size)


def _line(row: list[dict[str, Any]], page: int) -> Line:
    text = row[0]["text"]
    for before, letter in pairwise(row):
        gap = (letter["x0"] - before["x1"]) / (letter["size"] or 1)
        latin = before["text"].isascii() and letter["text"].isascii()
        text += (" " if gap > (_WORD_GAP if latin else _COLUMN_GAP) else "") + letter["text"]
    inked = [letter for letter in row if not letter["text"].isspace()] or row
    sizes = sorted(round(letter["size"], 1) for letter in inked)
    box = Box(
        min(letter["x0"] for letter in inked),
        min(letter["top"] for letter in inked),
        max(letter["x1"] for letter in inked),
        max(letter["bottom"] for letter in inked),
    )
    return Line(tidy(text), box, sizes[len(sizes) // 2], page)
