"""Letters on a page to lines, in the order in which the page draws them: that keeps columns and text boxes together.

Letters drawn apart from their line (from another font) go back into its gaps; marks of footnotes are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Any

from ingest.readers import pdf_columns
from ingest.readers.letters import JAPANESE, tidy

_SAME_LINE = 0.5  # of the letter's size: how far middles may differ on one line (indices, rounding)
_WORD_GAP = 0.2  # of the size, between Latin letters: a space in Helvetica is 0.28
_COLUMN_GAP = 0.9  # of the size, between any letters: typesetters put a quarter between Japanese and Latin
_LOOKED_BACK = 6  # rows: programs draw what their main font lacks right after the line it belongs to
_LONGEST_HOST = 300  # letters: no printed line is longer, and looking through it takes its time
_OVERLAP = 0.3  # of the size: more, and two letters cannot stand side by side
_RAISED = 0.75  # of the line's size: what is set smaller is a mark above the line
_MARK = re.compile(r"[0-9０-９*＊※†‡)）注]+")
_AFTER_WORDS = re.compile(rf"[{JAPANESE}。、」』）)]")

_Letter = dict[str, Any]


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


def lines_of(letters: Iterable[_Letter], page: int) -> list[Line]:
    """The printed lines of pdfplumber's letters; blank ones are left out."""
    rows = pdf_columns.apart(_filled(_rows(_drawn_once(letters))))
    lines = (_line(_unmarked(row), page) for row in rows)
    return [line for line in lines if line.text]


def box_of(thing: _Letter) -> Box:
    return Box(thing["x0"], thing["top"], thing["x1"], thing["bottom"])


def _drawn_once(letters: Iterable[_Letter]) -> Iterator[_Letter]:
    """Some programs print bold by printing twice, a hair apart."""
    seen: set[tuple[str, float, float]] = set()
    for letter in letters:
        text, x, y = letter["text"], letter["x0"], letter["top"]
        places = {(text, rounded(x), rounded_y(y)) for rounded in (floor, round) for rounded_y in (floor, round)}
        if text.isspace() or seen.isdisjoint(places):
            yield letter
        seen |= places


def _rows(letters: Iterable[_Letter]) -> Iterator[list[_Letter]]:
    row: list[_Letter] = []
    for letter in letters:
        if row and not _continues(row[-1], letter):
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _filled(rows: Iterable[list[_Letter]]) -> list[list[_Letter]]:
    """Rows that fit into the gaps of one just before belong to it."""
    kept: list[list[_Letter]] = []
    for row in rows:
        host = next((before for before in kept[: -_LOOKED_BACK - 1 : -1] if _fits(row, before)), None)
        if host is None:
            kept.append(row)
        else:
            host[:] = sorted([*host, *row], key=lambda letter: float(letter["x0"]))
    return kept


def _fits(row: list[_Letter], host: list[_Letter]) -> bool:
    first, last = host[0], host[-1]
    if len(host) > _LONGEST_HOST:
        return False
    if not first["x1"] <= (row[0]["x0"] + row[0]["x1"]) / 2 <= last["x0"] or row[-1]["x1"] > last["x1"]:
        return False
    size = min(row[0]["size"], first["size"])
    level = abs((row[0]["top"] + row[0]["bottom"]) - (first["top"] + first["bottom"])) / 2 < _SAME_LINE * size
    return level and not any(
        min(letter["x1"], other["x1"]) - max(letter["x0"], other["x0"]) > _OVERLAP * size
        for letter in row
        for other in host
        if not other["text"].isspace()
    )


def _unmarked(row: list[_Letter]) -> list[_Letter]:
    """Without the small figures behind a word that send to a footnote: 提出します1。 would be misread."""
    sizes = sorted(letter["size"] for letter in row)
    usual = sizes[len(sizes) // 2]
    if sizes[0] >= _RAISED * usual:
        return row
    kept: list[_Letter] = []
    for letter in row:
        small = letter["size"] < _RAISED * usual and _MARK.fullmatch(letter["text"])
        if not (small and (not kept or _AFTER_WORDS.fullmatch(kept[-1]["text"]))):
            kept.append(letter)
    return kept or row


def _continues(before: _Letter, letter: _Letter) -> bool:
    size = max(before["size"], letter["size"])
    middles = abs((before["top"] + before["bottom"]) - (letter["top"] + letter["bottom"])) / 2
    return bool(middles < _SAME_LINE * size and letter["x0"] > before["x1"] - size)


def _line(row: list[_Letter], page: int) -> Line:
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
