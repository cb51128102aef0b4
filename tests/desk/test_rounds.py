"""The rounds on both databases: each notice once whichever replica looks, and none while nobody is there."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import jpholiday
import pytest

from consultation.calendar import TOKYO
from consultation.case import CaseDeed, CaseId, CaseState, Consultant
from consultation.inquiry import Channel, Place
from consultation.opening import OpeningHours
from consultation.outcome import Reason
from consultation.watch import Targets
from desk.leaving import Leaving
from desk.rounds import Rounds
from records.casebook import CaseBook
from records.ledger import Ledger
from records.pages import Pages
from records.registry import Registry
from records.roster import Roster
from records.rows import CaseRow, DeliveryRow
from tests.records import stock
from tests.records.databases import sqlite_database
from tests.records.stock import NOW, SAITAMA, enter, inquiry

CARDS = Place(Channel.SLACK, "T1", "CARDS", "")
MONDAY = datetime(2026, 11, 30, 9, 30, tzinfo=TOKYO)
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=TOKYO)


class Told(list[str]):
    """What a replica had posted."""

    def rounds(self, ledger: Ledger) -> Rounds:
        return Rounds(ledger, self.take, CARDS)

    def take(self, planned: list[DeliveryRow]) -> None:
        self.extend(row.purpose for row in planned)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    is_sqlite = request.param == "sqlite"
    opened = Ledger(sqlite_database(tmp_path) if is_sqlite else request.getfixturevalue("postgres").emptied())
    yield opened
    opened.close()


@pytest.fixture
def people(ledger: Ledger) -> dict[str, Consultant]:
    """An owner with a deputy, and a lead."""
    stock.register(ledger, SAITAMA)
    found = {
        name: ledger.write(lambda s, name=name: Registry(s).add_consultant(name, f"U{name}", (), (), NOW))
        for name in ("担当", "代理", "主任")
    }

    def place(name: str, deputy: str | None = None) -> None:
        ledger.write(
            lambda session: Roster(session).place(
                found[name].id,
                team=None,
                deputy_id=found[deputy].id if deputy else None,
                is_lead=name == "主任",
                most_open=None,
                most_a_day=None,
            )
        )

    place("主任")
    place("担当", "代理")
    return found


def case(ledger: Ledger, key: str, at: datetime = FRIDAY) -> CaseId:
    entered = enter(ledger, inquiry(key))
    return ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.LOW_CONFIDENCE, "desk", at))[0]


def do(ledger: Ledger, case_id: CaseId, deed: CaseDeed, by: str, at: datetime = FRIDAY) -> None:
    assert ledger.write(lambda session: CaseBook(session).move(case_id, deed, by, at)).done


def row(ledger: Ledger, case_id: CaseId) -> CaseRow:
    return ledger.read(lambda session: Pages(session).case(case_id))


def test_the_owner_then_the_deputy_then_the_lead_is_called(ledger: Ledger, people: dict[str, Consultant]) -> None:
    found, told = case(ledger, "k1"), Told()
    do(ledger, found, CaseDeed.CLAIM, people["担当"].id)
    rounds, now = told.rounds(ledger), FRIDAY
    while now < FRIDAY + timedelta(days=7):
        rounds.look(now)
        now += timedelta(minutes=30)

    names = {one.id: name for name, one in people.items()}
    notices = [(event.deed, names[event.to or ""], event.at) for event in row(ledger, found).history[2:]]
    assert notices == [
        (CaseDeed.REMIND, "担当", datetime(2026, 11, 27, 16, 0, tzinfo=TOKYO)),
        (CaseDeed.ESCALATE, "代理", datetime(2026, 11, 30, 9, 0, tzinfo=TOKYO)),
        (CaseDeed.ALARM, "主任", datetime(2026, 11, 30, 13, 30, tzinfo=TOKYO)),
    ]
    assert told == ["notice"] * 3


class AddedHoliday(jpholiday.OriginalHolidayCheckerInterface):
    """Monday 30 November 2026, which a new law makes a holiday."""

    def is_holiday(self, day: date) -> bool:
        return day == date(2026, 11, 30)

    def holiday_name(self, _day: date) -> str:
        return "加わった休日"


def test_a_holiday_added_after_a_case_was_claimed_moves_what_is_due(
    ledger: Ledger, people: dict[str, Consultant]
) -> None:
    found, told = case(ledger, "k1"), Told()
    do(ledger, found, CaseDeed.CLAIM, people["担当"].id)
    rounds, now, added = told.rounds(ledger), FRIDAY, AddedHoliday()
    try:
        while now < FRIDAY + timedelta(days=7):
            if now == FRIDAY + timedelta(days=1):
                jpholiday.register(added)
            rounds.look(now)
            now += timedelta(minutes=30)
    finally:
        jpholiday.unregister(added)

    assert [(event.deed, event.at) for event in row(ledger, found).history[2:]] == [
        (CaseDeed.REMIND, datetime(2026, 11, 27, 16, 0, tzinfo=TOKYO)),
        (CaseDeed.ESCALATE, datetime(2026, 12, 1, 9, 0, tzinfo=TOKYO)),
        (CaseDeed.ALARM, datetime(2026, 12, 1, 13, 30, tzinfo=TOKYO)),
    ]


def test_of_replicas_that_look_at_once_one_tells(ledger: Ledger, people: dict[str, Consultant]) -> None:
    found = [case(ledger, f"k{number}") for number in range(3)]
    told, late = Told(), FRIDAY + timedelta(days=5)

    counts = stock.at_once([partial(told.rounds(ledger).look, late) for _ in range(4)])

    assert sum(counts) == len(found)
    assert told == ["notice"] * 3
    assert all([event.deed for event in row(ledger, one).history][1:] == [CaseDeed.ALARM] for one in found)
    assert all(row(ledger, one).history[-1].to == people["主任"].id for one in found)


@pytest.mark.parametrize("moment", [datetime(2026, 11, 29, 12, tzinfo=TOKYO), datetime(2027, 1, 2, 12, tzinfo=TOKYO)])
def test_nobody_is_called_while_nobody_is_there(
    ledger: Ledger, people: dict[str, Consultant], moment: datetime
) -> None:
    case(ledger, "k1")

    assert Told().rounds(ledger).look(moment) == 0
    assert people


def test_an_asker_who_does_not_answer_is_asked_once_more_and_then_it_is_closed(
    ledger: Ledger, people: dict[str, Consultant]
) -> None:
    found, told = case(ledger, "k1"), Told()
    for deed in (CaseDeed.CLAIM, CaseDeed.REPLY, CaseDeed.RESOLVE):
        do(ledger, found, deed, people["担当"].id)

    look: Callable[[datetime], int] = told.rounds(ledger).look
    moments = [FRIDAY + timedelta(days=days) for days in range(14)]
    looked = [look(moment) for moment in moments]

    assert sum(looked) == 2
    assert told == ["ask", "lapsed", "card_state"]
    assert row(ledger, found).state == "closed"
    assert [event.deed for event in row(ledger, found).history][-2:] == [CaseDeed.ASK, CaseDeed.LAPSE]


def test_they_are_walked_by_themselves_and_a_fault_stops_nobody(
    ledger: Ledger, people: dict[str, Consultant], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.rounds.EVERY_S", 0.01)
    looked, rounds = threading.Event(), Told().rounds(ledger)

    def broken(_now: datetime) -> None:
        raise AssertionError("broken on purpose")

    rounds.begin(broken, lambda _now: looked.set())

    assert looked.wait(40)
    looked.clear()
    assert looked.wait(40)
    rounds.close()
    assert people


def test_for_an_owner_who_is_away_the_deputy_is_reminded(ledger: Ledger, people: dict[str, Consultant]) -> None:
    found = case(ledger, "k1")
    do(ledger, found, CaseDeed.CLAIM, people["担当"].id)
    ledger.write(lambda session: Roster(session).be_away(people["担当"].id, FRIDAY.date(), FRIDAY.date()))

    Told().rounds(ledger).look(FRIDAY + timedelta(hours=7, minutes=30))

    last = row(ledger, found).history[-1]
    assert (last.deed, last.to) == (CaseDeed.REMIND, people["代理"].id)


def test_a_deputy_who_is_away_is_not_called(ledger: Ledger, people: dict[str, Consultant]) -> None:
    found = case(ledger, "k1")
    do(ledger, found, CaseDeed.CLAIM, people["担当"].id)
    ledger.write(lambda session: Roster(session).be_away(people["代理"].id, FRIDAY.date(), MONDAY.date()))

    Told().rounds(ledger).look(MONDAY)

    last = row(ledger, found).history[-1]
    assert (last.deed, last.to) == (CaseDeed.ESCALATE, people["主任"].id)


def test_a_day_that_is_closed_afterwards_moves_the_deadline_and_nobody_is_called_on_it(
    ledger: Ledger, people: dict[str, Consultant]
) -> None:
    found, told, hours = case(ledger, "k1"), Told(), OpeningHours()
    team = ledger.write(lambda session: Roster(session).keep_team("東", hours, Targets()))
    ledger.write(lambda session: Roster(session).entrust(SAITAMA.code, team))
    before = row(ledger, found).watch.reply_by
    closed = OpeningHours(closed=frozenset({MONDAY.date()}))

    ledger.write(lambda session: Roster(session).keep_team("東", closed, Targets()))

    assert row(ledger, found).watch.reply_by == before + timedelta(days=1)
    assert told.rounds(ledger).look(MONDAY.replace(hour=16)) == 0
    assert told.rounds(ledger).look(MONDAY + timedelta(days=1)) == 1
    assert row(ledger, found).history[-1].deed is CaseDeed.ESCALATE
    assert people


def test_what_who_left_has_left_behind_is_seen_to_once_whichever_replica_looks(
    ledger: Ledger, people: dict[str, Consultant]
) -> None:
    owned, asked, gone = case(ledger, "k1"), case(ledger, "k2"), people["担当"]
    do(ledger, owned, CaseDeed.CLAIM, gone.id)
    ledger.write(lambda s: CaseBook(s).move(asked, CaseDeed.ROUTE, "desk", FRIDAY, to=gone.id))
    ledger.write(lambda session: Registry(session).dismiss(gone.slack_user or "", FRIDAY))
    told = Told()

    counts = stock.at_once([partial(Leaving(ledger, told.take, CARDS).look, FRIDAY) for _ in range(3)])

    assert sum(counts) == 2
    assert sorted(told) == ["card_state", "card_state", "notice", "turned"]
    assert [(e.deed, e.to) for e in row(ledger, owned).history[2:]] == [(CaseDeed.LEAVE, people["主任"].id)]
    assert (row(ledger, asked).turned_to or gone).name in {"代理", "主任"}
    ledger.write(lambda session: Registry(session).leave(SAITAMA.code, FRIDAY))
    assert Leaving(ledger, told.take, CARDS).look(FRIDAY) == 2
    assert {row(ledger, one).state for one in (owned, asked)} == {CaseState.CLOSED}
    assert told.rounds(ledger).look(MONDAY + timedelta(days=30)) == 0
