"""Reviewers' verdicts: one a reviewer and answer, every change kept, on answers of the machine only."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.errors import BadInput
from consultation.inquiry import InquiryId
from consultation.outcome import Outcome
from records.accounts import AccountId, Accounts, Profile, Role
from records.book import Book
from records.ledger import Ledger
from records.tables import VerdictTable
from records.verdicts import Verdicts
from tests.records import stock
from tests.records.stock import MINUTE, NOW, SAITAMA, answer, clarification, enter, handoff, inquiry, record


@pytest.fixture(autouse=True)
def _bodies(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA)


def reviewer(ledger: Ledger, login: str = "reviewer") -> AccountId:
    profile = Profile(login, f"{login}さん", Role.REVIEWER)
    return ledger.write(lambda session: Accounts(session).invite(profile, NOW, NOW + timedelta(days=1)).account.id)


def decided(ledger: Ledger, outcome: Outcome, key: str = "k1") -> InquiryId:
    entered = enter(ledger, inquiry(key))
    record(ledger, entered.inquiry_id, outcome)
    return entered.inquiry_id


def give(ledger: Ledger, inquiry_id: InquiryId, by: AccountId, is_right: bool, later: int = 0) -> None:
    ledger.write(lambda session: Book(session).give_verdict(inquiry_id, by, is_right, NOW + later * MINUTE))


def given(ledger: Ledger, inquiry_id: InquiryId) -> list[tuple[str, bool]]:
    row = stock.row_of(ledger, inquiry_id)
    found = ledger.read(lambda session: Verdicts(session).on(row.consultation_id))
    return [(verdict.name, verdict.is_right) for verdict in found.get(inquiry_id, ())]


def standing(ledger: Ledger) -> int:
    return ledger.read(lambda session: session.scalar(select(func.count()).select_from(VerdictTable))) or 0


def test_a_later_verdict_replaces_the_first_and_both_can_be_read(ledger: Ledger) -> None:
    asked, first, second = decided(ledger, answer()), reviewer(ledger), reviewer(ledger, "second")

    give(ledger, asked, first, True)
    give(ledger, asked, second, True, later=1)
    give(ledger, asked, first, False, later=2)

    assert given(ledger, asked) == [("reviewerさん", True), ("secondさん", True), ("reviewerさん", False)]
    assert standing(ledger) == 2


def test_a_doubled_verdict_is_one(ledger: Ledger) -> None:
    asked, by = decided(ledger, answer()), reviewer(ledger)

    stock.at_once([lambda: give(ledger, asked, by, False)] * 4)

    assert given(ledger, asked) == [("reviewerさん", False)]


@pytest.mark.parametrize("outcome", [handoff(), clarification("費用", "効果")])
def test_only_what_the_machine_answered_is_judged(ledger: Ledger, outcome: Outcome) -> None:
    asked, by = decided(ledger, outcome), reviewer(ledger)

    with pytest.raises(BadInput, match="自動で回答した質問だけ"):
        give(ledger, asked, by, True)
    assert standing(ledger) == 0
