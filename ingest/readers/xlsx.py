"""Excel: each visible sheet's tables, told row by row with their column names; formulas by the values last computed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.readers.draft import Draft
from ingest.readers.letters import tidy
from ingest.readers.tables import rows_told
from ingest.readers.xlsx_values import shown

_TITLE_LENGTH = 40
_REMARK_SIGNS = ("※", "注", "（", "(", "＊", "*")
_UNNAMED = ("Sheet", "シート")  # what Excel and LibreOffice call a sheet that nobody named

_Cells = dict[int, dict[int, str]]  # row: column: text; sparse, as one stray cell may stand in row 1048576


@dataclass(frozen=True, slots=True)
class _Region:
    """A rectangle of cells with nothing but emptiness around it."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: _Cells

    def grid(self) -> list[list[str]]:
        return [[self.cells[row].get(column, "") for column in self.columns] for row in self.rows]


def read(path: Path) -> Reading:
    values, formulas = load_workbook(path, data_only=True), load_workbook(path)
    draft = Draft()
    draft.title = values.properties.title
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            draft.remark(wording.hidden_sheet(sheet.title))
            continue
        _sheet(sheet, draft)
        if missing := _uncomputed(formulas[sheet.title], sheet):
            draft.remark(wording.uncomputed(sheet.title, missing))
    return draft.reading()


def _sheet(sheet: Worksheet, draft: Draft) -> None:
    draft.leave()
    cells = _shown_cells(sheet)
    if cells and not sheet.title.startswith(_UNNAMED):
        draft.head(sheet.title, 0)
    for region in _regions(cells):
        _tell(_after_captions(region, sheet.title, draft), sheet, draft)


def _shown_cells(sheet: Worksheet) -> _Cells:
    """What each filled cell shows; a cell merged downwards is repeated in the rows it covers."""
    cells: _Cells = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # the public iterators walk every empty cell in between
        if isinstance(cell, Cell) and (text := tidy(shown(cell))):
            cells.setdefault(row, {})[column] = text
    for merged in sheet.merged_cells.ranges:
        text = cells.get(merged.min_row, {}).get(merged.min_col, "")
        for row in range(merged.min_row + 1, min(merged.max_row, max(cells, default=0)) + 1):
            if text and row in cells:
                cells[row][merged.min_col] = text
    return cells


def _regions(cells: _Cells) -> Iterator[_Region]:
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


def _tell(region: _Region, sheet: Worksheet, draft: Draft) -> None:
    if not region.rows:
        return
    first, last = get_column_letter(region.columns[0]), get_column_letter(region.columns[-1])
    for at, text in rows_told(region.grid(), headed=_is_headed(region, sheet)):
        row = region.rows[at - 1]
        draft.add(text, BlockKind.TABLE_ROW, wording.cells(sheet.title, f"{first}{row}", f"{last}{row}"))


def _is_headed(region: _Region, sheet: Worksheet) -> bool:
    """The first row is set apart from the second by bold letters or a filled background."""
    if len(region.rows) < 2:
        return False

    def marked(row: int) -> bool:
        shown_cells = [sheet.cell(row, column) for column in region.columns if column in region.cells[row]]
        return all(cell.font.b or cell.fill.fill_type == "solid" for cell in shown_cells)

    return marked(region.rows[0]) and not marked(region.rows[1])


def _uncomputed(formulas: Worksheet, values: Worksheet) -> int:
    """How many formulas have no stored result: the file was written by a program that does not compute."""
    places = [place for place, cell in formulas._cells.items() if cell.data_type == "f"]
    return sum(values._cells[place].value is None for place in places if place in values._cells)
