"""Paragraphs and tables of a PDF to a reading: the title, the headings by size or number, and all else below them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import wording
from ingest.blocks import BlockKind
from ingest.readers.draft import Draft
from ingest.readers.headings import heading_level, item_of
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_paragraphs import Paragraph, paragraphs_of
from ingest.readers.pdf_running import without_running
from ingest.readers.pdf_scan import Picture
from ingest.readers.pdf_tables import Table
from ingest.readers.tables import Grid, names_of, rows_told

_HEADING_SIZE = 1.08  # times the body's
_LONGEST_HEADING = 60
_NUMBERED = 100  # headings known only by their number come below those known by their size

_Piece = Paragraph | Table | Picture


def drafted(pages: list[tuple[float, list[Line]]], tables: list[Table], pictures: Sequence[Picture] = ()) -> Draft:
    """The draft of a document from its pages (height, lines outside of tables), its tables and its picture pages."""
    body = _body_size([line for _, lines in pages for line in lines])
    paragraphs = paragraphs_of(without_running(pages, body))
    outline = _Outline.of(paragraphs, body)
    draft = Draft()
    draft.title = "".join(paragraph.text for paragraph in outline.title) or None
    written = [paragraph for paragraph in paragraphs if paragraph not in outline.title]
    pieces = list(_in_order(written, sorted([*tables, *pictures], key=_place)))
    named: Grid = ()
    for at, piece in enumerate(pieces):
        if isinstance(piece, Table):
            named = _named(piece, pieces[max(at - 1, 0) : at], named)
            _add_table(piece, named, draft)
        elif isinstance(piece, Picture):
            _add_picture(piece, draft)
        else:
            _add(piece, outline.level(piece, pieces[max(at - 1, 0) : at] + pieces[at + 1 : at + 2]), draft)
    return draft


def _body_size(lines: list[Line]) -> float:
    """The size in which most letters are set."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


@dataclass(frozen=True, slots=True)
class _Outline:
    """Which sizes are headings, largest first, and which paragraphs are the title."""

    sizes: tuple[int, ...]
    title: tuple[Paragraph, ...]
    body: float

    @classmethod
    def of(cls, paragraphs: list[Paragraph], body: float) -> "_Outline":
        large = [paragraph for paragraph in paragraphs if _is_large(paragraph, body)]
        sizes = sorted({round(paragraph.size) for paragraph in large}, reverse=True)
        largest = [paragraph for paragraph in large if round(paragraph.size) == sizes[0]]
        first_page = paragraphs[0].page if paragraphs else 0
        is_title = len(largest) <= 2 and all(paragraph.page == first_page for paragraph in largest)
        return cls(tuple(sizes), tuple(largest) if is_title else (), body)

    def level(self, paragraph: Paragraph, neighbours: list[_Piece]) -> int | None:
        """0 for the largest; None for text. Numbered lines one after another are a list, not headings."""
        if _is_large(paragraph, self.body):
            return self.sizes.index(round(paragraph.size))
        level = heading_level(paragraph.text)
        beside = {heading_level(piece.text) for piece in neighbours if isinstance(piece, Paragraph)}
        return None if level is None or level in beside else _NUMBERED + level


def _is_large(paragraph: Paragraph, body: float) -> bool:
    return paragraph.size >= body * _HEADING_SIZE and _could_head(paragraph)


def _could_head(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) <= _LONGEST_HEADING and not text.endswith(("。", "、")) and item_of(text) is None


def _in_order(paragraphs: list[Paragraph], others: list[Table | Picture]) -> Iterator[_Piece]:
    """Each table before the first paragraph of its page that stands below it; picture pages among the written ones."""
    waiting = list(others)
    for paragraph in paragraphs:
        while waiting and _place(waiting[0]) < (paragraph.page, paragraph.top):
            yield waiting.pop(0)
        yield paragraph
    yield from waiting


def _place(piece: Table | Picture) -> tuple[int, float]:
    return piece.page, piece.box.top if isinstance(piece, Table) else 0.0


def _add(paragraph: Paragraph, level: int | None, draft: Draft) -> None:
    place = wording.page(paragraph.page)
    item = item_of(paragraph.text)
    if level is not None:
        draft.head(paragraph.text, level, place)
    elif item:
        draft.add(item, BlockKind.LIST_ITEM, place)
    else:
        draft.add(paragraph.text, BlockKind.PROSE, place)


def _named(table: Table, before: list[_Piece], named: Grid) -> Grid:
    """The rows that name its columns: its own, or those of the table that it continues and that it does not repeat."""
    goes_on = bool(before) and isinstance(before[0], Table) and table.continues(before[0])
    if goes_on and named and table.grid[: len(named)] != tuple(named):
        return named
    return names_of(table.grid)


def _add_table(table: Table, named: Grid, draft: Draft) -> None:
    own = table.grid[: len(named)] == tuple(named)
    grid = table.grid if own else (*named, *table.grid)
    lent = len(grid) - len(table.grid)
    for at, text in rows_told(grid):
        if at > lent:
            draft.add(text, BlockKind.TABLE_ROW, wording.row_of_table(wording.page(table.page), at - lent))


def _add_picture(picture: Picture, draft: Draft) -> None:
    """Under the heading above: a picture shows no sizes to tell headings of its own by."""
    for text in picture.paragraphs:
        draft.add(text, BlockKind.PROSE, wording.page(picture.page))
