"""Plain text: paragraphs between blank lines; lines that were broken to fit a width are made one again."""

import re
from itertools import groupby
from pathlib import Path

from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.readers.draft import Draft
from ingest.readers.encodings import text_from
from ingest.readers.headings import heading_level, item_of
from ingest.readers.letters import joined, tidy

_WRAPPED = (
    30  # characters: mail and old editors break at 35 wide letters, and nobody writes so long a line for its looks
)
_COMPLETE = re.compile(r"[。．！？!?」』）)：:]$")


def read(path: Path) -> Reading:
    lines = enumerate(tidy_lines(text_from(path.read_bytes())), 1)
    draft = Draft()
    for filled, group in groupby(lines, key=lambda line: bool(line[1])):
        if filled:
            _add(list(group), draft)
    return draft.reading()


def tidy_lines(text: str) -> list[str]:
    return [tidy(line) for line in re.split(r"\r\n|\r|\n", text)]


def _add(lines: list[tuple[int, str]], draft: Draft) -> None:
    if len(lines) == 1 and (level := heading_level(lines[0][1])) is not None:
        draft.head(lines[0][1], level, wording.line(lines[0][0]))
        return
    for number, text in _paragraphs(lines):
        item = item_of(text)
        draft.add(item or text, BlockKind.LIST_ITEM if item else BlockKind.PROSE, wording.line(number))


def _paragraphs(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """(number of the first line, text) of each paragraph."""
    paragraphs: list[tuple[int, list[str]]] = []
    for number, text in lines:
        before = paragraphs[-1][1][-1] if paragraphs else ""
        if len(before) >= _WRAPPED and not _COMPLETE.search(before) and item_of(text) is None:
            paragraphs[-1][1].append(text)
        else:
            paragraphs.append((number, [text]))
    return [(number, joined(parts)) for number, parts in paragraphs]
