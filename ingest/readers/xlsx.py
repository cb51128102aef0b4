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
        unseen = _unseen(sheet)
        tell(_sheet(sheet, unseen), draft)
        if letters := sum(len(str(sheet.cell(*place).value)) for place in unseen):
            draft.remark(wording.unseen_on(wording.sheet(sheet.title), letters))
        if missing := _uncomputed(formulas[sheet.title], sheet):
            draft.remark(wording.uncomputed(sheet.title, missing))
    return draft.reading()


def _sheet(sheet: Worksheet, unseen: set[tuple[int, int]]) -> Sheet:
    def marked(row: int, column: int) -> bool:
        cell = sheet.cell(row, column)
        return bool(cell.font.b) or cell.fill.fill_type == "solid"

    return Sheet(sheet.title, _shown_cells(sheet, unseen), marked)


def _unseen(sheet: Worksheet) -> set[tuple[int, int]]:
    """Cells with white letters on the plain ground; where a table's style or a rule may colour it, none."""
    if sheet.tables or sheet.conditional_formatting:
        return set()
    return {
        place
        for place, cell in sheet._cells.items()
        if isinstance(cell, Cell) and cell.value is not None and cell.has_style and _is_white(cell)
    }


def _is_white(cell: Cell) -> bool:
    colour = cell.font.color
    if colour is None or cell.fill.fill_type is not None:
        return False
    paper = colour.type == "theme" and colour.theme == 0 and not colour.tint  # the theme's colour of the page
    return paper or (colour.type == "rgb" and str(colour.rgb)[-6:].upper() == "FFFFFF")


def _shown_cells(sheet: Worksheet, unseen: set[tuple[int, int]]) -> Cells:
    """What each filled cell shows."""
    cells: Cells = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # the public iterators walk every empty cell in between
        if isinstance(cell, Cell) and (row, column) not in unseen and (text := tidy(shown(cell))):
            cells.setdefault(row, {})[column] = text
    ranges = sheet.merged_cells.ranges
    repeat_downwards(cells, (Merged(merged.min_row, merged.max_row, merged.min_col) for merged in ranges))
    return cells


def _uncomputed(formulas: Worksheet, values: Worksheet) -> int:
    """How many formulas have no stored result: the file was written by a program that does not compute."""
    places = [place for place, cell in formulas._cells.items() if cell.data_type == "f"]
    return sum(values._cells[place].value is None for place in places if place in values._cells)
