"""A deadline that a quotation still tells as to come, and that is over on the day of the question."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from consultation.folding import folded
from consultation.sentences import sentences_of
from knowledge.years import YearMention, year_mentions

_DEADLINE = re.compile(
    r"締め?切|〆切|期限|期日|必着|消印有効|(?:募集|応募|受付|申請|公募|提出)期間|まで(?![^、。]*(?:れ|っ|し)た)"
)
_TOLD_AS_PAST = re.compile(r"(?:でした|ました|った|いた|れた|した)[)）。\s]*$")
_ENDS = re.compile(r"(?<=まで)(?:に|で)?[、,]")  # 申請は7月31日まで、事業は3月31日まで: two deadlines
_MONTH, _DAY = r"(?P<month{0}>1[0-2]|0?[1-9])", r"(?P<day{0}>3[01]|[12]\d|0?[1-9])"
_DATE = re.compile(
    rf"(?<!\d){_MONTH.format(0)}月(?:{_DAY.format(0)}日|(?P<end>末))|年度(?P<year_end>末)"
    rf"|(?<=[./-]){_MONTH.format(1)}[./-]{_DAY.format(1)}(?!\d)"  # R8.7.31, 2026/7/31
    rf"|(?<![\d./-]){_MONTH.format(2)}/{_DAY.format(2)}(?=\s*(?:\([月火水木金土日]|まで|必着|締|〆))"
)


def past_deadline(quote: str, on: date) -> date | None:
    """The last day of a deadline in `quote`, where it lies before `on` and is not told as past; else None."""
    past = (day for sentence in sentences_of(quote) for day in _last_days(folded(sentence).strip().lower()))
    return next((day for day in past if day < on), None)


def _last_days(words: str) -> Iterator[date]:
    """Of each deadline of a sentence the last day."""
    if _TOLD_AS_PAST.search(words):
        return
    days = list(_days(words))
    ends = [*(match.end() for match in _ENDS.finditer(words)), len(words)]
    for start, end in zip([0, *ends], ends, strict=False):
        own = [day for at, day in days if start <= at < end]
        if own and _DEADLINE.search(words, start, end):
            yield max(own)


def _days(words: str) -> Iterator[tuple[int, date]]:
    """The days in order, with where they stand; one without a year is the next after the one before it."""
    mentions, begun, before = year_mentions(words), 0, None
    for match in _DATE.finditer(words):
        years = [mention for mention in mentions if begun <= mention.span[0] < match.start()]
        day = _day(match, _fiscal_or_calendar(words, match.start(), years), before)
        if day is not None:
            yield match.start(), day
            begun, before = match.end(), day


def _fiscal_or_calendar(words: str, at: int, years: list[YearMention]) -> tuple[int, bool] | None:
    """The year that the day at `at` is of, and whether it is a fiscal one: 令和7年度の2月 is in 2026."""
    if not years:
        return None
    end = years[-1].span[1]
    is_joined = not words[end:at].strip("() ")
    is_fiscal = ["年度" in words[slice(*mention.span)] for mention in years]
    year = next(int(token[1:]) for token in years[-1].tokens if token.startswith("y"))
    return year, is_fiscal[-1] if is_joined else any(is_fiscal)


def _day(match: re.Match[str], year: tuple[int, bool] | None, before: date | None) -> date | None:
    if match["year_end"]:
        return date(year[0] + 1, 3, 31) if year is not None else None
    month, day = (next((int(found) for at in "012" if (found := match[f"{name}{at}"])), 0) for name in ("month", "day"))
    if year is not None:
        number, is_fiscal = year
        number += is_fiscal and month < 4
    elif before is not None:
        number = before.year + ((month, day or 31) < (before.month, before.day))
    else:
        return None
    try:
        return date(number, month, day or calendar.monthrange(number, month)[1])
    except ValueError:
        return None
