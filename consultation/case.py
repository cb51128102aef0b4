"""A case (引継ぎ): a consultation that a person has to take, with its states and who may move it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)
ConsultantId = NewType("ConsultantId", str)


class CaseState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    REPLIED = "replied"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class CaseDeed(StrEnum):
    """What is done to a case; each deed stands in its history."""

    OPEN = "open"
    CLAIM = "claim"
    REPLY = "reply"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_MOVES = {
    (CaseState.WAITING, CaseDeed.CLAIM): CaseState.CLAIMED,
    (CaseState.WAITING, CaseDeed.WITHDRAW): CaseState.WITHDRAWN,
    (CaseState.CLAIMED, CaseDeed.REPLY): CaseState.REPLIED,
    (CaseState.CLAIMED, CaseDeed.RESOLVE): CaseState.RESOLVED,
    (CaseState.CLAIMED, CaseDeed.WITHDRAW): CaseState.WITHDRAWN,
    (CaseState.REPLIED, CaseDeed.REPLY): CaseState.REPLIED,
    (CaseState.REPLIED, CaseDeed.RESOLVE): CaseState.RESOLVED,
    (CaseState.RESOLVED, CaseDeed.REOPEN): CaseState.WAITING,
    (CaseState.WITHDRAWN, CaseDeed.REOPEN): CaseState.WAITING,
}

OWNERS_DEEDS = frozenset({CaseDeed.REPLY, CaseDeed.RESOLVE})
"""What only the case's owner may do."""

OPEN_STATES = frozenset({CaseState.WAITING, CaseState.CLAIMED, CaseState.REPLIED})


def after(state: CaseState, deed: CaseDeed) -> CaseState | None:
    """The state that `deed` leads to, or None where the rule says no."""
    return _MOVES.get((state, deed))


@dataclass(frozen=True, slots=True)
class Consultant:
    """A consultant (担当コンサルタント) of the supporting vendor."""

    id: ConsultantId
    name: str
    slack_user: str | None
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
