"""Japanese time: the fiscal year turns in April, and the day turns at midnight in Tokyo."""

from datetime import UTC, date, datetime

import pytest

from consultation.calendar import fiscal_year, shown, shown_date, shown_in_full, tokyo_date


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026)]
)
def test_the_fiscal_year_turns_in_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_the_day_turns_at_midnight_in_tokyo() -> None:
    assert tokyo_date(datetime(2026, 11, 22, 14, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert tokyo_date(datetime(2026, 11, 22, 15, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_moment_is_shown_in_tokyo() -> None:
    assert shown(datetime(2026, 11, 22, 15, 5, tzinfo=UTC)) == "令和8年11月23日 00:05"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "2019年4月30日"),
        (date(2020, 1, 1), "令和2年1月1日"),
        (date(1999, 12, 31), "1999年12月31日"),
    ],
)
def test_a_day_is_shown_in_reiwa_where_reiwa_is(day: date, expected: str) -> None:
    assert shown_date(day) == expected


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 3, 1), "令和2年3月1日（2020年・令和元年度）"),
        (date(2026, 11, 1), "令和8年11月1日（2026年・令和8年度）"),
        (date(2019, 5, 1), "令和元年5月1日（2019年・令和元年度）"),
        (date(2019, 4, 30), "2019年4月30日（平成31年・令和元年度）"),
        (date(2019, 3, 31), "2019年3月31日（平成31年・平成30年度）"),
        (date(1989, 2, 1), "1989年2月1日（平成元年・1988年度）"),
    ],
)
def test_a_day_in_full_has_both_reckonings_and_its_fiscal_year(day: date, text: str) -> None:
    assert shown_in_full(day) == text
