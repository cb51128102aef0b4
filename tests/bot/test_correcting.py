"""Topic, priority and last day by a consultant's hand: deeds in the history with why, and the clock follows."""

from datetime import UTC, date, datetime, timedelta

from consultation.calendar import tokyo_date
from consultation.case import CaseDeed
from consultation.opening import is_open_day
from tests.bot.bench import COLLEAGUE, CONSULTANTS, KATO, SHINGU, Bench
from tests.bot.test_handing_on import case
from tests.bot.test_handing_over import handed_over


def opening_day(after: int) -> date:
    days = (tokyo_date(datetime.now(UTC)) + timedelta(days=count) for count in range(1, 60))
    return [day for day in days if is_open_day(day)][after]


def sent(bench: Bench, card: str, topic: str, priority: str, due_on: date | None) -> dict[str, str]:
    """What stands against it."""
    bench.twin.click(CONSULTANTS, card, "handoff.correct", KATO).view()
    day = {"due_on": {"due_on": due_on.isoformat()}} if due_on else {}
    values = {"topic": {"topic": topic}, "priority": {"priority": priority}, "why": {"why": "議会の日程のため"}}
    return bench.twin.submit(KATO, values | day).errors


def test_a_correction_stands_in_the_history_and_the_clock_follows(bench: Bench):
    ts, card = handed_over(bench)
    day = opening_day(9)

    assert sent(bench, card, "T06", "urgent", day) == {}

    found = case(bench, ts)
    assert (found.topic, found.is_urgent, found.watch.due_on) == ("T06", True, day)
    assert found.watch.due == found.team.hours.end_of(day)
    corrections = [(event.deed, event.value, event.why) for event in found.history[-3:]]
    assert corrections == [
        (CaseDeed.SORT, "T06", "議会の日程のため"),
        (CaseDeed.PRIORITISE, "urgent", "議会の日程のため"),
        (CaseDeed.SCHEDULE, day.isoformat(), "議会の日程のため"),
    ]
    bench.twin.wait(lambda t: "予算・財源" in str([m.blocks for m in t.messages(CONSULTANTS) if m.ts == card]))
    assert "議会の日程" not in str([message.blocks for message in bench.twin.thread(SHINGU, ts)])
    # The same again changes nothing; the modal begins with what stands.
    view = bench.twin.click(CONSULTANTS, card, "handoff.correct", KATO).view()
    assert day.isoformat() in str(view.blocks)
    assert bench.twin.submit(KATO, {"why": {"why": "もう一度"}}).errors == {}
    assert len(case(bench, ts).history) == len(found.history)


def test_a_closed_day_is_refused_beside_the_input_and_others_may_not(bench: Bench):
    ts, card = handed_over(bench)
    closed = next(day for day in (opening_day(0) + timedelta(days=n) for n in range(8)) if not is_open_day(day))

    assert "開庁日" in sent(bench, card, "T06", "normal", closed)["why"]
    assert case(bench, ts).watch.due_on is None
    assert bench.twin.click(CONSULTANTS, card, "handoff.correct", COLLEAGUE).views == []
