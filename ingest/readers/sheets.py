"""A sheet of whatever spreadsheet: its tables found among the cells and told row by row with their column names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from ingest import wording
from ingest.blocks import BlockKind
from ingest.readers.draft import Draft
from ingest.readers.tables import rows_told

_TITLE_LENGTH = 40
_REMARK_SIGNS = ("※", "注", "（", "(", "＊", "*")
_UNNAMED = ("Sheet", "シート")  # what Excel and LibreOffice call a sheet that nobody named

Cells = dict[
    int, dict[int, str]
]  # row: column: text; from 1, in order; sparse, as a stray cell may stand in row 1048576


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a reader of a sheet sees of it."""

    name: str
    cells: Cells
    marked: Callable[[int, int], bool]  # is the cell at row, column in bold letters or on a filled background


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are shown as one."""

    first_row: int
    last_row: int
    column: int


@dataclass(frozen=True, slots=True)
class _Region:
    """A rectangle of cells with nothing but emptiness around it."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: Cells

    def grid(self) -> list[list[str]]:
        return [[self.cells[row].get(column, "") for column in self.columns] for row in self.rows]


def tell(sheet: Sheet, draft: Draft) -> None:
    draft.leave()
    if sheet.cells and not sheet.name.startswith(_UNNAMED):
        draft.head(sheet.name, 0)
    for region in _regions(sheet.cells):
        _tell_table(_after_captions(region, sheet.name, draft), sheet, draft)


def repeat_downwards(cells: Cells, merges: Iterable[Merged]) -> None:
    """A cell merged downwards stands in each row it covers."""
    for merged in merges:
        text = cells.get(merged.first_row, {}).get(merged.column, "")
        for row in range(merged.first_row + 1, min(merged.last_row, max(cells, default=0)) + 1):
            if text and row in cells:
                cells[row][merged.column] = text


def _regions(cells: Cells) -> Iterator[_Region]:
    """Tables are set apart by empty rows, and side by side by empty columns."""
    for rows in _runs(list(cells)):
        filled = sorted({column for row in rows for column in cells[row]})
        for columns in _runs(filled):
            kept = tuple(row for row in rows if not cells[row].keys().isdisjoint(columns))
            yield _Region(kept, columns, cells)


def _runs(numbers: list[int]) -> Iterator[tuple[int, ...]]:
    """Runs of neighbouring numbers: 1 2 3, 7 8."""
    run: list[int] = []
    for number in numbers:
        if run and number > run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(number)
    if run:
        yield tuple(run)


def _after_captions(region: _Region, sheet: str, draft: Draft) -> _Region:
    """The region without the lone cells above its table: they are its title, or remarks."""
    rows = list(region.rows)
    wide = any(len(region.cells[row].keys() & set(region.columns)) > 1 for row in rows)
    while rows and len(filled := region.cells[rows[0]].keys() & set(region.columns)) == 1 and (wide or len(rows) == 1):
        (column,) = filled
        row = rows.pop(0)
        text, place = region.cells[row][column], f"{get_column_letter(column)}{row}"
        locator = wording.cells(sheet, place, place)
        if len(text) <= _TITLE_LENGTH and not text.startswith(_REMARK_SIGNS) and not text.endswith("。"):
            draft.head(text, 1, locator)
        else:
            draft.add(text, BlockKind.PROSE, locator)
    columns = sorted({column for row in rows for column in region.cells[row]} & set(region.columns))
    return _Region(tuple(rows), tuple(range(columns[0], columns[-1] + 1)) if columns else (), region.cells)


def _tell_table(region: _Region, sheet: Sheet, draft: Draft) -> None:
    if not region.rows:
        return
    first, last = get_column_letter(region.columns[0]), get_column_letter(region.columns[-1])
    for at, text in rows_told(region.grid(), headed=_is_headed(region, sheet)):
        row = region.rows[at - 1]
        draft.add(text, BlockKind.TABLE_ROW, wording.cells(sheet.name, f"{first}{row}", f"{last}{row}"))


def _is_headed(region: _Region, sheet: Sheet) -> bool:
    """The first row is set apart from the second by its marks."""
    if len(region.rows) < 2:
        return False

    def marked(row: int) -> bool:
        return all(sheet.marked(row, column) for column in region.columns if column in region.cells[row])

    return marked(region.rows[0]) and not marked(region.rows[1])
