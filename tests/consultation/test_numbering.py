"""The number of a consultation: fiscal year, area, running."""

from datetime import date

import pytest

from consultation.municipality import Area
from consultation.numbering import number, series


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 1), "R08-KANTO"),
        (date(2027, 3, 31), "R08-KANTO"),
        (date(2027, 4, 1), "R09-KANTO"),
        (date(2019, 4, 30), "R01-KANTO"),
        (date(2030, 1, 1), "R11-KANTO"),
    ],
)
def test_a_series_is_a_fiscal_year_of_an_area(day: date, expected: str) -> None:
    assert series(day, Area.KANTO) == expected


def test_numbers_run_and_do_not_end_at_four_digits() -> None:
    day = date(2026, 11, 22)

    assert number(day, Area.HOKKAIDO, 1) == "R08-HOKKAIDO-0001"
    assert number(day, Area.OKINAWA, 12_345) == "R08-OKINAWA-12345"
