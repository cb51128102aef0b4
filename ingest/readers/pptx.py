"""PowerPoint: slides in order, shapes from top left, tables by row, charts by category, notes at their slide's end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.readers.draft import Draft
from ingest.readers.headings import item_of
from ingest.readers.letters import unwrapped
from ingest.readers.pptx_unseen import Grounds
from ingest.readers.tables import LEFT, rows_told

_Shape = Any  # python-pptx comes without types
_Slide = Any

_FURNITURE = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER}
_SAME_ROW = Pt(18)  # shapes whose tops differ less stand side by side


def read(path: Path) -> Reading:
    deck = Presentation(str(path))
    draft = Draft()
    for number, slide in enumerate(deck.slides, 1):
        if slide.element.get("show") == "0":
            draft.remark(wording.hidden_slide(number))
        else:
            title = _slide(slide, wording.slide(number), draft)
            if number == 1:
                draft.title = title
    draft.title = draft.title or deck.core_properties.title or None
    return draft.reading()


def _slide(slide: _Slide, place: str, draft: Draft) -> str | None:
    """A slide's title, which is its heading; a slide without one stands under none."""
    draft.leave()
    grounds = Grounds(slide)
    title = _title(slide, grounds)
    draft.head(title or "", 0, place)
    tables = 0
    for shape in _shapes(slide.shapes):
        if _is(shape, "has_table"):
            tables += 1
            _rows(_grid(shape.table), place, tables, draft)
        elif _is(shape, "has_chart"):
            tables += 1
            _rows(list(_chart(shape.chart)), place, tables, draft)
        elif shape.has_text_frame and shape != slide.shapes.title:
            _paragraphs(shape, place, grounds, draft)
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        for line in frame.text.split("\n"):
            draft.add(unwrapped(line.replace("\v", "\n")), BlockKind.NOTE, wording.notes_of(place))
    if grounds.unseen:
        draft.remark(wording.unseen_on(place, grounds.unseen))
    return title


def _title(slide: _Slide, grounds: Grounds) -> str | None:
    shape = slide.shapes.title
    if shape is None:
        return None
    lines = (grounds.text_of(paragraph, shape) for paragraph in shape.text_frame.paragraphs)
    return unwrapped("\n".join(lines).replace("\v", "\n")) or None


def _shapes(shapes: Any) -> Iterator[_Shape]:
    """All shapes in the order they are read, those of a group in its place; without slide number, date and footer."""
    for shape in sorted(shapes, key=_position):
        if _is(shape, "is_placeholder") and shape.placeholder_format.type in _FURNITURE:
            continue
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _position(shape: _Shape) -> tuple[int, int]:
    return (shape.top or 0) // _SAME_ROW, shape.left or 0


def _is(shape: _Shape, trait: str) -> bool:
    return bool(getattr(shape, trait, False))


def _paragraphs(shape: _Shape, place: str, grounds: Grounds, draft: Draft) -> None:
    """In a frame of several paragraphs each is an item; a lone one is a paragraph."""
    told = (grounds.text_of(paragraph, shape) for paragraph in shape.text_frame.paragraphs)
    texts = [unwrapped(text.replace("\v", "\n")) for text in told]
    texts = [text for text in texts if text]
    kind = BlockKind.LIST_ITEM if len(texts) > 1 else BlockKind.PROSE
    for text in texts:
        draft.add(item_of(text) or text, kind, place)


def _rows(grid: list[list[str]], place: str, table: int, draft: Draft) -> None:
    for at, text in rows_told(grid):
        draft.add(text, BlockKind.TABLE_ROW, wording.row_of_table(place, at, table if table > 1 else None))


def _grid(table: Any) -> list[list[str]]:
    """Cells in place: one that spans rows is repeated below, LEFT where one spans columns."""
    grid = [[LEFT if cell._tc.hMerge else cell.text for cell in row.cells] for row in table.rows]
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells):
            if cell.is_merge_origin:
                for below in range(y + 1, min(y + cell.span_height, len(grid))):
                    grid[below][x] = cell.text
    return grid


def _chart(chart: Any) -> Iterator[list[str]]:
    """A chart as the table behind it: a row per category, a column per series."""
    plot = chart.plots[0]
    yield ["", *(series.name for series in plot.series)]
    for at, category in enumerate(plot.categories):
        values = (series.values[at] if at < len(series.values) else None for series in plot.series)
        yield [str(category), *("" if value is None else f"{value:g}" for value in values)]
