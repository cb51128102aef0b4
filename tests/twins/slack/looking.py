"""The watching side: what stands in Slack, what was called, and waiting for it."""

import time
from collections.abc import Callable
from typing import Self, TypeVar

from .delivery import Delivery
from .server import Call
from .wiring import Wiring
from .world import Json, Message, snapshot

Value = TypeVar("Value")


class Looking(Wiring):
    """Snapshots: what a test reads does not change under it."""

    def messages(self, channel: str) -> list[Message]:
        """Every standing message of a channel, replies included, by time."""
        with self.world.changed:
            found = [snapshot(m) for m in self.world.messages if m.channel == channel and not m.deleted]
        return sorted(found, key=lambda m: m.ts)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The root, if it stands, and its replies."""
        return [m for m in self.messages(channel) if ts in (m.ts, m.thread_ts)]

    def answers(self, channel: str, ts: str, team: str = "T1") -> list[Message]:
        """What the bot has written in a thread."""
        return [m for m in self.thread(channel, ts) if m.user == self.world.teams[team].bot_user]

    def ephemerals(self, channel: str, user: str) -> list[Message]:
        with self.world.changed:
            return [
                snapshot(m)
                for m in self.world.ephemerals
                if (m.channel, m.only_for) == (channel, user) and not m.deleted
            ]

    def visible(self, user: str) -> list[Message]:
        """All that a person can see, over all channels: for canaries that must never cross."""
        with self.world.changed:
            places = {c.id for c in self.world.channels.values() if user in c.members}
            shown = [m for m in self.world.messages if m.channel in places] + [
                m for m in self.world.ephemerals if m.only_for == user
            ]
            return [snapshot(m) for m in shown if not m.deleted]

    @property
    def calls(self) -> list[Call]:
        return list(self._server.calls)

    @property
    def deliveries(self) -> list[Delivery]:
        return list(self._carrier.all)

    @property
    def violations(self) -> list[str]:
        """Whatever the app did that Slack would not have taken, or should not be given."""
        return self.world.violations

    @property
    def warnings(self) -> list[str]:
        return self.world.warnings

    @property
    def used_scopes(self) -> frozenset[str]:
        """The scopes that calls and delivered events have needed so far: what a manifest may ask for."""
        return frozenset(self.world.used_scopes - {""})

    @property
    def statuses(self) -> list[Json]:
        return list(self.world.statuses)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def wait(self, look: Callable[[Self], Value], timeout_s: float = 20.0) -> Value:
        """The first true value of `look`. Raises TimeoutError with what the bot did instead."""
        deadline = time.monotonic() + timeout_s
        while True:
            with self.world.changed:
                value = look(self)
                if value:
                    return value
                left = deadline - time.monotonic()
                if left <= 0:
                    last = [(call.method, call.answer.get("error")) for call in self.calls[-5:]]
                    raise TimeoutError(f"not within {timeout_s} s; last calls {last}, violations {self.violations}")
                self.world.changed.wait(min(left, 0.1))
