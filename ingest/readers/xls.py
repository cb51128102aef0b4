"""Old Excel (.xls, BIFF8): the same telling as of a new one; formulas by the values last computed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as OldSheet

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.readers.draft import Draft
from ingest.readers.letters import tidy
from ingest.readers.sheets import Cells, Merged, Sheet, repeat_downwards, tell
from ingest.readers.xlsx_values import shown

_ENCRYPTED = "encrypted"  # xlrd tells a locked book by its words only
_SOLID = 1  # [MS-XLS] 2.5.130: the fill pattern of a plain background
_GENERAL = "General"


@dataclass(frozen=True, slots=True)
class _Value:
    """A cell in the terms of the new format."""

    value: str | float | bool | datetime | time | timedelta | None
    number_format: str
    data_type: str = ""  # errors are told by having no value


def read(path: Path) -> Reading:
    draft = Draft()
    with _opened(path) as book:
        for sheet in book.sheets():
            if sheet.visibility:
                draft.remark(wording.hidden_sheet(sheet.name))
            else:
                tell(_sheet(sheet, book), draft)
    return draft.reading()


def _opened(path: Path) -> Book:
    try:
        # xlrd prints its complaints: to nowhere, as our output is the reading
        return xlrd.open_workbook(str(path), logfile=StringIO(), formatting_info=True, ragged_rows=True)
    except xlrd.XLRDError as error:
        raise MaterialUnreadable(wording.LOCKED if _ENCRYPTED in str(error) else wording.BROKEN) from error


def _sheet(sheet: OldSheet, book: Book) -> Sheet:
    def marked(row: int, column: int) -> bool:
        form = book.xf_list[sheet.cell_xf_index(row - 1, column - 1)]
        return bool(book.font_list[form.font_index].bold) or form.background.fill_pattern == _SOLID

    return Sheet(sheet.name, _shown_cells(sheet, book), marked)


def _shown_cells(sheet: OldSheet, book: Book) -> Cells:
    """What each filled cell shows."""
    cells: Cells = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if text := tidy(shown(_value(cell, book))):
                cells.setdefault(row + 1, {})[column + 1] = text
    ranges = sheet.merged_cells  # rows and columns from 0, the last ones exclusive
    repeat_downwards(cells, (Merged(first + 1, after, column + 1) for first, after, column, _ in ranges))
    return cells


def _value(cell: Cell, book: Book) -> _Value:
    form = _format(cell, book)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return _Value(None, form)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _Value(bool(cell.value), form)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _Value(_moment(cell.value, form, book.datemode), form)
    return _Value(cell.value, form)


def _format(cell: Cell, book: Book) -> str:
    known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return known.format_str if known else _GENERAL


def _moment(days: float, form: str, datemode: int) -> datetime | time | timedelta:
    """A date, a time of day, or a length of time ([h]:mm), which are one number of days in the file."""
    if "[h" in form.lower() or "[m" in form.lower():
        return timedelta(days=days)
    moment: datetime = xlrd.xldate.xldate_as_datetime(days, datemode)
    return moment.time() if days < 1 else moment
