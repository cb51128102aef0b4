"""The casebook: no illegal state by any order of deeds, one winner per claim, a history that tells all."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consultation.case import OPEN_STATES, OWNERS_DEEDS, CaseDeed, CaseId, CaseState, ConsultantId, after
from consultation.errors import NotFound
from consultation.outcome import Reason
from records.casebook import CaseBook, Moved
from records.ledger import Ledger
from records.pages import Pages
from records.registry import Registry
from records.rows import CaseRow
from tests.records import stock
from tests.records.databases import sqlite_log
from tests.records.stock import NOW, SAITAMA, enter, inquiry

HANDS = st.sampled_from([deed for deed in CaseDeed if deed is not CaseDeed.OPEN])
TURNING = {CaseDeed.ROUTE, CaseDeed.HAND_ON}
WHO = st.sampled_from([0, 1])


def consultants(ledger: Ledger, count: int = 2) -> list[ConsultantId]:
    def deed(name: str) -> ConsultantId:
        return ledger.write(lambda session: Registry(session).add_consultant(name, None, (), (), NOW)).id

    return [deed(f"担当{n}") for n in range(count)]


def opened(ledger: Ledger, key: str = "k1", by: str = "desk") -> tuple[CaseId, bool]:
    entered = enter(ledger, inquiry(key))
    return ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.NOT_IN_MATERIALS, by, NOW))


def move(ledger: Ledger, case_id: CaseId, deed: CaseDeed, by: str, to: ConsultantId | None = None) -> Moved:
    return ledger.write(lambda session: CaseBook(session).move(case_id, deed, by, NOW, to=to))


def case_of(ledger: Ledger, case_id: CaseId) -> CaseRow:
    return ledger.read(lambda session: Pages(session).case(case_id))


@pytest.fixture
def case(ledger: Ledger) -> CaseId:
    stock.register(ledger, SAITAMA)
    return opened(ledger)[0]


def test_of_eight_who_claim_at_once_one_wins(ledger: Ledger, case: CaseId) -> None:
    ids = consultants(ledger, 8)

    moves = stock.at_once([lambda one=one: move(ledger, case, CaseDeed.CLAIM, one) for one in ids])

    (winner,) = [one for one, moved in zip(ids, moves, strict=True) if moved.done]
    assert {moved.owner_id for moved in moves} == {winner}
    assert [event.deed for event in case_of(ledger, case).history] == [CaseDeed.OPEN, CaseDeed.CLAIM]


def test_a_question_has_one_case_however_many_open_it(ledger: Ledger, case: CaseId) -> None:
    entered = enter(ledger, inquiry("k2"))

    def deed() -> tuple[CaseId, bool]:
        return ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.ERROR, "desk", NOW))

    came = stock.at_once([deed] * 4)

    assert len({case_id for case_id, _ in came}) == 1
    assert sum(is_new for _, is_new in came) == 1


def test_only_the_owner_replies_and_resolves(ledger: Ledger, case: CaseId) -> None:
    owner, other = consultants(ledger)
    move(ledger, case, CaseDeed.CLAIM, owner)

    for deed in (CaseDeed.REPLY, CaseDeed.RESOLVE):
        assert move(ledger, case, deed, other) == Moved(False, CaseState.CLAIMED, owner)
    assert move(ledger, case, CaseDeed.REPLY, owner).done


def test_an_open_case_is_not_opened_again(ledger: Ledger, case: CaseId) -> None:
    assert opened(ledger) == (case, False)


def test_a_closed_case_is_reopened_without_its_owner(ledger: Ledger, case: CaseId) -> None:
    (owner,) = consultants(ledger, 1)
    for deed in (CaseDeed.CLAIM, CaseDeed.REPLY, CaseDeed.RESOLVE):
        move(ledger, case, deed, owner)

    assert opened(ledger, by="U1") == (case, True)

    found = case_of(ledger, case)
    assert (found.state, found.owner) == (CaseState.WAITING, None)
    assert found.history[-1].by == "U1"


def test_open_cases_are_listed_longest_waiting_first(ledger: Ledger, case: CaseId) -> None:
    entered = enter(ledger, inquiry("k2"))
    earlier = NOW - stock.MINUTE
    first, _ = ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.URGENT, "desk", earlier))
    gone, _ = opened(ledger, "k3")
    move(ledger, gone, CaseDeed.WITHDRAW, "U1")

    assert [row.id for row in ledger.read(lambda session: Pages(session).open_cases())] == [first, case]


def test_a_case_that_is_not_there_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        move(ledger, CaseId("none"), CaseDeed.CLAIM, "nobody")


class CaseMachine(RuleBasedStateMachine):
    """Any deeds by any hands in any order; the rule of consultation.case is the model."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.ledger = sqlite_log(folder)
        self.stack.callback(self.ledger.close)
        stock.register(self.ledger, SAITAMA)
        self.hands = consultants(self.ledger)
        self.case = opened(self.ledger)[0]
        self.state, self.deeds = CaseState.WAITING, [CaseDeed.OPEN]
        self.owner: str | None = None
        self.turned_to: str | None = None

    @rule(deed=HANDS, who=WHO)
    def do(self, deed: CaseDeed, who: int) -> None:
        by, to = self.hands[who], self.hands[1 - who] if deed in TURNING else None
        allowed = self.may(deed, by)

        assert move(self.ledger, self.case, deed, by, to).done == allowed

        if allowed:
            self.took(deed, by, to)

    @rule(deeds=st.lists(st.tuples(HANDS, WHO), min_size=2, max_size=3))
    def do_at_once(self, deeds: list[tuple[CaseDeed, int]]) -> None:
        """What came of it is told by the history: replayed, each step is allowed, and it ends where the case stands."""
        stock.at_once([lambda d=deed, w=who: move(self.ledger, self.case, d, self.hands[w]) for deed, who in deeds])
        for event in case_of(self.ledger, self.case).history[len(self.deeds) :]:
            assert self.may(event.deed, event.by)
            self.took(event.deed, event.by, event.to)

    def may(self, deed: CaseDeed, by: str) -> bool:
        if deed is CaseDeed.DECLINE and self.turned_to != by:
            return False
        if (deed in OWNERS_DEEDS) != (self.owner == by) and deed in {*OWNERS_DEEDS, CaseDeed.TAKE_OVER}:
            return False
        return after(self.state, deed) is not None

    def took(self, deed: CaseDeed, by: str, to: str | None) -> None:
        self.state = after(self.state, deed) or self.state
        self.deeds.append(deed)
        if deed in {CaseDeed.CLAIM, CaseDeed.TAKE_OVER}:
            self.owner, self.turned_to = by, None
        if deed in {CaseDeed.ROUTE, CaseDeed.HAND_ON, CaseDeed.DECLINE}:
            self.owner, self.turned_to = None, to
        if deed is CaseDeed.REOPEN:
            self.owner, self.turned_to = None, self.owner

    @invariant()
    def stands_as_told(self) -> None:
        if not hasattr(self, "case"):
            return
        found = case_of(self.ledger, self.case)
        assert found.state == self.state
        assert (found.owner.id if found.owner else None) == self.owner
        assert (found.turned_to.id if found.turned_to else None) == self.turned_to
        assert [event.deed for event in found.history] == self.deeds
        listed = self.ledger.read(lambda session: CaseBook(session).open_case(found.consultation.id))
        assert (listed is not None) == (self.state in OPEN_STATES)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()


def test_no_order_of_deeds_leads_to_an_illegal_state() -> None:

    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
