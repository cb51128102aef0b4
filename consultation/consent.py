"""Whether an asker wants a person, where their municipality wishes to be asked before a hand-over (引継ぎの同意)."""

from enum import StrEnum

from consultation.inquiry import Channel
from consultation.outcome import Reason

ASKED_FOR = frozenset({Reason.LOW_CONFIDENCE, Reason.CONFLICTING_SOURCES, Reason.NOT_IN_MATERIALS})
"""Hand-overs that are asked about first: the machine is not sure. Whatever calls for a person itself is handed over."""
ASKED_IN = frozenset({Channel.SLACK, Channel.WEB})
"""Where there is something to press; elsewhere it is handed over at once."""
ASKED_AGAIN_AFTER = 1
"""Opening days until it is asked once more; then no more."""


class Consent(StrEnum):
    ASKED = "asked"
    ASKED_AGAIN = "asked_again"
    GIVEN = "given"
    """There is a case."""
    REFUSED = "refused"
    """No case; the thread stays open, and so does the way to a person."""


UNANSWERED = frozenset({Consent.ASKED, Consent.ASKED_AGAIN})
