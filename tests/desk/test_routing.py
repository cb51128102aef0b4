"""A case on its way between people: turned to somebody, declined, handed on, taken over, reopened."""

from datetime import UTC, datetime, timedelta

import pytest

from consultation.calendar import tokyo_date
from consultation.case import CaseDeed, CaseId, CaseState, Consultant, Priority
from consultation.inquiry import InquiryId
from consultation.outcome import OutcomeKind, Reason
from desk import wording
from desk.casework import Deed, Done, Refused
from desk.correcting import Correction
from records.pages import Pages
from records.roster import Roster
from records.rows import CaseRow
from tests.desk.bench import CARDS, Bench, until
from tests.records import stock

ASKER = "T1:U1"


@pytest.fixture
def case(bench: Bench, room: str) -> CaseId:
    return bench.case(bench.ask("担当者に聞きたい", room))


def row(bench: Bench, case: CaseId) -> CaseRow:
    return bench.ledger.read(lambda session: Pages(session).case(case))


def deeds(bench: Bench, case: CaseId) -> list[CaseDeed]:
    return [event.deed for event in row(bench, case).history]


def turned(bench: Bench, case: CaseId) -> tuple[Consultant, Consultant]:
    """Who was turned to, and the colleague."""
    found, (suzuki, tanaka) = row(bench, case).turned_to, bench.consultants
    assert found is not None
    return (suzuki, tanaka) if found.id == suzuki.id else (tanaka, suzuki)


def sentence(deed: Deed) -> str:
    assert isinstance(deed, Refused), deed
    return deed.sentence


def cards(bench: Bench, case: CaseId) -> list[str]:
    return [post["purpose"] for post in bench.channels.posts(CARDS.room) if case in post["delivery"]]


def test_a_hand_over_is_turned_to_somebody_who_is_there(bench: Bench, room: str) -> None:
    suzuki, tanaka = bench.consultants
    today = tokyo_date(datetime.now(UTC))
    bench.ledger.write(lambda session: Roster(session).be_away(suzuki.id, today, today + timedelta(days=1)))
    try:
        found = row(bench, bench.case(bench.ask("担当者に予算の財源を聞きたい", room)))
    finally:
        bench.ledger.write(lambda session: Roster(session).be_back(suzuki.id, today))

    assert found.turned_to == tanaka
    assert found.topic == "T06"
    assert [(event.deed, event.by, event.why) for event in found.history] == [
        (CaseDeed.OPEN, "desk", ""),
        (CaseDeed.ROUTE, "desk", "fitting"),
    ]


def test_another_topic_calls_who_knows_it_better_and_an_owner_keeps_the_case(bench: Bench, case: CaseId) -> None:
    first, other = turned(bench, case)

    def corrected(topic: str) -> CaseRow:
        wanted = Correction(topic, Priority.NORMAL, None)
        assert isinstance(bench.desk.correcting.correct(case, other, wanted, "財源の相談のため"), Done)
        return row(bench, case)

    bench.ledger.write(lambda session: Roster(session).specialise(other.id, ("T06",), ()))
    try:
        assert corrected("T05").turned_to == first, "the other is no expert in it"
        found = corrected("T06")
        assert found.turned_to is not None
        assert found.turned_to.id == other.id
        assert [event.deed for event in found.history[-2:]] == [CaseDeed.SORT, CaseDeed.ROUTE]
        until(lambda: "turned" in cards(bench, case))
        bench.ledger.write(lambda session: Roster(session).specialise(other.id, ("T05",), ()))
        wanted = Correction(None, Priority.URGENT, None)
        assert isinstance(bench.desk.correcting.correct(case, other, wanted, "明日の議会のため"), Done)
        assert row(bench, case).history[-1].deed is CaseDeed.PRIORITISE, "the topic is as it was: nobody else is called"
        bench.desk.cases.claim(case, first)
        assert corrected("T05").owner == first
    finally:
        bench.ledger.write(lambda session: Roster(session).specialise(other.id, (), ()))


def test_who_declines_says_why_and_another_is_turned_to(bench: Bench, case: CaseId) -> None:
    first, other = turned(bench, case)
    assert sentence(bench.desk.cases.decline(case, other, "手一杯です")) == wording.NOT_TURNED_TO
    assert sentence(bench.desk.cases.decline(case, first, " ")) == wording.NO_REASON
    assert sentence(bench.desk.cases.decline(case, None, "x")) == wording.NOT_CONSULTANT

    assert isinstance(bench.desk.cases.decline(case, first, " 手一杯です。携帯は090-1234-5678 "), Done)

    found = row(bench, case)
    assert found.turned_to == other
    assert (found.history[-2].deed, found.history[-2].why) == (CaseDeed.DECLINE, "手一杯です。携帯は〔電話番号〕")
    until(lambda: "turned" in cards(bench, case))


def test_an_owner_hands_on_to_a_colleague_who_has_to_take_it(bench: Bench, room: str, case: CaseId) -> None:
    first, other = turned(bench, case)
    bench.desk.cases.claim(case, first)
    assert sentence(bench.desk.cases.hand_on(case, first, first.id, "x")) == wording.NOT_A_COLLEAGUE
    assert "担当しています" in sentence(bench.desk.cases.hand_on(case, other, first.id, "x"))

    assert isinstance(bench.desk.cases.hand_on(case, first, other.id, "専門外のため"), Done)

    found = row(bench, case)
    assert (found.state, found.owner, found.turned_to) == (CaseState.WAITING, None, other)
    assert isinstance(bench.desk.cases.claim(case, other), Done)
    assert [post["purpose"] for post in bench.settled(3, room)] == ["outcome", "claimed", "claimed"]
    assert "専門外" not in str(bench.channels.posts(room))


def test_a_colleague_takes_over_and_the_first_owner_is_told_so(bench: Bench, case: CaseId) -> None:
    first, other = turned(bench, case)
    assert isinstance(bench.desk.cases.take_over(case, other), Refused)  # nobody has it: it is claimed
    bench.desk.cases.claim(case, first)

    assert isinstance(bench.desk.cases.take_over(case, other), Done)

    assert sentence(bench.desk.cases.reply(case, first, "x", f"{case}:r")) == wording.NOT_OWNER.format(owner=other.name)
    assert isinstance(bench.desk.cases.reply(case, other, "お答えします", f"{case}:r"), Done)


def test_of_two_who_take_over_at_once_each_is_told_how_it_stands(bench: Bench, case: CaseId) -> None:
    first, other = turned(bench, case)
    bench.desk.cases.claim(case, first)

    came = stock.at_once([lambda: bench.desk.cases.take_over(case, other)] * 4)

    assert sum(isinstance(deed, Done) for deed in came) == 1
    assert deeds(bench, case).count(CaseDeed.TAKE_OVER) == 1


def resolved(bench: Bench, case: CaseId) -> Consultant:
    first, _ = turned(bench, case)
    bench.desk.cases.claim(case, first)
    bench.desk.cases.reply(case, first, "お答えします", f"{case}:r")
    assert isinstance(bench.desk.cases.resolve(case, first), Done)
    return first


def test_the_asker_says_that_it_is_solved(bench: Bench, room: str, case: CaseId) -> None:
    resolved(bench, case)
    assert sentence(bench.desk.cases.confirm(case, "T1:U9")) == wording.NOT_ASKER

    done = bench.desk.cases.confirm(case, ASKER)

    assert isinstance(done, Done)
    assert done.case.state is CaseState.CLOSED
    assert "終了" in sentence(bench.desk.cases.confirm(case, ASKER))
    assert [post["purpose"] for post in bench.settled(5, room)][-2:] == ["resolved", "confirmed"]


def test_what_is_not_solved_goes_back_to_who_had_it(bench: Bench, room: str, case: CaseId) -> None:
    owner = resolved(bench, case)

    assert isinstance(bench.desk.cases.reopen(case, ASKER), Done)

    assert (row(bench, case).state, row(bench, case).turned_to) == (CaseState.WAITING, owner)
    assert [post["purpose"] for post in bench.settled(5, room)][-1] == "reopened"


@pytest.mark.parametrize("ended", [CaseState.RESOLVED, CaseState.CLOSED])
def test_words_after_the_end_reopen_it_and_thanks_do_not(bench: Bench, room: str, ended: CaseState) -> None:
    case = bench.case(bench.ask("担当者に聞きたい", room, key=f"{room}{ended}", thread=ended))
    owner = resolved(bench, case)
    if ended is CaseState.CLOSED:
        bench.desk.cases.confirm(case, ASKER)

    def say(text: str) -> InquiryId:
        asked = bench.ask(text, room, key=f"{room}{ended}{text}", thread=ended)
        bench.desk.wait(asked, 40)
        return asked

    thanks = stock.row_of(bench.ledger, say("ありがとうございました"))
    assert thanks.reason is not Reason.WITH_PERSON
    assert row(bench, case).state is ended

    more = stock.row_of(bench.ledger, say("もう一つ、契約はどうすればよいですか"))
    assert (more.outcome, more.reason) == (OutcomeKind.HANDOFF, Reason.WITH_PERSON)
    assert (row(bench, case).state, row(bench, case).turned_to) == (CaseState.WAITING, owner)
    until(lambda: {"asker_words", "turned"} <= set(cards(bench, case)))
