"""Opening hours, held against the holidays as the law sets them, and against counting every minute."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.calendar import TOKYO
from consultation.opening import OpeningHours, is_open_day, opening_days

HOURS = OpeningHours()
# 国民の祝日に関する法律, as the Cabinet Office's table of holidays gives them for two years.
HOLIDAYS = {
    date(2026, month, day)
    for month, day in [
        *((1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6), (7, 20), (8, 11)),
        *((9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23)),
    ]
} | {
    date(2027, month, day)
    for month, day in [
        *((1, 1), (1, 11), (2, 11), (2, 23), (3, 21), (3, 22), (4, 29), (5, 3), (5, 4), (5, 5), (7, 19), (8, 11)),
        *((9, 20), (9, 23), (10, 11), (11, 3), (11, 23)),
    ]
}
NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 30), timezones=st.just(TOKYO))  # noqa: DTZ001  a zone is given
SPANS = st.integers(0, 3_000).map(lambda minutes: timedelta(minutes=minutes))


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize("year", [2026, 2027])
def test_every_day_of_a_year_is_open_as_the_table_says(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(365)]
    expected = [
        day for day in days if day.weekday() < 5 and day not in HOLIDAYS and (day.month, day.day) not in NEW_YEAR
    ]

    assert [day for day in days if is_open_day(day)] == expected
    assert [day for day in days if HOURS.is_open(datetime.combine(day, time(12), TOKYO))] == expected


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(27, 8, 29), False),
        (at(27, 8, 30), True),
        (at(27, 17, 14), True),
        (at(27, 17, 15), False),
        (at(28, 12), False),  # Saturday
        (at(23, 12), False),  # 勤労感謝の日
        (datetime(2026, 11, 26, 23, 31, tzinfo=UTC), True),  # Friday 8:31 in Japan
        (datetime(2026, 11, 27, 23, 31, tzinfo=UTC), False),  # Saturday 8:31 in Japan
    ],
)
def test_it_is_open_by_japanese_time(moment: datetime, is_open: bool) -> None:
    assert HOURS.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("since", "minutes", "until"),
    [
        (at(27, 9), 60, at(27, 10)),
        (at(27, 16, 45), 60, at(30, 9)),  # over the week-end
        (at(27, 8, 30), 525, at(27, 17, 15)),  # a whole day ends with it
        (at(28, 3), 30, at(30, 9)),  # asked in a Saturday's night
        (at(28, 17, 0, month=12), 30, at(4, 8, 45, month=1, year=2027)),  # over New Year
    ],
)
def test_only_opening_time_passes(since: datetime, minutes: int, until: datetime) -> None:
    assert HOURS.after(since, timedelta(minutes=minutes)) == until
    assert HOURS.between(since, until) == timedelta(minutes=minutes)


@given(MOMENTS, SPANS)
def test_what_has_passed_until_then_is_the_span(moment: datetime, span: timedelta) -> None:
    until = HOURS.after(moment, span)

    assert HOURS.between(moment, until) == span
    assert span == timedelta() or HOURS.is_open(until - timedelta(microseconds=1))


@given(MOMENTS, st.integers(0, 4_000))
def test_between_counts_every_minute(moment: datetime, minutes: int) -> None:
    start = moment.replace(second=0, microsecond=0)
    counted = sum(HOURS.is_open(start + timedelta(minutes=count)) for count in range(minutes))

    assert HOURS.between(start, start + timedelta(minutes=minutes)) == timedelta(minutes=counted)


def test_days_after_are_opening_days() -> None:
    assert HOURS.days_after(at(27, 12), 1) == at(30, 8, 30)
    assert HOURS.days_after(at(28, 3, month=12), 2) == at(5, 8, 30, month=1, year=2027)
    assert opening_days(date(2026, 12, 25), date(2027, 1, 5)) == 3


def test_a_day_that_is_closed_later_counts_from_then_on() -> None:
    closed = OpeningHours(closed=frozenset({date(2026, 11, 30)}))

    assert HOURS.after(at(27, 17), timedelta(hours=1)) == at(30, 9, 15)
    assert closed.after(at(27, 17), timedelta(hours=1)) == at(1, 9, 15, month=12)


def test_who_never_opens_ends_the_search() -> None:
    days = frozenset(date(2026, 1, 1) + timedelta(days=count) for count in range(1_200))

    assert OpeningHours(closed=days).after(at(27, 12), timedelta(hours=1)) == at(27, 12)
