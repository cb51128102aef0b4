"""A cell's value as the sheet shows it: dates, percentages, thousands, decimals and units of its number format."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_ERROR = "e"  # openpyxl's data type of #REF! and its like
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.([#0?]+))?(,*)")
_GENERAL = "General"


def shown(cell: Any) -> str:
    """The text of a cell; errors and empty cells are empty."""
    value = cell.value
    if value is None or cell.data_type == _ERROR:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (date, time)):
        return _moment(value, cell.number_format)
    if isinstance(value, (int, float)):
        return _figure(value, cell.number_format)
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:g}時間"
    return str(value)


def _moment(value: date | time, form: str) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    day = f"{value.year}年{value.month}月" + (f"{value.day}日" if "d" in form.lower() or form == _GENERAL else "")
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day} {value:%H:%M}"
    return day


def _figure(value: float, form: str) -> str:
    """The figure in its format's first section; a format without digits shows the figure as it is."""
    section = form.split(";", maxsplit=1)[0]
    digits = _DIGITS.search(_LITERAL.sub(lambda match: "\0" * len(match[0]), section))
    if form == _GENERAL or digits is None or "E+" in section:
        return _plain(value)
    scaled = value * (100 if "%" in section else 1) / 1000 ** len(digits[2])
    sign = "," if "," in digits[0] else ""
    figure = f"{scaled:{sign}.{len(digits[1] or '')}f}"
    return (_literal(section[: digits.start()]) + figure + _literal(section[digits.end() :])).strip()


def _literal(part: str) -> str:
    """What a part of a format prints beside the figure."""
    return _LITERAL.sub(lambda match: match[1] or match[2] or match[3] or "", part)


def _plain(value: float) -> str:
    """Without the noise of binary fractions and without an exponent."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.10f}".rstrip("0").rstrip(".")
