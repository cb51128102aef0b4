"""Blocks to passages: under one heading, near one size, never through a sentence, a list item or a table row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from consultation.sentences import sentences_of
from ingest import wording
from ingest.blocks import Block, BlockKind, Reading

LONGEST = 1.4  # times the size: what one passage may reach before it is divided
ABSURD = 2000  # characters: no sentence is so long; it is data, and is cut so that a passage stays readable
_CLAUSE = re.compile(r"[^、，／]*[、，／]?")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage: its text as shown, where it stands, the headings above it; its sentences joined are the text."""

    text: str
    locator: str
    heading: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a sentence, a list item or a table row."""

    text: str
    locator: str


def chunks_from(reading: Reading, *, size: int = 320) -> tuple[Chunk, ...]:
    """The passages in order, each near `size` characters unless its section is shorter or one of its units longer."""
    return tuple(
        _chunk(pile, heading)
        for (heading, _), blocks in groupby(reading.blocks, key=_section)
        for pile in _piles(_units(list(blocks), size), size)
    )


def _section(block: Block) -> tuple[tuple[str, ...], bool]:
    """Notes are spoken words beside a slide: they make passages of their own."""
    return block.heading, block.kind is BlockKind.NOTE


def _units(blocks: list[Block], size: int) -> list[_Unit]:
    """The units of a section; all but the last block end in a line break, so that the units joined are the text."""
    texts = [block.text.strip() for block in blocks]
    return [
        _Unit(unit, block.locator)
        for at, (block, text) in enumerate(zip(blocks, texts, strict=True))
        if text
        for unit in _divided(text + ("\n" if any(texts[at + 1 :]) else ""), block.kind, size)
        if unit.strip()
    ]


def _divided(text: str, kind: BlockKind, size: int) -> Iterator[str]:
    whole = kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
    for unit in (text,) if whole else sentences_of(text):
        if len(unit) <= ABSURD:
            yield unit
        else:
            yield from _clauses(unit, size)


def _clauses(text: str, size: int) -> Iterator[str]:
    """The last resort: near `size` characters each, cut after a comma, and where there is none, anywhere."""
    held = ""
    for clause in _CLAUSE.findall(text):
        if held and len(held) + len(clause) > size:
            yield held
            held = ""
        held += clause
        while len(held) > ABSURD:
            yield held[:size]
            held = held[size:]
    if held:
        yield held


def _piles(units: list[_Unit], size: int) -> Iterator[list[_Unit]]:
    """The units in piles of about equal length, so that no last passage is a stump."""
    longest = int(size * LONGEST)
    left = sum(len(unit.text) for unit in units)
    goal = _share(left, longest)
    pile: list[_Unit] = []
    held = 0
    for unit in units:
        after = held + len(unit.text)
        if pile and (after > longest or goal - held < after - goal):
            yield pile
            left -= held
            goal = _share(left, longest)
            pile, held = [], 0
        pile.append(unit)
        held += len(unit.text)
    if pile:
        yield pile


def _share(length: int, longest: int) -> float:
    """The length of each part when `length` is divided into as few equal parts as may be."""
    return length / max(1, -(-length // longest))


def _chunk(pile: list[_Unit], heading: tuple[str, ...]) -> Chunk:
    sentences = [unit.text for unit in pile]
    sentences[-1] = sentences[-1].rstrip()
    locator = wording.span(pile[0].locator, pile[-1].locator)
    return Chunk("".join(sentences), locator, heading, tuple(sentences))
