"""Japanese time: fiscal years (4/1–3/31), 和暦, and the zone in which moments are shown."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
REIWA_OFFSET = 2018  # 令和N年 = 2018 + N
HEISEI_OFFSET = 1988
REIWA, HEISEI = date(2019, 5, 1), date(1989, 1, 8)


def fiscal_year(day: date) -> int:
    """The fiscal year (会計年度) that `day` belongs to: January to March count to the year before."""
    return day.year if day.month >= 4 else day.year - 1


def tokyo_date(moment: datetime) -> date:
    """The calendar day in Japan of an aware moment."""
    return moment.astimezone(TOKYO).date()


def shown(moment: datetime) -> str:
    """A moment as users read it: 令和8年11月22日 14:05."""
    local = moment.astimezone(TOKYO)
    return f"{shown_date(local.date())} {local:%H:%M}"


def shown_span(span: timedelta) -> str:
    """A length of time in hours and minutes: 3時間5分."""
    hours, minutes = divmod(round(span / timedelta(minutes=1)), 60)
    return f"{hours}時間{minutes}分" if hours and minutes else f"{hours}時間" if hours else f"{minutes}分"


def shown_date(day: date) -> str:
    """A day in 和暦 where 令和 covers it, with the western year beside it before."""
    if day < REIWA:
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - REIWA_OFFSET
    return f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日"


def shown_in_full(day: date) -> str:
    """A day with its other reckoning and its fiscal year: 令和2年3月1日（2020年・令和元年度）."""
    other = f"{day.year}年" if day >= REIWA else f"{_era(day.year, day)}年"
    year = fiscal_year(day)
    # A fiscal year has the era of its December: that of 2019 began in 平成 and is 令和元年度.
    return f"{shown_date(day)}（{other}・{_era(year, date(year, 12, 31))}年度）"


def _era(year: int, day: date) -> str:
    """The year in the era of the day; before 平成 the western year."""
    if day >= REIWA:
        return f"令和{_count(year - REIWA_OFFSET)}"
    return f"平成{_count(year - HEISEI_OFFSET)}" if day >= HEISEI else str(year)


def _count(year: int) -> str:
    return "元" if year == 1 else str(year)
