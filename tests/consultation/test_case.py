"""A case: the rule of what may be done in which state."""

import pytest

from consultation.case import OPEN_STATES, OWNERS_DEEDS, CaseDeed, CaseState, after

ALLOWED = {
    ("waiting", "claim"): "claimed",
    ("waiting", "withdraw"): "withdrawn",
    ("claimed", "reply"): "replied",
    ("claimed", "resolve"): "resolved",
    ("claimed", "withdraw"): "withdrawn",
    ("replied", "reply"): "replied",
    ("replied", "resolve"): "resolved",
    ("waiting", "route"): "waiting",
    ("waiting", "decline"): "waiting",
    ("claimed", "hand_on"): "waiting",
    ("replied", "hand_on"): "waiting",
    ("claimed", "take_over"): "claimed",
    ("replied", "take_over"): "replied",
    ("resolved", "ask"): "resolved",
    ("resolved", "confirm"): "closed",
    ("resolved", "lapse"): "closed",
    ("closed", "reopen"): "waiting",
    ("resolved", "reopen"): "waiting",
    ("withdrawn", "reopen"): "waiting",
    ("claimed", "leave"): "claimed",
    ("replied", "leave"): "replied",
    ("waiting", "end"): "closed",
    ("claimed", "end"): "closed",
    ("replied", "end"): "closed",
    ("resolved", "end"): "closed",
} | {
    (state, notice): state
    for state in ("waiting", "claimed", "replied")
    for notice in ("remind", "escalate", "alarm", "sort", "prioritise", "schedule")
}


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("deed", CaseDeed)
def test_the_rule_allows_this_and_nothing_else(state: CaseState, deed: CaseDeed) -> None:
    assert after(state, deed) == ALLOWED.get((state, deed))


def test_what_has_ended_can_only_be_reopened() -> None:
    for state in set(CaseState) - OPEN_STATES - {CaseState.RESOLVED}:
        assert [deed for deed in CaseDeed if after(state, deed)] == [CaseDeed.REOPEN]


def test_every_state_can_be_reached_from_waiting() -> None:
    reached = {CaseState.WAITING}
    for _ in CaseState:
        reached |= {found for state in reached for deed in CaseDeed if (found := after(state, deed))}

    assert reached == set(CaseState)


def test_a_withdrawal_needs_no_owner() -> None:
    assert CaseDeed.WITHDRAW not in OWNERS_DEEDS
    assert CaseDeed.CLAIM not in OWNERS_DEEDS
