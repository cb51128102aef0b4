"""An inquiry: one question of one asker, on its way into the desk, already masked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from consultation.attachment import Attached
from consultation.municipality import MunicipalityCode

InquiryId = NewType("InquiryId", str)
ConsultationId = NewType("ConsultationId", str)
MessageKey = NewType("MessageKey", str)
"""The identity of a message where it was written; the same message twice has the same key."""


class Channel(StrEnum):
    """Where a conversation is held (受付区分)."""

    SLACK = "slack"
    WEB = "web"
    CLI = "cli"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation's place: Slack (team, channel id, root ts), or a face of our own (room is the account)."""

    channel: Channel
    team: str
    room: str
    thread: str

    @property
    def lane(self) -> str:
        """What posts to this place queue behind: Slack takes about one post a second and channel."""
        return f"{self.channel.value}:{self.team}:{self.room}"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: an id that is unique across places, and the name to show."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What an asker says beside the words, where a form asks for it."""

    is_for_person: bool = False
    """No answer of the machine is wanted: a consultant is asked directly."""
    topic: str | None = None
    """T01–T12; None: the words tell."""
    by: date | None = None
    """The day by which the answer is needed; None: the words tell."""

    def is_past(self, today: date) -> bool:
        """Whether the day is over before it is asked: no form takes that. Closed days and far ones are the asker's."""
        return self.by is not None and self.by < today


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it enters the log. `text` holds no personal data any more; `masked` names what was taken out."""

    key: MessageKey
    place: Place
    municipality: MunicipalityCode
    asker: Asker
    text: str
    masked: tuple[str, ...]
    received_at: datetime
    chosen: str | None = None
    """The choice of a clarification that led to this inquiry."""
    wish: Wish = field(default_factory=Wish)
    files: tuple[Attached, ...] = ()
