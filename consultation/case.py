"""A case (引継ぎ): a consultation that a person has to take, with its states and who may move it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)
ConsultantId = NewType("ConsultantId", str)


class CaseState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    REPLIED = "replied"
    RESOLVED = "resolved"
    """The owner is done; the asker is asked whether it is solved."""
    CLOSED = "closed"
    """The asker said so, or did not answer; the history tells which."""
    WITHDRAWN = "withdrawn"


class CaseDeed(StrEnum):
    """What is done to a case; each deed stands in its history."""

    OPEN = "open"
    ROUTE = "route"
    """The desk turns to a consultant."""
    CLAIM = "claim"
    DECLINE = "decline"
    """Who was turned to cannot take it."""
    HAND_ON = "hand_on"
    """The owner turns to a colleague."""
    TAKE_OVER = "take_over"
    """A colleague takes what another one owns."""
    REPLY = "reply"
    RESOLVE = "resolve"
    REMIND = "remind"
    """The owner, or who was turned to, is told that time runs out."""
    ESCALATE = "escalate"
    """The deputy is told that it has run out."""
    ALARM = "alarm"
    """The lead is."""
    ASK = "ask"
    """The asker is asked whether it is solved."""
    CONFIRM = "confirm"
    """The asker says that it is."""
    LAPSE = "lapse"
    """The asker did not answer."""
    SORT = "sort"
    """A consultant corrects the topic (the event's value: its code)."""
    PRIORITISE = "prioritise"
    """A consultant says how urgent it is (value: Priority)."""
    SCHEDULE = "schedule"
    """A consultant sets the last day (value: ISO; empty: as the targets say)."""
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    LEAVE = "leave"
    """The owner is a consultant no longer: the lead is told, a colleague has to take over."""
    END = "end"
    """The municipality is served no longer."""


class Priority(StrEnum):
    """What the clock can honour."""

    URGENT = "urgent"
    NORMAL = "normal"


_IN_ORDER = (CaseState.WAITING, CaseState.CLAIMED, CaseState.REPLIED)
_NOTICES = (CaseDeed.REMIND, CaseDeed.ESCALATE, CaseDeed.ALARM)
CORRECTIONS = (CaseDeed.SORT, CaseDeed.PRIORITISE, CaseDeed.SCHEDULE)
_MOVES = {
    (CaseState.WAITING, CaseDeed.ROUTE): CaseState.WAITING,
    (CaseState.WAITING, CaseDeed.DECLINE): CaseState.WAITING,
    (CaseState.WAITING, CaseDeed.CLAIM): CaseState.CLAIMED,
    (CaseState.WAITING, CaseDeed.WITHDRAW): CaseState.WITHDRAWN,
    (CaseState.CLAIMED, CaseDeed.HAND_ON): CaseState.WAITING,
    (CaseState.CLAIMED, CaseDeed.TAKE_OVER): CaseState.CLAIMED,
    (CaseState.CLAIMED, CaseDeed.REPLY): CaseState.REPLIED,
    (CaseState.CLAIMED, CaseDeed.RESOLVE): CaseState.RESOLVED,
    (CaseState.CLAIMED, CaseDeed.WITHDRAW): CaseState.WITHDRAWN,
    (CaseState.REPLIED, CaseDeed.HAND_ON): CaseState.WAITING,
    (CaseState.REPLIED, CaseDeed.TAKE_OVER): CaseState.REPLIED,
    (CaseState.REPLIED, CaseDeed.REPLY): CaseState.REPLIED,
    (CaseState.REPLIED, CaseDeed.RESOLVE): CaseState.RESOLVED,
    (CaseState.RESOLVED, CaseDeed.ASK): CaseState.RESOLVED,
    (CaseState.RESOLVED, CaseDeed.CONFIRM): CaseState.CLOSED,
    (CaseState.RESOLVED, CaseDeed.LAPSE): CaseState.CLOSED,
    (CaseState.RESOLVED, CaseDeed.REOPEN): CaseState.WAITING,
    (CaseState.CLOSED, CaseDeed.REOPEN): CaseState.WAITING,
    (CaseState.WITHDRAWN, CaseDeed.REOPEN): CaseState.WAITING,
    **{(state, notice): state for state in _IN_ORDER for notice in (*_NOTICES, *CORRECTIONS)},
    (CaseState.CLAIMED, CaseDeed.LEAVE): CaseState.CLAIMED,
    (CaseState.REPLIED, CaseDeed.LEAVE): CaseState.REPLIED,
    **{(state, CaseDeed.END): CaseState.CLOSED for state in (*_IN_ORDER, CaseState.RESOLVED)},
}

OWNERS_DEEDS = frozenset({CaseDeed.HAND_ON, CaseDeed.REPLY, CaseDeed.RESOLVE})
"""What only the case's owner may do."""

OPEN_STATES = frozenset(_IN_ORDER)
ANSWERED_STATES = frozenset({CaseState.RESOLVED, CaseState.CLOSED})
"""A person was done with it; whoever goes on opens it again."""


def after(state: CaseState, deed: CaseDeed) -> CaseState | None:
    """The state that `deed` leads to, or None where the rule says no."""
    return _MOVES.get((state, deed))


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A deed with who did it: a consultant's or an asker's id, or `desk`."""

    deed: CaseDeed
    by: str
    at: datetime
    why: str = ""
    to: ConsultantId | None = None
    """Who was turned to, or told."""
    value: str = ""
    """Of a correction: what was set."""


@dataclass(frozen=True, slots=True)
class Consultant:
    """A consultant (担当コンサルタント) of the supporting vendor."""

    id: ConsultantId
    name: str
    slack_user: str | None
    topics: tuple[str, ...] = ()
    """Expertise, T01–T12; empty: all."""
    areas: tuple[str, ...] = ()
    """Bureau areas; empty: all."""
    team_id: str | None = None
    deputy_id: ConsultantId | None = None
    is_lead: bool = False
    most_open: int | None = None
    """So many open cases at most; None: no limit."""
    most_a_day: int | None = None
    has_left: bool = False
    """A consultant no longer; the name stands in the log."""
