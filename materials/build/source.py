"""A text source: front matter and a small, line-based Markdown (headings, paragraphs, bullets, tables, `>` notes)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from materials.build.catalogue import Entry, SourceError, entry_from

HEADING = re.compile(r"(#{1,3}) (.+)")
RULE = re.compile(r"\|[-:| ]+\|")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """On slides what the speaker says; in documents a remark."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The first row is the header."""

    rows: tuple[tuple[str, ...], ...]


Part = Paragraph | Bullet | Note | Table


@dataclass(frozen=True, slots=True)
class Section:
    level: int
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Source:
    entry: Entry
    meta: dict[str, object]
    body: str
    sections: tuple[Section, ...]


def source_from(path: Path) -> Source:
    """Read one source; raises SourceError when the front matter does not hold."""
    halves = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(halves) != 3 or halves[0]:
        raise SourceError(f"{path.name}: no front matter")
    meta = yaml.safe_load(halves[1])
    return Source(entry_from(meta, path.name), meta, halves[2], tuple(_sections(halves[2])))


def _sections(body: str) -> Iterator[Section]:
    level, title, block = 0, "", list[str]()
    for line in body.splitlines():
        if heading := HEADING.fullmatch(line):
            if title or any(block):
                yield Section(level, title, tuple(_parts(block)))
            level, title, block = len(heading[1]), heading[2].strip(), []
        else:
            block.append(line.strip())
    yield Section(level, title, tuple(_parts(block)))


def _parts(lines: list[str]) -> Iterator[Part]:
    """Neighbouring lines of one sort belong together, except bullets, which stand alone."""
    sort, run = "", list[str]()
    for line in [*lines, ""]:
        now = _sort(line)
        if run and (now != sort or now == "bullet"):
            yield _part(sort, run)
            run = []
        if line:
            run.append(line)
        sort = now


def _sort(line: str) -> str:
    return {"- ": "bullet", "> ": "note"}.get(line[:2], "table" if line.startswith("|") else "text" if line else "")


def _part(sort: str, run: list[str]) -> Part:
    if sort == "bullet":
        return Bullet(run[0][2:])
    if sort == "note":
        return Note("".join(line[2:] for line in run))
    if sort == "table":
        return Table(tuple(_cells(line) for line in run if not RULE.fullmatch(line)))
    return Paragraph("".join(run))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
