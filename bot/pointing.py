"""A message shortcut to a value: who pointed at which message of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.attached import files_from
from bot.clicks import Click
from bot.parsing import message_key, relay_key
from bot.unmarking import plain_words
from consultation.attachment import Attached

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pointed:
    """A message that somebody pointed at. `author` is empty where a bot wrote it."""

    team: str
    channel: str
    thread: str
    """The root's ts; empty for a message outside of threads."""
    ts: str
    user: str
    author: str
    words: str
    """Out of Slack's marks."""
    trigger: str
    files: tuple[Attached, ...] = ()

    @property
    def key(self) -> str:
        """The identity of the reply that it may become."""
        return relay_key(message_key(self.team, self.channel, self.ts))

    @property
    def click(self) -> Click:
        """Where to tell the one who pointed."""
        return Click(self.team, self.channel, self.thread or None, self.user, "", self.trigger)


def pointed_from(body: Body, team: str, us: str) -> Pointed:
    """Slack's message_action. Raises LookupError where it is something else."""
    message = body["message"]
    is_a_bots = bool(message.get("bot_id")) or message.get("subtype") == "bot_message" or message.get("user") == us
    return Pointed(
        team=team,
        channel=str(body["channel"]["id"]),
        thread=str(message.get("thread_ts") or ""),
        ts=str(message.get("ts") or body["message_ts"]),
        user=str(body["user"]["id"]),
        author="" if is_a_bots else str(message.get("user") or ""),
        words=plain_words(str(message.get("text") or ""), us),
        trigger=str(body.get("trigger_id", "")),
        files=files_from(message.get("files"), team),
    )
