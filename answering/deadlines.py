"""A deadline that a quotation still tells as to come, and that is over on the day of the question."""

import re
from collections.abc import Iterator
from datetime import date

from consultation.folding import folded
from consultation.sentences import sentences_of

_ERAS = {"令和": 2018, "平成": 1988}
_DATE = re.compile(
    r"(?<!\d)(?:(?P<era>令和|平成)(?P<count>元|\d{1,2})年(?:度)?(?:\(\d{4}年\))?|(?P<year>\d{4})年(?:\((?:令和|平成)(?:元|\d{1,2})年\))?)?"
    r"\s*(?P<month>1[0-2]|[1-9])月\s*(?P<day>3[01]|[12]\d|[1-9])日"
)
_DEADLINE = re.compile(r"締め?切|〆切|期限|期日|まで(?![^、。]*(?:れ|っ|し)た)")
_TOLD_AS_PAST = re.compile(r"(?:でした|ました|った|いた|れた|した)[)）。\s]*$")


def past_deadline(quote: str, on: date) -> date | None:
    """The last day of a deadline in `quote`, where it lies before `on` and is not told as past; else None."""
    for sentence in sentences_of(quote):
        words = folded(sentence).strip()
        if not _DEADLINE.search(words) or _TOLD_AS_PAST.search(words):
            continue
        days = list(_days(words))
        if days and max(days) < on:
            return max(days)
    return None


def _days(words: str) -> Iterator[date]:
    """The days in order; one without a year is the next after the one before it: 5月29日から7月31日."""
    before: date | None = None
    for match in _DATE.finditer(words):
        day = _day(match, before)
        if day is not None:
            yield day
            before = day


def _day(match: re.Match[str], before: date | None) -> date | None:
    count, month, day = match["count"], int(match["month"]), int(match["day"])
    if match["year"] is not None:
        year = int(match["year"])
    elif count is not None:
        year = _ERAS[match["era"]] + (1 if count == "元" else int(count))
    elif before is not None:
        year = before.year + ((month, day) < (before.month, before.day))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
