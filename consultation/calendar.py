"""Japanese time: fiscal years (4/1–3/31), 和暦, and the zone in which moments are shown."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
REIWA_OFFSET = 2018  # 令和N年 = 2018 + N


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


def shown_date(day: date) -> str:
    """A day in 和暦 where 令和 covers it, with the western year beside it before."""
    if day < date(2019, 5, 1):
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - REIWA_OFFSET
    return f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日"
