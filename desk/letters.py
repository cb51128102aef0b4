"""Letters: what has to become visible where, and the Protocol of those who can post them (bot implements it for Slack).

A face of our own (web, command line) needs no letters: it reads the log.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from consultation.article import ASK_BEFORE, ArticleState
from consultation.case import CaseEvent, Consultant
from consultation.team import Team
from consultation.weekly import Figures
from desk.alike import Alike
from records.asides import AsideRow
from records.overview import Background
from records.rows import ArticleRow, AttachmentRow, CaseRow, ConsultationRow, DeliveryRow, InquiryRow, TurnRow


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
    CONSENT = "consent"
    """Into the asker's thread: once more, whether a person is wanted."""
    NOT_HANDED_OVER = "not_handed_over"
    """Into the asker's thread: that no person was called, as they wished."""
    RATED_LOW = "rated_low"
    """Into the card's thread: the lowest rating with its words, for the lead (the rating is the occasion)."""
    MORNING = "digest"
    """A bulletin into the consultants' channel: a team's open cases (desk/bulletins.py)."""
    WEEKLY = "weekly"
    """A bulletin to a team's lead: the week before in figures."""
    EXPIRING = "expiring"
    """A bulletin to an article's owner: its last day is near, or past."""
    REPLY_STATE = "reply_state"
    """The consultant's words in the asker's thread, as they read now, or that they were taken back (an update)."""
    SENT_STATE = "sent_state"
    """The note in the card's thread of what was sent, brought up to date (an update)."""
    WORDS_STATE = "words_state"
    """The municipality's words in the card's thread, as they read now, or that they were taken back (an update)."""
    RECALLED = "recalled"
    """Into the card's thread: a reply was taken back (letter.turn)."""
    ASIDE = "aside"
    """Into the card's thread: what the machine says to a consultant (letter.aside)."""

    ASKER_FILE = "asker_file"
    """Into the card's thread: a file of the municipality's (letter.file)."""
    REPLY_FILE = "reply_file"
    """Into the asker's thread: a consultant's file (letter.file)."""
    UNFIT = "unfit"
    """Into the asker's thread: a file does not come, or did not go, and why."""
    UNFIT_INSIDE = "unfit_inside"
    """Into the card's thread: the same."""
    FILE_GONE = "file_gone"
    """The copy in the card's thread, deleted: its question was taken back."""


CARRIES = frozenset({Purpose.ASKER_FILE, Purpose.REPLY_FILE})
"""Letters that are files."""
FILES = CARRIES | {Purpose.UNFIT, Purpose.UNFIT_INSIDE, Purpose.FILE_GONE}
"""Letters about a file: its id is their occasion."""
CARD_THREAD = frozenset(
    {
        Purpose.CARD_STATE,
        Purpose.TURNED,
        Purpose.NOTICE,
        Purpose.SENT,
        Purpose.ASKER_WORDS,
        Purpose.RECALLED,
        Purpose.ASIDE,
        Purpose.RATED_LOW,
        Purpose.ASKER_FILE,
        Purpose.UNFIT_INSIDE,
        Purpose.UNDELIVERED,
    }
)
"""Letters that need the card to stand before them."""
OF_THE_MOMENT = frozenset({Purpose.CARD_STATE, Purpose.TURNED, Purpose.NOTICE})
"""Of these, what a card tells that is posted later: they do not wait for its retry."""
TO_CONSULTANTS = CARD_THREAD | {Purpose.CARD, Purpose.SENT_STATE, Purpose.WORDS_STATE}
"""Letters for the consultants' channel; all others go to a municipality."""

UPDATES = {
    Purpose.REPLY_STATE: Purpose.REPLY,
    Purpose.SENT_STATE: Purpose.SENT,
    Purpose.WORDS_STATE: Purpose.ASKER_WORDS,
}
"""Letters that change another letter's post, by whose id theirs begins (desk/following.py); the card apart."""


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
    stands_at: str | None = None
    """Of an update: Slack's ts of the message that it changes."""
    aside: AsideRow | None = None
    alike: tuple[Alike, ...] = ()
    """Of an aside: the cases it found, as they read now."""
    background: Background | None = None
    """Of a card: what was before."""
    file: AttachmentRow | None = None
    """What it carries, or is about."""

    @property
    def is_update(self) -> bool:
        """It posts nothing new: made twice, it is the same."""
        return self.purpose is Purpose.CARD_STATE or self.purpose in UPDATES

    @property
    def event(self) -> CaseEvent | None:
        """What of the case's history it tells; None for letters about no single deed."""
        return event_told(self.case, self.delivery)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A delivery about no single case, with what it tells, read at the moment of posting."""

    delivery: DeliveryRow
    purpose: Purpose
    tells: "Morning | Weekly | Expiring"
    told: Consultant | None = None
    """To whom it is addressed, where that is somebody."""


@dataclass(frozen=True, slots=True)
class Morning:
    """A team's open cases, what is due first first, and who is away."""

    team: Team
    at: datetime
    cases: tuple[CaseRow, ...]
    absent: tuple[Consultant, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """A team's week."""

    team: Team
    figures: Figures


@dataclass(frozen=True, slots=True)
class Expiring:
    """An article whose last day is near, or past."""

    article: ArticleRow

    @property
    def since(self) -> date:
        """Before this day its owner was not told."""
        last = self.article.expires_on
        return last if self.article.state is ArticleState.EXPIRED else last - ASK_BEFORE


def event_told(case: CaseRow | None, delivery: DeliveryRow) -> CaseEvent | None:
    """What of a case's history a delivery tells: its occasion is the event's number."""
    occasion, history = delivery.id.rpartition(":")[2], case.history if case is not None else ()
    is_number = occasion.isdecimal() and 0 < int(occasion) <= len(history)
    return history[int(occasion) - 1] if is_number else None


class Postman(Protocol):
    """Posts letters to one kind of place. Every post carries the delivery's id, so that it can be found again."""

    def find(self, letter: Letter | Bulletin) -> str | None:
        """The reference of the letter's post if it stands already; looked up at the place, by the delivery's id."""

    def post(self, letter: Letter | Bulletin) -> str:
        """Post the letter and return the reference. Raises PostUnknown, PostDelayed, PostRefused, FileUnfit.

        Where the letter has a draft, its message becomes the letter.
        """

    def retract(self, letter: Letter) -> None:
        """Take away the draft of a letter that will not be posted. Raises PostUnknown, PostDelayed."""
