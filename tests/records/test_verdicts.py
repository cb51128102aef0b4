"""Reviewers' verdicts: one a reviewer and answer, every change kept, on answers of the machine only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.errors import BadInput
from consultation.inquiry import InquiryId
from consultation.outcome import Citation, Outcome
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


def let_through(ledger: Ledger, key: str, threshold: float | None, *cited: Citation) -> InquiryId:
    """An answer that a gate let through from the threshold on; None: it was not asked."""
    entered, finding = enter(ledger, inquiry(key)), replace(stock.found(answer(citations=cited)), threshold=threshold)
    words = stock.row_of(ledger, entered.inquiry_id).text
    ledger.write(lambda session: Book(session).record(entered.inquiry_id, words, finding, NOW))
    return entered.inquiry_id


def test_of_each_answer_the_gate_let_through_the_latest_verdict_counts(ledger: Ledger) -> None:
    stock.publish(ledger, "a.md", stock.material(), "月額5万円です。", "年額です。")
    first, second = (
        Citation(found.id, found.document_id, 1, "題", found.locator, found.text, 0.9) for found in stock.live(ledger)
    )
    one, other = reviewer(ledger), reviewer(ledger, "second")
    changed, plain = let_through(ledger, "k1", 0.6, first, second), let_through(ledger, "k2", 0.7)
    ungated = let_through(ledger, "k3", None)

    for later, (asked, by, is_right) in enumerate(
        [(changed, one, True), (changed, other, False), (plain, other, True), (ungated, one, False)]
    ):
        give(ledger, asked, by, is_right, later)
    rows = ledger.read(lambda session: Verdicts(session).judged())

    assert [(row.document, row.threshold, row.is_right) for row in rows] == [
        (first.document_id, 0.6, False),
        ("", 0.7, True),
    ]
    assert (rows[0].confidence, rows[0].features, rows[0].versions) == (0.9, {"best": 0.8}, {"gate": "1"})
    late = ledger.read(lambda session: Verdicts(session).judged(NOW + 2 * MINUTE))
    assert [row.is_right for row in late] == [True]
    give(ledger, changed, one, False, later=9)  # thought over: now the last to speak
    assert [row.is_right for row in ledger.read(lambda session: Verdicts(session).judged())] == [True, False]
