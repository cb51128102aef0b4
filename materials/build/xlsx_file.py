"""A source as a workbook: one sheet per `##` section.

A cell `<` is merged into its left neighbour; `=formula → value` is a formula with its computed value.
"""

import io
import re

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from materials.build.fixed import AUTHOR, MOMENT
from materials.build.source import Section, Source, Table

FORMULA = re.compile(r"(=.+?) → (.+)")
NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
Formats = dict[str, Format]


def xlsx_from(source: Source) -> bytes:
    """The bytes of the .xlsx file."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": source.entry.title, "author": AUTHOR, "created": MOMENT})
        frame = {"border": 1, "text_wrap": True, "valign": "top"}
        formats = {
            "title": book.add_format({"bold": True, "font_size": 12}),
            "head": book.add_format({**frame, "bold": True, "bg_color": "#E8EEF4"}),
            "cell": book.add_format(frame),
            "whole": book.add_format({**frame, "num_format": "#,##0"}),
            "number": book.add_format({**frame, "num_format": "#,##0.00"}),
        }
        for section in source.sections:
            _fill(book.add_worksheet(section.title), section, formats)
    return out.getvalue()


def _fill(sheet: Worksheet, section: Section, formats: Formats) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 15, 22)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    y = 0
    for part in section.parts:
        if isinstance(part, Table):
            for number, row in enumerate(part.rows):
                _write(sheet, y, row, formats, formats["cell" if number else "head"])
                y += 1
            y += 1
        else:
            sheet.write_string(y, 0, part.text, formats["title"] if y == 0 else None)
            y += 1


def _write(sheet: Worksheet, y: int, row: tuple[str, ...], formats: Formats, plain: Format) -> None:
    for x, text in enumerate(row):
        if formula := FORMULA.fullmatch(text):
            sheet.write_formula(y, x, formula[1], _shape(formula[2], formats), _value(formula[2]))
        elif NUMBER.fullmatch(text):
            sheet.write_number(y, x, float(text.replace(",", "")), _shape(text, formats))
        elif text != "<":
            last = x + _merged(row[x + 1 :])
            if last > x:
                sheet.merge_range(y, x, y, last, text, plain)
            else:
                sheet.write_string(y, x, text, plain)


def _merged(cells: tuple[str, ...]) -> int:
    return next((count for count, cell in enumerate(cells) if cell != "<"), len(cells))


def _shape(text: str, formats: Formats) -> Format:
    return formats["number" if "." in text else "whole"]


def _value(text: str) -> float | str:
    return float(text.replace(",", "")) if NUMBER.fullmatch(text) else text
