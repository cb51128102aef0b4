"""Excel: each visible sheet's tables, told row by row with their column names; formulas by the values last computed."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from ingest import wording
from ingest.blocks import Reading
from ingest.readers.draft import Draft
from ingest.readers.letters import tidy
from ingest.readers.sheets import Cells, Merged, Sheet, repeat_downwards, tell
from ingest.readers.xlsx_values import shown


def read(path: Path) -> Reading:
    values, formulas = load_workbook(path, data_only=True), load_workbook(path)
    draft = Draft()
    draft.title = values.properties.title
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            draft.remark(wording.hidden_sheet(sheet.title))
            continue
        tell(_sheet(sheet), draft)
        if missing := _uncomputed(formulas[sheet.title], sheet):
            draft.remark(wording.uncomputed(sheet.title, missing))
    return draft.reading()


def _sheet(sheet: Worksheet) -> Sheet:
    def marked(row: int, column: int) -> bool:
        cell = sheet.cell(row, column)
        return bool(cell.font.b) or cell.fill.fill_type == "solid"

    return Sheet(sheet.title, _shown_cells(sheet), marked)


def _shown_cells(sheet: Worksheet) -> Cells:
    """What each filled cell shows."""
    cells: Cells = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # the public iterators walk every empty cell in between
        if isinstance(cell, Cell) and (text := tidy(shown(cell))):
            cells.setdefault(row, {})[column] = text
    ranges = sheet.merged_cells.ranges
    repeat_downwards(cells, (Merged(merged.min_row, merged.max_row, merged.min_col) for merged in ranges))
    return cells


def _uncomputed(formulas: Worksheet, values: Worksheet) -> int:
    """How many formulas have no stored result: the file was written by a program that does not compute."""
    places = [place for place, cell in formulas._cells.items() if cell.data_type == "f"]
    return sum(values._cells[place].value is None for place in places if place in values._cells)
