"""CSV in whatever encoding and with whatever separator the office used: a row is told with its column names."""

import csv
import io
from pathlib import Path

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.encodings import text_from
from ingest.readers.draft import Draft
from ingest.readers.tables import rows_told

_SEPARATORS = ",\t;|"
_SAMPLE_LINES = 5
_LONGEST_CELL = 1_000_000  # characters; Excel holds 32,767, more is mostly a quotation mark that was never closed


def read(path: Path) -> Reading:
    text = text_from(path.read_bytes())
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return _reading(text)
    except csv.Error as error:
        too_long = "field larger" in str(error)  # the module has one error for all
        raise MaterialUnreadable(wording.cell_too_long(_LONGEST_CELL) if too_long else wording.BROKEN) from error


def _reading(text: str) -> Reading:
    draft = Draft()
    rows, line_numbers = [], []
    source = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    before = 0
    for row in source:
        rows.append(row)
        line_numbers.append(before + 1)
        before = source.line_num  # a quoted cell may reach over several lines
    for at, told in rows_told(rows, headed=True):
        draft.add(told, BlockKind.TABLE_ROW, wording.line(line_numbers[at - 1]))
    return draft.reading()


def _separator(text: str) -> str:
    """The sign that the first lines hold most often: csv.Sniffer guesses from whole pages."""
    sample = "\n".join(text.split("\n")[:_SAMPLE_LINES])
    return max(_SEPARATORS, key=sample.count)
