"""Years in Japanese text, of either reckoning, as tokens: 令和2年度, R2 and 2020年度 meet in one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ERA_OFFSETS = {"令和": 2018, "令": 2018, "r": 2018, "平成": 1988, "平": 1988, "h": 1988, "昭和": 1925, "昭": 1925}
ERA_LENGTHS = {2018: 40, 1988: 31, 1925: 64}
_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}

_COUNT = r"元|\d{1,2}|[一二三四五六七八九十]{1,3}"
_TAIL = r"(?P<unit>\s*年度|\s*年|(?=[./-]\d))?(?:[./-]?\s*(?P<month>1[0-2]|0?[1-9])(?:\s*月|(?=[./-]\d)|(?![\d.])))?"
_ERA = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|(?<![一-鿿])[令平昭](?=\d))|(?<![a-z0-9])(?P<letter>[rh]))\s*(?P<count>{_COUNT})(?!\d){_TAIL}"
)
_WESTERN = re.compile(rf"(?<![\d.,a-z])(?P<year>19[5-9]\d|20[0-6]\d)(?=\s*年|[./-]\d|[~)\]]|$){_TAIL}")
_FY = re.compile(r"(?<![a-z0-9])fy\s*(?P<year>20[0-6]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year as written; `tokens` name the calendar year (y2021) and, where it shows, the fiscal year (fy2020)."""

    span: tuple[int, int]
    tokens: frozenset[str]


def year_mentions(text: str) -> tuple[YearMention, ...]:
    """Every year in normalised text, in order."""
    return tuple(sorted((*_eras(text), *_westerns(text), *_fiscals(text)), key=lambda mention: mention.span))


def _eras(text: str) -> Iterator[YearMention]:
    for match in _ERA.finditer(text):
        offset = ERA_OFFSETS[match["era"] or match["letter"]]
        count = _number(match["count"])
        if 1 <= count <= ERA_LENGTHS[offset]:
            yield YearMention(match.span(), _tokens(offset + count, match["unit"], match["month"]))


def _westerns(text: str) -> Iterator[YearMention]:
    for match in _WESTERN.finditer(text):
        yield YearMention(match.span(), _tokens(int(match["year"]), match["unit"], match["month"]))


def _fiscals(text: str) -> Iterator[YearMention]:
    for match in _FY.finditer(text):
        yield YearMention(match.span(), _tokens(int(match["year"]), "年度", None))


def _tokens(year: int, unit: str | None, month: str | None) -> frozenset[str]:
    tokens = {f"y{year}"}
    if unit and unit.strip() == "年度":
        tokens.add(f"fy{year}")
    elif month:
        tokens.add(f"fy{year if int(month) >= 4 else year - 1}")  # a fiscal year starts on 1 April
    return frozenset(tokens)


def _number(count: str) -> int:
    if count == "元":
        return 1
    if count.isascii():
        return int(count)
    tens, ten, ones = count.rpartition("十")
    return (_digits(tens) or 1) * 10 * bool(ten) + _digits(ones)


def _digits(kanji: str) -> int:
    return int("".join(str(_KANJI_DIGITS[digit]) for digit in kanji if digit in _KANJI_DIGITS) or 0)
