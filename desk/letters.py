"""Letters: what has to become visible where, and the Protocol of those who can post them (bot implements it for Slack).

A face of our own (web, command line) needs no letters: it reads the log.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from consultation.case import CaseEvent, Consultant
from records.rows import CaseRow, ConsultationRow, DeliveryRow, InquiryRow, TurnRow


class Purpose(StrEnum):
    """What a letter is for; the part of a delivery's id before its first colon."""

    OUTCOME = "outcome"
    """Into the asker's thread: the answer, clarification, refusal, or the notice of a hand-over."""
    HANDED_OVER = "handed_over"
    """Into the asker's thread: a person was called after an answer stood there already."""
    CLAIMED = "claimed"
    """Into the asker's thread: who takes care."""
    REPLY = "reply"
    """Into the asker's thread: a consultant's words (letter.turn), under the consultant's name."""
    RESOLVED = "resolved"
    """Into the asker's thread: the case is closed."""
    CONFIRMED = "confirmed"
    """Into the asker's thread: closed, with the asker's word that it is solved."""
    ASK = "ask"
    """Into the asker's thread: is it solved? Once more after some opening days."""
    LAPSED = "lapsed"
    """Into the asker's thread: closed, for want of an answer."""
    REOPENED = "reopened"
    """Into the asker's thread: the case is open again."""
    WITHDRAWN = "withdrawn"
    """Into the asker's thread: the hand-over was taken back."""
    CARD = "card"
    """Into the consultants' channel, a message of its own: the case card."""
    CARD_STATE = "card_state"
    """The card, brought up to date (an update of the message `letter.card_ref`)."""
    TURNED = "turned"
    """Into the card's thread: who is asked to take the case now, by name."""
    NOTICE = "notice"
    """Into the card's thread: time runs out, or has run out; who has to act, by name (letter.event)."""
    SENT = "sent"
    """Into the card's thread: what was sent to the municipality (letter.turn)."""
    ASKER_WORDS = "asker_words"
    """Into the card's thread: what the municipality added (letter.inquiry)."""
    UNDELIVERED = "undelivered"
    """Into the card's thread: what did not reach the municipality, and why (letter.undelivered)."""
    ARTICLE_CHANGED = "article_changed"
    """Into the asker's thread: an answer given there has changed since (letter.turn)."""


CARD_THREAD = frozenset(
    {Purpose.CARD_STATE, Purpose.TURNED, Purpose.NOTICE, Purpose.SENT, Purpose.ASKER_WORDS, Purpose.UNDELIVERED}
)
"""Letters that need the card to stand before them."""
TO_CONSULTANTS = CARD_THREAD | {Purpose.CARD}
"""Letters for the consultants' channel; all others go to a municipality."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery with all that is needed to write it, read at the moment of posting."""

    delivery: DeliveryRow
    purpose: Purpose
    consultation: ConsultationRow
    inquiry: InquiryRow
    case: CaseRow | None
    turn: TurnRow | None
    card_ref: str | None
    """Slack's ts of the case card, once it stands."""
    told: Consultant | None = None
    """Whom the event calls."""
    draft: DeliveryRow | None = None
    """Of an outcome: the message that showed the answer while it was written, or may show it."""
    undelivered: DeliveryRow | None = None
    """What did not reach the municipality."""
    is_over: bool = False
    """The municipality is served no longer."""

    @property
    def event(self) -> CaseEvent | None:
        """What of the case's history it tells; None for letters about no single deed."""
        return event_told(self.case, self.delivery)


def event_told(case: CaseRow | None, delivery: DeliveryRow) -> CaseEvent | None:
    """What of a case's history a delivery tells: its occasion is the event's number."""
    occasion, history = delivery.id.rpartition(":")[2], case.history if case is not None else ()
    is_number = occasion.isdecimal() and 0 < int(occasion) <= len(history)
    return history[int(occasion) - 1] if is_number else None


class Postman(Protocol):
    """Posts letters to one kind of place. Every post carries the delivery's id, so that it can be found again."""

    def find(self, letter: Letter) -> str | None:
        """The reference of the letter's post if it stands already; looked up at the place, by the delivery's id."""

    def post(self, letter: Letter) -> str:
        """Post the letter and return the reference. Raises PostUnknown, PostDelayed, PostRefused.

        Where the letter has a draft, its message becomes the letter.
        """

    def retract(self, letter: Letter) -> None:
        """Take away the draft of a letter that will not be posted. Raises PostUnknown, PostDelayed."""
