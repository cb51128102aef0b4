"""The consultation's number, such as R08-KANTO-0012: fiscal year, bureau area, running."""

from datetime import date

from consultation.calendar import REIWA_OFFSET, fiscal_year
from consultation.municipality import Area


def series(day: date, area: Area) -> str:
    """The series a consultation opened on `day` in `area` is numbered in: R08-KANTO."""
    return f"R{fiscal_year(day) - REIWA_OFFSET:02d}-{area.value.upper()}"


def number(day: date, area: Area, running: int) -> str:
    """The number of the `running`-th consultation (from 1) of its series."""
    return f"{series(day, area)}-{running:04d}"
