"""Events to values: what was written, changed or deleted, where and by whom. Whatever does not fit is none of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.attached import files_from
from bot.unmarking import begins_to_another, mentions, plain_words
from consultation.attachment import Attached
from consultation.inquiry import Channel, MessageKey, Place

Body = Mapping[str, Any]

PEOPLES_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
DIRECT = "im"


@dataclass(frozen=True, slots=True)
class Written:
    """A person's message. `is_to_us`: by mention or direct message; else it may be a follow-up in a thread of ours."""

    team: str
    channel: str
    user: str
    ts: str
    thread: str
    """The root's ts; the message's own where it begins a thread."""
    text: str
    is_to_us: bool
    is_direct: bool
    is_to_another: bool
    files: tuple[Attached, ...] = ()

    @property
    def place(self) -> Place:
        return Place(Channel.SLACK, self.team, self.channel, self.thread)

    @property
    def key(self) -> MessageKey:
        return message_key(self.team, self.channel, self.ts)


@dataclass(frozen=True, slots=True)
class Changed:
    """A person's message now reads otherwise: so, since `at`."""

    now: Written
    at: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    key: MessageKey


Message = Written | Changed | Deleted


def message_key(team: str, channel: str, ts: str) -> MessageKey:
    """A mention arrives as two events with one ts, and what is read back has no event_id: the message itself counts."""
    return MessageKey(f"{team}:{channel}:{ts}:question")


def relay_key(key: MessageKey) -> str:
    """The identity of the reply that a consultant's message was made into."""
    return f"{key}:relay"


def message_from(body: Body, us: str) -> Message | None:
    """The message that an event tells of; `us` is our bot's user. None: nothing for the desk."""
    event = _mapping(body, "event")
    team, channel = team_of(body), _text(event, "channel")
    if not team or not channel or _is_a_bots(event):
        return None
    match _text(event, "subtype"):
        case "message_changed":
            return _changed(event, team, channel, us)
        case "message_deleted":
            return _deleted(team, channel, _text(event, "deleted_ts"))
        case subtype if subtype in PEOPLES_SUBTYPES:
            return _written(event, team, channel, us)
        case _:
            return None


def team_of(body: Body) -> str:
    """The workspace whose installation sees the event: in a shared channel the author's may be another one."""
    authorizations = body.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else None
    seen_by = _text(first, "team_id") if isinstance(first, Mapping) else ""
    return seen_by or _text(body, "context_team_id") or _text(body, "team_id")


def _written(event: Body, team: str, channel: str, us: str) -> Written | None:
    user, ts, text = _text(event, "user"), _text(event, "ts"), _text(event, "text")
    if not user or not ts or user == us:
        return None
    is_direct = _text(event, "channel_type") == DIRECT
    return Written(
        team=team,
        channel=channel,
        user=user,
        ts=ts,
        thread=_text(event, "thread_ts") or ts,
        text=plain_words(text, us),
        is_to_us=is_direct or event.get("type") == "app_mention" or mentions(text, us),
        is_direct=is_direct,
        is_to_another=begins_to_another(text, us),
        files=files_from(event.get("files"), team),
    )


def _changed(event: Body, team: str, channel: str, us: str) -> Message | None:
    now, before = _mapping(event, "message"), _mapping(event, "previous_message")
    ts = _text(now, "ts")
    if _text(now, "subtype") == "tombstone":  # so Slack deletes the root of a thread that has replies
        return _deleted(team, channel, ts)
    if not ts or _is_a_bots(now) or _text(now, "text") == _text(before, "text"):
        return None
    written = _written({**now, "channel_type": event.get("channel_type")}, team, channel, us)
    # The event's own time: `edited.ts` has whole seconds, and two edits in one would be one.
    return Changed(written, _moment(_text(event, "event_ts") or _text(event, "ts"))) if written else None


def _deleted(team: str, channel: str, ts: str) -> Deleted | None:
    return Deleted(message_key(team, channel, ts)) if ts else None


def _moment(ts: str) -> datetime:
    """A message's time; now, where Slack tells none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)


def _is_a_bots(message: Body) -> bool:
    return bool(message.get("bot_id")) or _text(message, "subtype") == "bot_message"


def _mapping(body: Body, name: str) -> Body:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(body: Body, name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
