"""A deadline that a quotation still tells as to come, and that is over on the day of the question."""

import re
from datetime import date

from consultation.folding import folded
from consultation.sentences import sentences_of

_ERAS = {"令和": 2018, "平成": 1988}
_DATE = re.compile(
    r"(?:(?P<era>令和|平成)(?P<count>元|\d{1,2})年(?:度)?(?:\(\d{4}年\))?|(?P<year>\d{4})年(?:\((?:令和|平成)(?:元|\d{1,2})年\))?)"
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
        days = [day for match in _DATE.finditer(words) if (day := _day(match)) is not None]
        if days and max(days) < on:
            return max(days)
    return None


def _day(match: re.Match[str]) -> date | None:
    count = match["count"]
    year = int(match["year"]) if count is None else _ERAS[match["era"]] + (1 if count == "元" else int(count))
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
