"""The disturbing side: failing calls, dying connections, doubled and late events, forged requests."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from .delivery import Delivery, Kind
from .faults import Fault, Gate
from .posting import JSON_BODY, HttpPoster, Signed, signed
from .shapes import VERIFICATION_TOKEN, event_envelope
from .sockets import Connection
from .wiring import Wiring
from .world import Json, Message

Forgery = Literal["none", "unsigned", "wrong_signature", "old_timestamp", "altered_body"]
REPLAY_WINDOW_S = 300


class Trouble(Wiring):
    """Every fault is off until switched on."""

    # calls of the Web API

    def fault(self, method: str, fault: Fault, times: int = 1, after: int = 0) -> None:
        """Strike the next `times` calls of the method, the first `after` of them spared."""
        self._server.faults.plan(method, fault, times, after)

    def hold(self, method: str, *, applied: bool, after: int = 0) -> Gate:
        """Stop one call at a gate, before (applied=False) or after Slack did it, until `gate.release()`."""
        gate = Gate()
        self.fault(method, Fault(gate=gate, applied=applied), after=after)
        return gate

    def clear_faults(self) -> None:
        self._server.faults.clear()

    def limit_posts(self, per_s: float | None = 1.0) -> None:
        """Slack's limit of about one chat.postMessage a second and channel; None switches it off."""
        self._server.posts_per_s = per_s

    def refuse(self) -> None:
        """Refuse new connections; what is open stays open."""
        self._loop.run(self._server.refuse())

    def accept(self) -> None:
        """Listen again, on the same port."""
        self._loop.run(self._server.accept())

    # the app's standing

    def archive(self, channel: str) -> None:
        with self.world.change():
            self.world.channels[channel].archived = True

    def unarchive(self, channel: str) -> None:
        with self.world.change():
            self.world.channels[channel].archived = False

    def rename(self, channel: str, name: str) -> list[Delivery]:
        """The channel keeps its id; a line in it tells of the new name."""
        with self.world.change():
            place = self.world.channels[channel]
            before, place.name = place.name, name
            words = f'has renamed the channel from "{before}" to "{name}"'
            line = Message(channel, self.world.ts(), words, min(place.members), subtype="channel_name")
            self.world.add(line)
            return self._announce(line)

    def remove(self, channel: str) -> None:
        """The channel is deleted for good: channel_not_found."""
        with self.world.change():
            del self.world.channels[channel]

    def invite(self, channel: str) -> None:
        """The bot is in the channel (again)."""
        with self.world.change():
            place = self.world.channels[channel]
            place.members.add(self.world.teams[place.team].bot_user)

    def leave(self, channel: str) -> None:
        """The bot is removed from the channel."""
        with self.world.change():
            place = self.world.channels[channel]
            place.members.discard(self.world.teams[place.team].bot_user)

    def uninstall(self, team: str = "T1") -> list[Delivery]:
        """The app is removed from the workspace: its token is dead, and it is told so."""
        with self.world.change():
            self.world.teams[team].revoked = True
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.world.teams[team].bot_user]}}
        return [
            self.event(event, team) for event in (revoked, {"type": "app_uninstalled"}) if event["type"] in self.events
        ]

    # events

    def duplicate_events(self, times: int = 1) -> None:
        """Send the next `times` events twice, each with one event_id."""
        self._carrier.duplicates = times

    def delay_events(self, delay_s: float) -> None:
        self._carrier.delay_s = delay_s

    def redeliver(self, delivery: Delivery) -> Delivery:
        """The same event once more: same event_id, same everything."""
        return self._carrier.send(delivery.kind, delivery.payload)

    @contextmanager
    def held_events(self) -> Iterator[list[Delivery]]:
        """Collect events; the test may reorder or drop them in the list; on leaving they go in its order."""
        held: list[Delivery] = []
        self._carrier.held = held
        try:
            yield held
        finally:
            self._carrier.held = None
            for delivery in held:
                self._carrier.start(delivery)

    # Socket Mode

    @property
    def connections(self) -> list[Connection]:
        return list(self._hub.connections)

    @property
    def stray_acks(self) -> list[str]:
        """Frames that came too late, or named no envelope that was waiting."""
        return list(self._hub.stray_acks)

    def swallow_acks(self, times: int, kind: Kind = "events_api") -> None:
        """Lose the acks of the next `times` envelopes of this kind on their way."""
        self._hub.swallow[kind] = times

    def refresh(self, reason: str = "refresh_requested") -> None:
        """The disconnect message that Slack sends every few hours; the connections are closed soon after."""
        self._loop.run(self._hub.refresh(reason))

    def cut(self) -> None:
        """Reset every connection, without a close frame."""
        self._loop.run(self._hub.cut())

    def freeze(self) -> None:
        """Half-open: the present connections neither send nor answer any more, not even a ping."""
        self._loop.run(self._hub.freeze())

    def frame(self, text: str) -> None:
        """Send a raw frame, sound or not."""
        self._loop.run(self._hub.say(text))

    # HTTP mode

    def verify_url(self) -> bool:
        """Slack's url_verification: the app must answer with the challenge."""
        body = {"type": "url_verification", "token": VERIFICATION_TOKEN, "challenge": "challenge-of-the-twin"}
        status, _, text = self._posted(json.dumps(body).encode(), "none")
        return status == 200 and "challenge-of-the-twin" in text

    def forge(self, event: Json, forgery: Forgery, team: str = "T1") -> int:
        """Post an event spoilt on purpose. Returns the app's HTTP status; nothing but 401 or 403 is right."""
        body = json.dumps(event_envelope(self.world, team, event)).encode()
        return self._posted(body, forgery)[0]

    def _posted(self, body: bytes, forgery: Forgery) -> tuple[int, dict[str, str], str]:
        poster = self._carrier.transport
        if not isinstance(poster, HttpPoster):
            raise RuntimeError("the twin speaks Socket Mode; call http(url) first")
        return self._loop.run(poster.post(self._spoilt(body, forgery)))

    def _spoilt(self, body: bytes, forgery: Forgery) -> Signed:
        secret = "another-secret" if forgery == "wrong_signature" else self.signing_secret
        at = int(time.time()) - (REPLAY_WINDOW_S + 60 if forgery == "old_timestamp" else 0)
        request = signed(secret, body, JSON_BODY, at)
        if forgery == "altered_body":
            return Signed(body + b" ", request.headers)
        return Signed(body, {"Content-Type": JSON_BODY}) if forgery == "unsigned" else request
