"""Tables to sentences: each row told with the names of its columns, so that it can be understood alone.

A grid is rows of cells; a cell that continues its left neighbour is LEFT, one that continues the one above repeats it.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.readers.letters import tidy, unwrapped

Grid = Sequence[Sequence[str]]

LEFT = "\ue000"  # the sign for "this cell belongs to its left neighbour": no text holds it, readers hand it over
_WIDEST = 3  # columns that one value may be told for; what spans more parts the table
_FIGURE = re.compile(r"[\d０-９][\d０-９,，.．\s]*(?:[%％]|[^\s年月期]{0,4})|[-－–—△▲○×◎✓・]")
_LONGEST_NAME = 30
# Column names that only say "this is a name" and "this is what it means": the row reads better without them.
_PLAIN_NAMES = frozenset(
    "項目 区分 事項 内容 説明 用語 意味 値 欄 記入欄 記入内容 記載内容 概要 名称 種別 質問 回答 問 答 解説".split()
)


def rows_told(grid: Grid, *, headed: bool = False) -> Iterator[tuple[int, str]]:
    """(1-based row, its text) for each row that says something; `headed` when the file marks the first row as names.

    A row with one cell above the names is told as it is (a caption, a unit).
    """
    spans = [_spans(row) for row in grid]
    rows = _shown(grid)
    start = _first_of_table(rows)
    for at in range(start):
        if any(rows[at]):
            yield at + 1, next(filter(None, rows[at]))
    names, body = _names(rows[start:], headed=headed)
    for at, row in enumerate(rows[start + body :], start + body + 1):
        if text := _told(names, row, spans[at - 1]):
            yield at, text


def names_of(grid: Grid) -> Grid:
    """The rows that name the columns."""
    rows = _shown(grid)
    start = _first_of_table(rows)
    _, count = _names(rows[start:], headed=False)
    return grid[start : start + count]


def _spans(row: Sequence[str]) -> list[int]:
    """Over how many columns each cell reaches."""
    spans = [1] * len(row)
    for at in reversed(range(len(row) - 1)):
        if row[at + 1] == LEFT:
            spans[at] = spans[at + 1] + 1
    return spans


def _shown(grid: Grid) -> list[list[str]]:
    return _even([["" if cell == LEFT else unwrapped(tidy(cell)) for cell in row] for row in grid])


def _even(rows: list[list[str]]) -> list[list[str]]:
    """All rows as wide as the widest."""
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _first_of_table(rows: list[list[str]]) -> int:
    """Captions come first: rows with one cell, while wider rows follow."""
    for at, row in enumerate(rows):
        if sum(map(bool, row)) > 1:
            return at
    return 0


def _names(rows: list[list[str]], *, headed: bool) -> tuple[list[str], int]:
    """The columns' names and how many rows they take; no names when the first row is data already."""
    if len(rows) < 2:
        return [], 0
    first, second = rows[0], rows[1]
    if len(first) == 2 and set(first) <= _PLAIN_NAMES:
        return [], 1
    if len(first) < 3 and not headed:
        return [], 0
    if _is_stacked(first, second):
        return _stacked(first, second), 2
    if headed or _is_names(first):
        return first, 1
    return [], 0


def _is_names(row: list[str]) -> bool:
    """Names are short, no figures, no sentences, and only the corner may be empty."""
    return bool(row) and all(
        (name or not at) and len(name) <= _LONGEST_NAME and not name.endswith("。") and not _FIGURE.fullmatch(name)
        for at, name in enumerate(row)
    )


def _is_stacked(upper: list[str], lower: list[str]) -> bool:
    """Whether the second row divides columns of the first: an empty name is a span, and what is not spanned goes on."""
    spanned = [not name or not following for name, following in zip(upper, [*upper[1:], "."], strict=True)]
    whole = all(below in {above, ""} for above, below, part in zip(upper, lower, spanned, strict=True) if not part)
    parts = [below for below, part in zip(lower, spanned, strict=True) if part]
    return len(parts) > 1 and whole and _is_names(parts)


def _stacked(upper: list[str], lower: list[str]) -> list[str]:
    """Two rows of names, as 費用 over 初期 and 年間: 費用・初期, 費用・年間."""
    names: list[str] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        names.append(below if group == below or not group else f"{group}・{below}")
    return names


def _told(names: list[str], row: list[str], spans: list[int]) -> str:
    if not names and sum(map(bool, row)) == 2:
        return "：".join(filter(None, row))
    labels = ["" if at == 0 and name in _PLAIN_NAMES else name for at, name in enumerate(names)] or [""] * len(row)
    for at, span in enumerate(spans):
        if at and row[at] and 1 < span <= _WIDEST:  # the first cell names the row, however wide it is
            labels[at] = "、".join(dict.fromkeys(filter(None, labels[at : at + span])))
    return "／".join(f"{name}：{value}" if name else value for name, value in zip(labels, row, strict=True) if value)
