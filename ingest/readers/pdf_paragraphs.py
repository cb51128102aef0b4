"""Printed lines to paragraphs: a line that fills its column goes on in the next, a short one has ended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.headings import heading_level, item_of
from ingest.readers.letters import joined
from ingest.readers.pdf_lines import Line

_SAME_SIZE = 0.6  # points
_LOOSE = 1.5  # times the usual distance of lines: the next line belongs to something else
_INDENT = 0.7  # of the size: a Japanese paragraph opens with one letter of air
_FULL_LINE = 30  # letters: what stands shorter and unended at a page's foot is a label, not a broken sentence
_SENTENCE_END = re.compile(r"[。！？!?」』）)]$")
_NUMBERED = re.compile(
    r"[（(]?[0-9０-９一二三四五六七八九十ア-ン]{1,3}[)）.．、]|[①-⑳※○●・]|第[0-9０-９一二三四五六七八九十]+[章節条回]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one sentence flow; its page is that of its first line."""

    text: str
    size: float
    page: int
    top: float


def paragraphs_of(pages: list[list[Line]]) -> list[Paragraph]:
    """The paragraphs of a document; one that the turn of a page or a column cuts is made whole."""
    paragraphs: list[Paragraph] = []
    for lines in pages:
        for block in _blocks(lines):
            first, *others = _paragraphs(block)
            if paragraphs and _turned(paragraphs[-1], first) and _goes_on(paragraphs[-1], first):
                before = paragraphs.pop()
                first = Paragraph(joined([before.text, first.text]), before.size, before.page, before.top)
            paragraphs += [first, *others]
    return paragraphs


def _turned(before: Paragraph, after: Paragraph) -> bool:
    """Whether the second stands on another page, or at the head of another column."""
    return before.page != after.page or after.top < before.top


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph at the end of a page or column is finished at the head of the next."""
    prose = len(before.text) >= _FULL_LINE and not _SENTENCE_END.search(before.text) and item_of(before.text) is None
    return prose and abs(before.size - after.size) < _SAME_SIZE and not _opens(after.text)


def _opens(text: str) -> bool:
    """Whether a line begins something by its first sign."""
    return bool(_NUMBERED.match(text)) or item_of(text) is not None or heading_level(text) is not None


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of one size, one below the other at the usual distance."""
    pitch = _usual_pitch(lines)
    block: list[Line] = []
    for line in lines:
        if block and not _stacked(block[-1], line, pitch):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _usual_pitch(lines: list[Line]) -> float:
    """Line distance in sizes; a document set with wide lines has wide ones everywhere."""
    pitches = [
        (line.box.top - before.box.top) / line.size
        for before, line in pairwise(lines)
        if abs(before.size - line.size) < _SAME_SIZE
        and line.size
        and 0.8 < (line.box.top - before.box.top) / line.size < 3
    ]
    return median(pitches) if pitches else 1.6


def _stacked(before: Line, line: Line, pitch: float) -> bool:
    below = (line.box.top - before.box.top) / (line.size or 1)
    overlap = min(before.box.x1, line.box.x1) - max(before.box.x0, line.box.x0)
    return abs(before.size - line.size) < _SAME_SIZE and 0.5 < below < pitch * _LOOSE and overlap > 0


def _paragraphs(block: list[Line]) -> Iterator[Paragraph]:
    left, right = min(line.box.x0 for line in block), max(line.box.x1 for line in block)
    held = [block[0]]
    for line in block[1:]:
        if _ended(held, line, left, right):
            yield _paragraph(held)
            held = []
        held.append(line)
    yield _paragraph(held)


def _ended(held: list[Line], line: Line, left: float, right: float) -> bool:
    """Whether the paragraph of the held lines is over before this line."""
    before = held[-1]
    if _opens(line.text):
        return True
    if right - before.box.x1 > _first_word(line):
        return True
    indented = line.box.x0 - left > _INDENT * line.size
    hanging = _opens(held[0].text)
    return indented and not hanging and bool(_SENTENCE_END.search(before.text))


def _first_word(line: Line) -> float:
    """The room that the line's first word would have needed on the line before, in points."""
    word = re.match(r"[!-~]+", line.text)
    letters = len(word[0]) * 0.6 if word else 1
    return (letters + 1.5) * line.size  # no line begins with 。or ）, so up to two letters are carried over


def _paragraph(lines: list[Line]) -> Paragraph:
    first = lines[0]
    return Paragraph(joined([line.text for line in lines]), first.size, first.page, first.box.top)
