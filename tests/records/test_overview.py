"""A body at a glance, and the programme's dates, on both databases."""

from datetime import date, timedelta

import pytest

from consultation.calendar import tokyo_date
from consultation.case import CaseState
from consultation.errors import NotFound
from consultation.municipality import MunicipalityCode
from consultation.outcome import Reason
from records.casebook import CaseBook
from records.ledger import Ledger
from records.overview import Overview
from records.programme import Programme
from records.registry import Registry
from records.roster import Roster
from tests.records import stock
from tests.records.stock import CHIBA, NOW, SAITAMA, enter, inquiry

TODAY = tokyo_date(NOW)


def test_a_date_is_kept_once_read_until_it_is_past_and_dropped(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)

    def keep(day: date, title: str, code: MunicipalityCode | None = None) -> int:
        return ledger.write(lambda s: Programme(s).keep(day, title, code)).number

    def ahead(on: date) -> list[str]:
        return [one.title for one in ledger.read(lambda s: Programme(s).ahead(on, SAITAMA.code, 5))]

    later, first = keep(TODAY + timedelta(days=9), "締切"), keep(TODAY, "説明会")
    assert keep(TODAY, "説明会") == first
    keep(TODAY, "千葉だけ", CHIBA.code)
    keep(TODAY, "埼玉だけ", SAITAMA.code)

    assert ahead(TODAY) == ["説明会", "埼玉だけ", "締切"]
    assert ahead(TODAY + timedelta(days=1)) == ["締切"]
    assert ledger.write(lambda s: Programme(s).drop(later)).title == "締切"
    with pytest.raises(NotFound):
        ledger.write(lambda s: Programme(s).drop(later))
    with pytest.raises(NotFound):
        keep(TODAY, "どこ", MunicipalityCode("999999"))


def test_the_newest_consultations_come_first_with_where_they_stand(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)
    for number in range(4):
        asked = inquiry(f"q{number}", f"質問{number}", room=f"R{number}", at=NOW + timedelta(minutes=number))
        entered = enter(ledger, asked)
        if number == 3:
            ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.LOW_CONFIDENCE, "desk", NOW))  # noqa: B023

    lines, count = ledger.read(lambda s: Overview(s).consultations(SAITAMA.code, 2))
    assert ([line.text for line in lines], count) == (["質問3", "質問2"], 4)
    assert [line.case_state for line in lines] == [CaseState.WAITING, None]
    assert ledger.read(lambda s: Overview(s).consultations(CHIBA.code, 2)) == ([], 0)

    before = ledger.read(lambda s: Overview(s).background(SAITAMA, NOW + timedelta(minutes=3), 2))
    assert ([line.text for line in before.earlier], before.cases, before.channels) == (["質問2", "質問1"], 0, 0)
    after = ledger.read(lambda s: Overview(s).background(SAITAMA, NOW + timedelta(minutes=9), 2))
    assert after.cases == 1


def test_somebodys_body_is_the_registers_before_what_they_asked(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)
    asked = enter(ledger, inquiry("q"))
    team, _, user = stock.file_of(ledger, asked.consultation_id).consultation.asker_id.partition(":")

    assert ledger.read(lambda s: Overview(s).body_of(team, "", user)) == SAITAMA.code
    assert ledger.read(lambda s: Overview(s).body_of("T9", "", user)) is None
    ledger.write(lambda s: Registry(s).join_member(team, user, CHIBA.code))
    assert ledger.read(lambda s: Overview(s).body_of(team, "", user)) == CHIBA.code


def test_whom_to_ask_are_the_teams_people_who_are_there(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA)
    one, two = (
        ledger.write(lambda s, name=name: Registry(s).add_consultant(name, None, (), (), NOW)) for name in "佐加"
    )

    assert set(ledger.read(lambda s: Overview(s).counter(SAITAMA.code, NOW)).people) == {"佐", "加"}
    ledger.write(lambda s: Roster(s).be_away(two.id, TODAY, TODAY))
    assert ledger.read(lambda s: Overview(s).counter(SAITAMA.code, NOW)).people == ("佐",)
    assert ledger.read(lambda s: Roster(s).absences(two.id, TODAY)) == [(TODAY, TODAY)]
    assert ledger.read(lambda s: Roster(s).absences(two.id, TODAY + timedelta(days=1))) == []
    ledger.write(lambda s: Roster(s).specialise(one.id, ("T07",), ("kanto",)))
    found = ledger.read(lambda s: Registry(s).consultant(one.id))
    assert found is not None
    assert (found.topics, found.areas) == (("T07",), ("kanto",))
