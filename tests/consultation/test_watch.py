"""The clock of a case: what is told when, over week-ends, New Year, restarts and clocks that jump."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.calendar import TOKYO
from consultation.case import CaseDeed, CaseEvent, CaseState, after
from consultation.opening import OpeningHours
from consultation.watch import Targets, Watch

HOURS, TARGETS = OpeningHours(), Targets()
REMINDERS = [CaseDeed.REMIND, CaseDeed.ESCALATE, CaseDeed.ALARM]


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


def watch(
    opened: datetime, *later: tuple[CaseDeed, datetime], state: CaseState = CaseState.WAITING, is_urgent: bool = False
) -> Watch:
    history = [CaseEvent(deed, "desk", moment) for deed, moment in ((CaseDeed.OPEN, opened), *later)]
    return Watch(state, history, is_urgent, HOURS, TARGETS)


def run(case: Watch, start: datetime, end: datetime, every: timedelta) -> list[tuple[CaseDeed, datetime]]:
    """The notices of a desk that looks ever so often, and keeps what it told."""
    state, history, now, told = case.state, list(case.history), start, []
    while now < end:
        found = Watch(state, history, case.is_urgent, HOURS, TARGETS).notice(now)
        if found is not None:
            state = after(state, found) or state
            history.append(CaseEvent(found, "desk", now))
            told.append((found, now))
        now += every
    return told


def test_a_case_that_nobody_takes_is_reminded_escalated_and_alarmed_in_opening_hours() -> None:
    asked = at(11, 27, 16)  # Friday: a day of opening hours ends on Monday at 16:00

    told = run(watch(asked), asked, at(12, 4, 0), timedelta(minutes=5))

    assert told == [
        (CaseDeed.REMIND, at(11, 30, 13, 50)),
        (CaseDeed.ESCALATE, at(11, 30, 16)),
        (CaseDeed.ALARM, at(12, 1, 11, 40)),
    ]


def test_the_clock_stands_still_over_new_year() -> None:
    asked = at(12, 28, 17, 0)

    told = run(watch(asked), asked, at(1, 8, 0, year=2027), timedelta(minutes=15))

    assert [deed for deed, _ in told] == REMINDERS
    assert told[0][1] == at(1, 4, 15, 0, year=2027)
    assert watch(asked).reply_by == at(1, 4, 17, 0, year=2027)


def test_who_was_down_tells_the_gravest_once() -> None:
    asked = at(11, 24, 9)

    assert [deed for deed, _ in run(watch(asked), at(11, 27, 9), at(11, 27, 17), timedelta(hours=1))] == [
        CaseDeed.ALARM
    ]


def test_an_urgent_case_has_two_hours() -> None:
    asked = at(11, 27, 9)

    assert watch(asked, is_urgent=True).due == at(11, 27, 11)
    assert watch(asked).due == at(11, 30, 9)


def test_after_a_reply_the_clock_of_the_resolution_runs() -> None:
    asked, replied = at(11, 24, 9), at(11, 26, 9)
    case = watch(asked, (CaseDeed.ALARM, at(11, 26, 8, 45)), (CaseDeed.REPLY, replied), state=CaseState.REPLIED)

    told = run(case, replied, at(12, 11, 0), timedelta(minutes=30))

    assert case.due == case.resolve_by == at(12, 1, 9)
    assert [deed for deed, _ in told] == REMINDERS


def test_what_is_resolved_is_asked_twice_in_all_and_lapses_after_opening_days() -> None:
    asked, resolved = at(12, 24, 9), at(12, 25, 16)
    case = watch(asked, (CaseDeed.REPLY, asked), (CaseDeed.RESOLVE, resolved), state=CaseState.RESOLVED)

    told = run(case, resolved, at(1, 20, 0, year=2027), timedelta(minutes=30))

    assert told == [
        (CaseDeed.ASK, at(1, 5, 8, 30, year=2027)),
        (CaseDeed.LAPSE, at(1, 8, 8, 30, year=2027)),
    ]


def test_a_reopened_case_begins_anew() -> None:
    again = at(11, 27, 9)
    case = watch(at(11, 2, 9), (CaseDeed.ALARM, at(11, 5, 9)), (CaseDeed.REOPEN, again))

    assert case.opened_at == again
    assert case.notice(again) is None
    assert case.notice(at(11, 30, 9)) is CaseDeed.ESCALATE


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_what_has_ended_is_quiet(state: CaseState) -> None:
    case = watch(at(11, 2, 9), state=state)

    assert case.due is None
    assert case.notice(at(12, 1, 9)) is None


@given(
    st.datetimes(datetime(2026, 4, 1), datetime(2027, 3, 1), timezones=st.just(TOKYO)),  # noqa: DTZ001  a zone is given
    st.lists(st.integers(-3_000, 6_000), max_size=40),
    st.booleans(),
)
def test_however_the_clock_jumps_each_is_told_once_and_never_when_closed(
    opened: datetime, jumps: list[int], is_urgent: bool
) -> None:
    """Looks at any moments, forward and back, as after restarts and corrections of the clock."""
    history, now, told = [CaseEvent(CaseDeed.OPEN, "desk", opened)], opened, []
    for jump in jumps:
        now += timedelta(minutes=jump)
        found = Watch(CaseState.WAITING, history, is_urgent, HOURS, TARGETS).notice(now)
        if found is not None:
            assert HOURS.is_open(now)
            told.append(found)
            history.append(CaseEvent(found, "desk", now))

    assert told == sorted(set(told), key=REMINDERS.index)


def test_a_day_set_by_hand_is_the_deadline_and_is_told_of_anew() -> None:
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=TOKYO)
    opened = CaseEvent(CaseDeed.OPEN, "desk", monday)
    alarmed = CaseEvent(CaseDeed.ALARM, "desk", monday + timedelta(days=3))
    scheduled = CaseEvent(
        CaseDeed.SCHEDULE, "k1", monday + timedelta(days=3, hours=1), "先方の都合", None, "2026-12-10"
    )
    sorted_ = CaseEvent(CaseDeed.SORT, "k1", monday + timedelta(days=3, hours=2), "", None, "T06")

    def watched(*history: CaseEvent) -> Watch:
        return Watch(CaseState.CLAIMED, history, False, OpeningHours(), Targets())

    seen = watched(opened, alarmed, scheduled, sorted_)
    assert seen.due == datetime(2026, 12, 10, 17, 15, tzinfo=TOKYO)
    assert seen.notice(datetime(2026, 12, 4, 9, 0, tzinfo=TOKYO)) is None
    assert seen.notice(datetime(2026, 12, 9, 9, 0, tzinfo=TOKYO)) is CaseDeed.REMIND
    # What only concerns the topic tells nothing again; emptied, the targets hold again.
    late = datetime(2026, 12, 4, 9, 0, tzinfo=TOKYO)
    assert watched(opened, alarmed, sorted_).notice(late) is None
    emptied = CaseEvent(CaseDeed.SCHEDULE, "k1", late, "", None, "")
    assert watched(opened, scheduled, emptied).due == watched(opened).due
    # A new opening is a new clock; a day that was closed since leaves no time, and breaks nothing.
    reopened = CaseEvent(CaseDeed.REOPEN, "k2", late)
    assert watched(opened, scheduled, reopened).due_on is None
    closed = OpeningHours(closed=frozenset(date(2026, 11, 30) + timedelta(days) for days in range(11)))
    assert (
        Watch(CaseState.CLAIMED, (opened, scheduled), False, closed, Targets()).notice(at(12, 11, 9)) is CaseDeed.ALARM
    )


@given(st.lists(st.integers(-4_000, 9_000), max_size=40))
def test_however_the_clock_jumps_a_resolution_is_asked_about_once_more_and_ends_once(jumps: list[int]) -> None:
    """What was asked counts by its place in the history: a clock set back behind the resolution asks nothing twice."""
    resolved = at(12, 1, 10)
    history = [CaseEvent(deed, "desk", resolved) for deed in (CaseDeed.OPEN, CaseDeed.REPLY, CaseDeed.RESOLVE)]
    now, state, told = resolved, CaseState.RESOLVED, []
    for jump in jumps:
        now += timedelta(minutes=jump)
        found = Watch(state, history, False, HOURS, TARGETS).notice(now)
        if found is not None:
            told.append(found)
            history.append(CaseEvent(found, "desk", now - timedelta(days=9)))  # noted by another clock, set back
            state = after(state, found) or state

    assert told in ([], [CaseDeed.ASK], [CaseDeed.ASK, CaseDeed.LAPSE])
