"""The book of deliveries: planned once, in order per lane, and never silently dropped."""

import pytest

from consultation.case import CaseId
from consultation.inquiry import Channel, InquiryId, Place
from consultation.outcome import Reason
from records.casebook import CaseBook
from records.ledger import Ledger
from records.postbook import ATTEMPTED, DROPPED, FAILED, POSTED, PostBook
from records.rows import DeliveryRow
from tests.records import stock
from tests.records.stock import NOW, SAITAMA, enter, inquiry

HERE = Place(Channel.SLACK, "T1", "C1", "1.1")
OTHER_THREAD = Place(Channel.SLACK, "T1", "C1", "2.2")
ELSEWHERE = Place(Channel.SLACK, "T1", "C2", "1.1")


@pytest.fixture
def asked(ledger: Ledger) -> InquiryId:
    stock.register(ledger, SAITAMA)
    return enter(ledger, inquiry("k1")).inquiry_id


@pytest.fixture
def case(ledger: Ledger, asked: InquiryId) -> CaseId:
    return ledger.write(lambda session: CaseBook(session).open_for(asked, Reason.URGENT, "desk", NOW))[0]


def plan(ledger: Ledger, purpose: str, place: Place, asked: InquiryId, occasion: str = "") -> DeliveryRow:
    return ledger.write(
        lambda session: PostBook(session).plan(purpose, place, NOW, inquiry_id=asked, occasion=occasion)
    )


def due(ledger: Ledger, upto: DeliveryRow) -> list[str]:
    return [row.id for row in ledger.read(lambda session: PostBook(session).due(upto))]


def state(ledger: Ledger, row: DeliveryRow) -> str:
    return ledger.read(lambda session: PostBook(session).get(row.id)).state


def test_planning_twice_is_planning_once(ledger: Ledger, asked: InquiryId) -> None:
    rows = stock.at_once([lambda: plan(ledger, "outcome", HERE, asked)] * 4)

    assert len({row.ordinal for row in rows}) == 1
    assert [row.id for row in ledger.read(lambda session: PostBook(session).unsettled())] == [f"outcome:{asked}"]


def test_another_occasion_is_another_delivery(ledger: Ledger, asked: InquiryId) -> None:
    first, second = plan(ledger, "card", HERE, asked), plan(ledger, "card", HERE, asked, "4")

    assert (first.id, second.id) == (f"card:{asked}", f"card:{asked}:4")
    assert first.ordinal < second.ordinal


def test_planners_at_once_get_an_ordinal_each(ledger: Ledger, asked: InquiryId) -> None:
    rows = stock.at_once([lambda n=n: plan(ledger, "card", HERE, asked, str(n)) for n in range(8)])

    assert len({row.ordinal for row in rows}) == 8


def test_due_is_what_was_planned_before_in_the_same_lane(ledger: Ledger, asked: InquiryId) -> None:
    first = plan(ledger, "a", HERE, asked)
    second = plan(ledger, "b", OTHER_THREAD, asked)
    plan(ledger, "c", ELSEWHERE, asked)
    third = plan(ledger, "d", HERE, asked)
    plan(ledger, "e", HERE, asked)

    assert due(ledger, third) == [first.id, second.id, third.id]
    ledger.write(lambda session: PostBook(session).settle(second.id, "9.9", NOW))
    ledger.write(lambda session: PostBook(session).attempt(first.id))
    assert due(ledger, third) == [first.id, third.id]


def test_a_post_that_stands_is_not_attempted_any_more(ledger: Ledger, asked: InquiryId) -> None:
    row = plan(ledger, "a", HERE, asked)
    ledger.write(lambda session: PostBook(session).attempt(row.id))
    assert state(ledger, row) == ATTEMPTED

    ledger.write(lambda session: PostBook(session).settle(row.id, "9.9", NOW))
    ledger.write(lambda session: PostBook(session).attempt(row.id))

    assert state(ledger, row) == POSTED


def test_failed_and_dropped_are_settled_and_the_failed_are_told(ledger: Ledger, asked: InquiryId) -> None:
    failed, dropped = plan(ledger, "a", HERE, asked), plan(ledger, "b", HERE, asked)

    ledger.write(lambda session: PostBook(session).fail(failed.id, "channel_not_found"))
    ledger.write(lambda session: PostBook(session).drop(dropped.id))

    assert (state(ledger, failed), state(ledger, dropped)) == (FAILED, DROPPED)
    assert ledger.read(lambda session: PostBook(session).unsettled()) == []
    assert ledger.read(lambda session: PostBook(session).failed()) == [(failed.id, "channel_not_found")]


def test_the_newest_card_of_a_case_counts(ledger: Ledger, case: CaseId) -> None:
    def card(occasion: str) -> DeliveryRow:
        return ledger.write(lambda session: PostBook(session).plan("card", HERE, NOW, case_id=case, occasion=occasion))

    first, second = card(""), card("4")
    assert ledger.read(lambda session: PostBook(session).posted("card", case)) is None
    ledger.write(lambda session: PostBook(session).settle(first.id, "1.1", NOW))
    assert ledger.read(lambda session: PostBook(session).newest("card", case)) == second
    ledger.write(lambda session: PostBook(session).settle(second.id, "2.2", NOW + stock.MINUTE))

    newest = ledger.read(lambda session: PostBook(session).posted("card", case))
    assert newest is not None
    assert newest.posted_ref == "2.2"
