"""Plain text: paragraphs between blank lines; lines that were broken to fit a width are made one again."""

import re
from itertools import groupby, pairwise
from pathlib import Path

from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.encodings import text_from
from ingest.readers.draft import Draft
from ingest.readers.headings import heading_level, item_of
from ingest.readers.letters import joined, tidy

_WRAPPED = (
    30  # characters: mail and old editors break at 35 wide letters, and nobody writes so long a line for its looks
)
_FEW = 3  # lines: fewer may well be paragraphs of one line
_MOST = 0.9
_COMPLETE = re.compile(r"[。．！？!?」』）)：:]$")


def read(path: Path) -> Reading:
    return reading_of(text_from(path.read_bytes()))


def reading_of(words: str) -> Reading:
    """The reading of a text."""
    lines = list(enumerate(_lines(words), 1))
    filled = [line for line in lines if line[1]]
    draft = Draft()
    if _is_double_spaced([number for number, _ in filled]):
        _add(filled, draft)
    else:
        for is_filled, group in groupby(lines, key=lambda line: bool(line[1])):
            if is_filled:
                _add(list(group), draft)
    return draft.reading()


def _is_double_spaced(numbers: list[int]) -> bool:
    """Text copied out of a PDF often has an empty line after each line: there, empty lines part nothing."""
    alone = sum(following - number > 1 for number, following in pairwise(numbers))
    return len(numbers) > _FEW and alone >= _MOST * (len(numbers) - 1)


def _lines(text: str) -> list[str]:
    return [tidy(line) for line in re.split(r"\r\n|\r|\n", text)]


def _add(lines: list[tuple[int, str]], draft: Draft) -> None:
    for number, text in _paragraphs(lines):
        level, item = heading_level(text), item_of(text)
        if level is not None:
            draft.head(text, level, wording.line(number))
        else:
            draft.add(item or text, BlockKind.LIST_ITEM if item else BlockKind.PROSE, wording.line(number))


def _paragraphs(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """(number of the first line, text) of each paragraph."""
    paragraphs: list[tuple[int, list[str]]] = []
    for number, text in lines:
        before = paragraphs[-1][1][-1] if paragraphs else ""
        opens = item_of(text) is not None or heading_level(text) is not None
        if len(before) >= _WRAPPED and not _COMPLETE.search(before) and not opens:
            paragraphs[-1][1].append(text)
        else:
            paragraphs.append((number, [text]))
    return [(number, joined(parts)) for number, parts in paragraphs]
