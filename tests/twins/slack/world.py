"""The truth that the stand-in keeps: teams, people, channels, messages, views. No network here.

Every change happens under one lock and wakes whoever waits, so that tests and server threads see one order of things.
"""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from .files import File, Json

TRIGGER_LIFE_S = 3.0  # docs.slack.dev/interactivity/handling-user-interaction: a trigger_id expires in 3 seconds


@dataclass
class Team:
    id: str
    name: str
    bot_token: str
    bot_user: str
    bot_id: str
    revoked: bool = False


@dataclass
class User:
    id: str
    team: str
    name: str
    is_bot: bool = False
    email: str = ""


@dataclass
class Channel:
    id: str
    team: str
    name: str
    members: set[str]
    private: bool = False
    dm_with: str | None = None
    archived: bool = False
    shared: bool = False
    guests: set[str] = field(default_factory=set)
    """Other workspaces that share it (Slack Connect)."""

    @property
    def kind(self) -> str:
        """Slack's channel_type: im, group or channel."""
        if self.dm_with is not None:
            return "im"
        return "group" if self.private else "channel"


@dataclass
class Message:
    channel: str
    ts: str
    text: str
    user: str
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    bot_id: str | None = None
    username: str | None = None
    subtype: str | None = None
    client_msg_id: str | None = None
    files: list[Json] = field(default_factory=list)
    reactions: set[str] = field(default_factory=set)
    edited_ts: str | None = None
    deleted: bool = False
    streaming: bool = False
    only_for: str | None = None  # the one user who sees an ephemeral message

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Consent:
    """A person's yes on Slack's page, for which the app may fetch a token once."""

    team: str
    user: str
    scopes: str
    born: float
    used: bool = False


@dataclass
class View:
    id: str
    team: str
    user: str
    hash: str
    body: Json
    trigger_id: str | None = None

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))


@dataclass
class Trigger:
    id: str
    team: str
    user: str
    born: float
    used: bool = False


class World:
    """All that Slack would know. `emit` is told of each event that the app may have subscribed to."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.files: dict[str, File] = {}
        self.base = ""
        """The address of the server, from which Slack makes a file's."""
        self.ephemerals: list[Message] = []
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.consents: dict[str, Consent] = {}
        self.statuses: list[Json] = []
        self.violations: list[str] = []
        self.warnings: list[str] = []
        self.used_scopes: set[str] = set()
        self.emit: Callable[[str, Json], None] = _unheard
        self._numbers = itertools.count(1)
        self._last_micros = 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock; on leaving, wake all who wait."""
        with self.changed:
            yield
            self.changed.notify_all()

    def fresh(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08X}"

    def ts(self, age_s: float = 0.0) -> str:
        """A new message time: unique, and increasing except for a message that is said to be older."""
        micros = int((time.time() - age_s) * 1_000_000)
        if age_s == 0.0:
            micros = max(micros, self._last_micros + 1)
            self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        self.messages.append(message)

    def find(self, channel: str, ts: str) -> Message | None:
        """The standing message, an ephemeral one included."""
        every = itertools.chain(self.messages, self.ephemerals)
        return next((m for m in every if m.channel == channel and m.ts == ts and not m.deleted), None)

    def replies(self, channel: str, ts: str) -> list[Message]:
        """Standing replies below a root, oldest first."""
        found = [
            m for m in self.messages if m.channel == channel and m.thread_ts == ts and m.is_reply and not m.deleted
        ]
        return sorted(found, key=lambda m: m.ts)

    def trigger(self, team: str, user: str) -> Trigger:
        trigger = Trigger(self.fresh("13345224609."), team, user, time.monotonic())
        self.triggers[trigger.id] = trigger
        return trigger

    def direct(self, team: str, user: str) -> Channel:
        """The direct-message channel of a user with the bot, made when first needed."""
        for channel in self.channels.values():
            if channel.dm_with == user and channel.team == team:
                return channel
        name = f"D0{user}" if team == "T1" else f"D0{user}{team}"
        channel = Channel(name, team, "", {user, self.teams[team].bot_user}, private=True, dm_with=user)
        self.channels[channel.id] = channel
        return channel


def _unheard(_team: str, _event: Json) -> None:
    """Nobody listens yet."""


def snapshot(message: Message) -> Message:
    """A copy that later edits do not reach."""
    return replace(message, blocks=list(message.blocks), files=list(message.files), reactions=set(message.reactions))
