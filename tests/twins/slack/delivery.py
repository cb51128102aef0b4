"""From an event to the app: one attempt, an ack or a retry, as Slack's Events API and interactivity do it."""

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from .world import Json, World

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended. `reason` is Slack's word for the retry header; empty when it was acked."""

    reason: str = ""
    response: Any = None
    is_final: bool = False  # the app asked for no retry

    @property
    def acked(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class Attempt:
    number: int
    at: float
    took_s: float
    outcome: Outcome


@dataclass
class Delivery:
    """One event or interaction on its way, with everything that was tried."""

    kind: Kind
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def event_id(self) -> str:
        return str(self.payload.get("event_id", ""))

    @property
    def event(self) -> Json:
        event: Json = self.payload.get("event", {})
        return event

    @property
    def acked(self) -> bool:
        return any(attempt.outcome.acked for attempt in self.attempts)

    @property
    def response(self) -> Any:
        """What came with the ack: the response_action of a view_submission, for one."""
        return next((attempt.outcome.response for attempt in self.attempts if attempt.outcome.acked), None)

    def wait(self, timeout_s: float = 20.0) -> bool:
        """Wait for the ack, or for the last retry to fail; true when it was acked."""
        self.ended.wait(timeout_s)
        return self.acked


class Transport(Protocol):
    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Outcome:
        """Send once and wait for the ack."""


@dataclass
class Retries:
    """How long Slack waits and how often it tries again. Slack itself: 3 s; at once, a minute, five minutes."""

    ack_timeout_s: float = 3.0
    delays_s: Sequence[float] = (0.1, 3.0, 15.0)


class Carrier:
    """Takes events to the app: duplicates, delays and holds them on request. Lives on the server's loop."""

    def __init__(self, world: World, retries: Retries, loop: asyncio.AbstractEventLoop) -> None:
        self._world = world
        self.retries = retries
        self.transport: Transport | None = None
        self.loop = loop
        self.delay_s = 0.0
        self.duplicates = 0
        self.held: list[Delivery] | None = None
        self.all: list[Delivery] = []

    def send(self, kind: Kind, payload: Json) -> Delivery:
        """Start a delivery; from any thread."""
        delivery = Delivery(kind, payload)
        with self._world.change():
            self.all.append(delivery)
            if kind != "events_api":
                self.start(delivery)
                return delivery
            twice = self.duplicates > 0
            self.duplicates -= twice
        if self.held is not None:
            self.held.append(delivery)
        else:
            self.start(delivery)
        if twice:
            self._again(delivery)
        return delivery

    def _again(self, delivery: Delivery) -> None:
        copy = Delivery(delivery.kind, delivery.payload)
        with self._world.change():
            self.all.append(copy)
        self.start(copy)

    def start(self, delivery: Delivery) -> None:
        self.loop.call_soon_threadsafe(lambda: self.loop.create_task(self._carry(delivery)))

    async def _carry(self, delivery: Delivery) -> None:
        if delivery.kind == "events_api" and self.delay_s:
            await asyncio.sleep(self.delay_s)
        delays = (0.0, *self.retries.delays_s) if delivery.kind == "events_api" else (0.0,)
        reason = ""
        for number, delay_s in enumerate(delays):
            await asyncio.sleep(delay_s)
            began = time.monotonic()
            assert self.transport is not None
            outcome = await self.transport.attempt(delivery, number, reason)
            self._note(delivery, Attempt(number, time.time(), time.monotonic() - began, outcome))
            if outcome.acked or outcome.is_final:
                break
            reason = outcome.reason
        self._finish(delivery)

    def _note(self, delivery: Delivery, attempt: Attempt) -> None:
        with self._world.change():
            delivery.attempts.append(attempt)

    def _finish(self, delivery: Delivery) -> None:
        with self._world.change():
            delivery.ended.set()
