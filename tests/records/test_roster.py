"""Who is there for whom, on both databases."""

from datetime import date, datetime, time, timedelta

import pytest

from consultation.calendar import TOKYO
from consultation.case import CaseDeed, CaseId, Consultant, ConsultantId
from consultation.errors import BadInput, NotFound
from consultation.opening import OpeningHours
from consultation.outcome import Reason
from consultation.team import EVERYBODY, Team
from consultation.watch import Targets
from records.casebook import CaseBook
from records.ledger import Ledger
from records.pages import Pages
from records.registry import Registry
from records.roster import Roster
from tests.records import stock
from tests.records.stock import CHIBA, NOW, SAITAMA, enter, inquiry

HOURS = OpeningHours(time(9), time(16, 30), frozenset({date(2026, 12, 1)}))
TARGETS = Targets(timedelta(hours=4), timedelta(hours=20), timedelta(hours=1), timedelta(hours=8), 5)


def consultant(ledger: Ledger, name: str) -> Consultant:
    return ledger.write(lambda session: Registry(session).add_consultant(name, None, (), (), NOW))


def place(ledger: Ledger, one: Consultant, *, is_lead: bool = False, deputy: ConsultantId | None = None) -> None:
    ledger.write(
        lambda session: Roster(session).place(
            one.id, team=None, deputy_id=deputy, is_lead=is_lead, most_open=3, most_a_day=None
        )
    )


def case(ledger: Ledger, key: str) -> CaseId:
    entered = enter(ledger, inquiry(key))
    return ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.LOW_CONFIDENCE, "desk", NOW))[0]


def do(ledger: Ledger, case_id: CaseId, deed: CaseDeed, by: str, to: ConsultantId | None = None) -> None:
    assert ledger.write(lambda session: CaseBook(session).move(case_id, deed, by, NOW, to=to)).done


def test_a_team_is_kept_as_it_was_said_and_corrected_by_its_name(ledger: Ledger) -> None:
    first = ledger.write(lambda session: Roster(session).keep_team("東日本", OpeningHours(), Targets()))
    again = ledger.write(lambda session: Roster(session).keep_team("東日本", HOURS, TARGETS))

    assert ledger.read(lambda session: Roster(session).teams()) == [again]
    assert again == Team(first.id, "東日本", HOURS, TARGETS)


def test_a_case_runs_by_the_clock_of_its_bodys_team(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)
    team = ledger.write(lambda session: Roster(session).keep_team("東日本", HOURS, TARGETS))
    ledger.write(lambda session: Roster(session).entrust(SAITAMA.code, team))

    case_id = case(ledger, "k1")
    found = ledger.read(lambda session: Pages(session).case(case_id))

    assert found.team == team
    assert found.watch.reply_by == HOURS.after(NOW, timedelta(hours=4))
    assert ledger.read(lambda session: Roster(session).team_of(CHIBA.code)) == EVERYBODY
    with pytest.raises(NotFound):
        ledger.read(lambda session: Roster(session).team_called("西日本"))


def test_load_counts_open_cases_by_owner_or_who_was_turned_to_and_today_since_midnight_in_japan(
    ledger: Ledger,
) -> None:
    stock.register(ledger, SAITAMA)
    one, other = consultant(ledger, "一"), consultant(ledger, "二")
    names = {one.id: "一", other.id: "二"}
    cases = [case(ledger, key) for key in ("a", "b", "c")]
    do(ledger, cases[0], CaseDeed.CLAIM, one.id)
    do(ledger, cases[1], CaseDeed.ROUTE, "desk", one.id)
    do(ledger, cases[2], CaseDeed.ROUTE, "desk", one.id)
    do(ledger, cases[2], CaseDeed.DECLINE, one.id)
    do(ledger, cases[2], CaseDeed.ROUTE, "desk", other.id)
    do(ledger, cases[2], CaseDeed.WITHDRAW, "asker")

    def load(at: datetime) -> dict[str, tuple[int, int]]:
        found = ledger.read(lambda session: Roster(session).candidates(at))
        return {names[candidate.consultant.id]: (candidate.open_cases, candidate.today) for candidate in found}

    assert load(NOW) == {"一": (2, 2), "二": (0, 1)}
    assert load(datetime(2026, 11, 23, 0, 1, tzinfo=TOKYO)) == {"一": (2, 0), "二": (0, 0)}
    assert ledger.read(lambda s: CaseBook(s).declined(cases[2])) == {one.id}


def test_an_absence_counts_on_its_days_and_ends_with_the_return(ledger: Ledger) -> None:
    one = consultant(ledger, "一")
    ledger.write(lambda session: Roster(session).be_away(one.id, date(2026, 11, 25), date(2026, 11, 27)))

    def is_away(day: int) -> bool:
        at = datetime(2026, 11, day, 0, 30, tzinfo=TOKYO)
        return ledger.read(lambda session: Roster(session).candidates(at))[0].is_absent

    assert [is_away(day) for day in (24, 25, 27, 28)] == [False, True, True, False]
    ledger.write(lambda session: Roster(session).be_back(one.id, date(2026, 11, 26)))
    assert [is_away(day) for day in (25, 26, 27)] == [True, False, False]
    with pytest.raises(BadInput, match="不在の終わり"):
        ledger.write(lambda session: Roster(session).be_away(one.id, date(2026, 11, 2), date(2026, 11, 1)))


def test_of_absences_that_overlap_the_later_last_day_counts(ledger: Ledger) -> None:
    one, other = consultant(ledger, "一"), consultant(ledger, "二")
    spans = ((one.id, 25, 29), (one.id, 26, 27), (other.id, 28, 28))
    for who, first, last in spans:
        ledger.write(
            lambda s, who=who, first=first, last=last: Roster(s).be_away(
                who, date(2026, 11, first), date(2026, 11, last)
            )
        )
    assert ledger.read(lambda s: Roster(s).away_until(date(2026, 11, 27))) == {one.id: date(2026, 11, 29)}


def test_the_last_lead_stays_and_nobody_is_their_own_deputy(ledger: Ledger) -> None:
    one, other = consultant(ledger, "一"), consultant(ledger, "二")
    place(ledger, one, is_lead=True)

    with pytest.raises(BadInput, match="主任"):
        place(ledger, one)
    with pytest.raises(BadInput, match="代理"):
        place(ledger, one, is_lead=True, deputy=one.id)
    place(ledger, other, is_lead=True, deputy=one.id)
    place(ledger, one)

    found = {found.id: found for found in ledger.read(lambda session: Registry(session).consultants())}
    assert (found[one.id].is_lead, found[one.id].deputy_id) == (False, None)
    assert (found[other.id].is_lead, found[other.id].deputy_id, found[other.id].most_open) == (True, one.id, 3)
