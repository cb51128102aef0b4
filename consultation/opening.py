"""Opening hours in Japan: opening days (開庁日), the hours of a team, and time that counts only while it is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

import jpholiday

from consultation.calendar import TOKYO

LONGEST_CLOSURE = 366  # days: whoever is closed longer has no opening hours


def is_open_day(day: date) -> bool:
    """No weekend, no holiday, and not 29 December to 3 January (行政機関の休日)."""
    is_new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not is_new_year and not jpholiday.is_holiday(day)


def opening_days(after: date, until: date) -> int:
    """The days on which offices are open, after one day and up to another."""
    days = (after + timedelta(days=count) for count in range(1, (until - after).days + 1))
    return sum(map(is_open_day, days))


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """From when to when a team is there on opening days, Japanese time; `closed` are further days on which it is not.

    Nothing is remembered: a holiday that is added counts from the next look on.
    """

    opens: time = time(8, 30)
    closes: time = time(17, 15)
    closed: frozenset[date] = frozenset()

    @property
    def day(self) -> timedelta:
        """How long one opening day is."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)

    def is_open(self, moment: datetime) -> bool:
        """Whether the team is there at an aware moment; at the closing minute it no longer is."""
        local = moment.astimezone(TOKYO)
        return self.is_day(local.date()) and self.opens <= local.time() < self.closes

    def is_day(self, day: date) -> bool:
        """Whether the team is there on a day at all."""
        return is_open_day(day) and day not in self.closed

    def end_of(self, day: date) -> datetime:
        """When it closes on a day."""
        return datetime.combine(day, self.closes, TOKYO)

    def closing(self, moment: datetime) -> datetime:
        """The end of the opening day that a moment lies in."""
        return datetime.combine(moment.astimezone(TOKYO).date(), self.closes, TOKYO)

    def next_opening(self, moment: datetime) -> datetime | None:
        """From when on the team is there again; the moment itself while it is, None where no day is in sight."""
        return next((begin for begin, _ in self._stretches(moment)), None)

    def after(self, moment: datetime, span: timedelta) -> datetime:
        """The moment, in Japanese time, at which `span` of opening time has passed; the end of a day is that day's."""
        left, last = span, moment.astimezone(TOKYO)
        for begin, end in self._stretches(moment):
            if end - begin >= left:
                return begin + left
            left, last = left - (end - begin), end
        return last

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """The opening time that lies between two moments; none where the second is not later."""
        total = timedelta()
        for begin, end in self._stretches(earlier):
            if begin >= later:
                break
            total += min(end, later) - begin
        return total

    def days_after(self, moment: datetime, days: int) -> datetime:
        """The opening of the `days`-th opening day (from 1) after a moment's own."""
        first = moment.astimezone(TOKYO).date() + timedelta(days=1)
        found = next(islice(self._days(first), days - 1, None), first)
        return datetime.combine(found, self.opens, TOKYO)

    def _stretches(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When the team is there from a moment on."""
        local = since.astimezone(TOKYO)
        for day in self._days(local.date()):
            begin, end = (datetime.combine(day, edge, TOKYO) for edge in (self.opens, self.closes))
            if end > local:
                yield max(begin, local), end

    def _days(self, first: date) -> Iterator[date]:
        """Opening days from one on; ends where none is in sight for a year."""
        day, missed = first, 0
        while missed < LONGEST_CLOSURE:
            if self.is_day(day):
                missed = 0
                yield day
            else:
                missed += 1
            day += timedelta(days=1)
