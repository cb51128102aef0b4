"""A day by which the asker needs the answer, and how many days the offices are open until then."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from consultation.calendar import REIWA_OFFSET
from consultation.folding import folded
from consultation.opening import opening_days

SOON = 3
"""Opening days (開庁日) within which a person takes it."""

_WEEKDAYS = "月火水木金土日"
_DAY = (
    r"(?:(?:(?P<year>20\d\d)|(?:令和|r)(?P<era>\d{1,2}|元))[年/.-])?(?P<month>1[0-2]|0?[1-9])(?:月|[/.-])(?P<day>3[01]|[12]\d|0?[1-9])日?(?:\([月火水木金土日]\))?"
    r"|(?P<later>[1-9]|1\d|[一二三四五])(?:営業)?日(?:後|以内)"
    r"|(?P<week>今週|来週|次|今度)?の?(?P<weekday>[月火水木金土日])曜日?"
)
_NEEDED = (
    r"(?:の?(?:昼|朝|夕方|正午|午前中?|午後|\d{1,2}時)|の)?(?:(?:中)?まで|中|(?<=以内))に?.{0,12}?"
    r"(?:回答|返事|返信|教え|提出|出さ|出す|作ら|仕上げ|必要|ほし|欲し|知りたい|要(?:る|り)|いる|いり|お願い|決め|答え|上げ|もらえ|いただけ|頂け|間に合わ)"
    r"|(?:(?:が|は)(?:締め?切り?|〆切?|期限|提出日?)|必着)(?:で|なん|な(?:ので|んです))"
    r"|(?:の|に|が|は).{0,6}(?:議会|委員会|会議|ヒアリング|査定|打ち?合わせ|協議|説明会?|答弁|提出).{0,12}"
    r"(?:使い|使う|必要|要(?:る|り)|出さ|出す|ある|あり|なので|なんです|ので|までに|提出)"
)
_DUE = re.compile(rf"(?<![\d./年-])(?<!から)(?<!毎週)(?<!毎週の)(?:{_DAY})(?:{_NEEDED})", re.IGNORECASE)
_WISH = re.compile(r"(?:回答|返事|返信|教え|ほし|欲し|知りたい|お願い|もらえ|いただけ|頂け)$")
_ASKS = re.compile(r"^[^。、\n]{0,20}?(?:ます|です|でしょう|たの|るの|いい|よい)か|^[^。、\n]{0,20}?[?？]")
_KANJI = {digit: at for at, digit in enumerate("一二三四五", 1)}
_FAR = timedelta(days=30)  # no run of closed days is so long: beyond it nothing need be counted
_OVER = timedelta(days=60)  # a day without a year that lies further back is next year's


def is_due_soon(text: str, on: date) -> bool:
    """Whether the asker names a day, from `on` to SOON opening days after it, by which the answer is needed."""
    return any(is_soon(day, on) for day in _days(folded(text), on))


def is_soon(day: date, on: date) -> bool:
    """Whether a day lies from `on` to SOON opening days after it."""
    return on <= day <= on + _FAR and opening_days(on, day) <= SOON


def _days(text: str, on: date) -> Iterator[date]:
    for match in _DUE.finditer(text):
        if _ASKS.search(text[match.end() :]) and not _WISH.search(match.group()):
            continue  # what is to be done by then is asked, not told
        try:
            yield _day(match, on)
        except ValueError:
            continue


def _day(match: re.Match[str], on: date) -> date:
    """Raises ValueError for a day that there is not."""
    if match["later"]:
        return on + timedelta(days=_KANJI.get(match["later"]) or int(match["later"]))
    if match["weekday"]:
        return _weekday(match["week"], _WEEKDAYS.index(match["weekday"]), on)
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day)
    if match["era"]:
        return date(REIWA_OFFSET + (1 if match["era"] == "元" else int(match["era"])), month, day)
    this = date(on.year, month, day)
    return this if this >= on - _OVER else date(on.year + 1, month, day)


def _weekday(week: str | None, weekday: int, on: date) -> date:
    """In next week where that is said, else the next one."""
    if week == "来週":
        return on - timedelta(days=on.weekday()) + timedelta(days=7 + weekday)
    return on + timedelta(days=(weekday - on.weekday()) % 7)
