"""Socket Mode: one-time addresses, hello, envelopes to one connection each, and the ways a connection dies."""

import asyncio
import itertools
import json
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from .delivery import Delivery, Kind, Outcome, Retries
from .shapes import APP_ID
from .world import Json, World

TICKET_LIFE_S = 30.0
CONNECTIONS = 10  # docs.slack.dev/apis/events-api/using-socket-mode
REFRESH_GRACE_S = 1.0


@dataclass(eq=False)
class Connection:
    ws: web.WebSocketResponse
    transport: asyncio.Transport
    pending: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)  # envelopes whose ack will go astray
    is_frozen: bool = False
    is_retiring: bool = False
    received: int = 0

    async def send(self, body: Json) -> None:
        if not self.is_frozen:
            await self.ws.send_str(json.dumps(body))

    def reset(self) -> None:
        """Ends the connection with a TCP reset, without a close frame."""
        reset(self.transport)


def reset(transport: asyncio.BaseTransport | None) -> None:
    if transport is None:
        return
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert isinstance(transport, asyncio.Transport)
    transport.abort()


class SocketHub:
    """All open connections of the app. Everything but the counters is touched on the server's loop only."""

    def __init__(self, world: World, retries: Retries) -> None:
        self._world = world
        self._retries = retries
        self._tickets: dict[str, float] = {}
        self._turn = itertools.count()
        self.connections: list[Connection] = []
        self.swallow: dict[Kind, int] = {}
        self.stray_acks: list[str] = []

    def ticket(self) -> str:
        name = self._world.fresh("ticket-")
        self._tickets[name] = time.monotonic()
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The life of one connection."""
        born = self._tickets.pop(request.query.get("ticket", ""), None)
        if born is None or time.monotonic() - born > TICKET_LIFE_S or len(self.connections) >= CONNECTIONS:
            return web.Response(status=403, text="invalid ticket")
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        connection = Connection(ws, request.transport)
        with self._world.change():
            self.connections.append(connection)
        try:
            with suppress(ConnectionError):  # a pong into a connection that has just been cut
                await connection.send(self._hello())
                await self._listen(connection)
        finally:
            self._forget(connection)
        return ws

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Outcome:
        """Send one envelope to one connection and wait for its ack."""
        connection = self._next()
        if connection is None:
            return Outcome("connection_failed")
        envelope_id = self._world.fresh("envelope-")
        ack: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._is_ack_lost(delivery.kind):
            connection.lost.add(envelope_id)
        connection.pending[envelope_id] = ack
        try:
            await connection.send(_envelope(delivery, envelope_id, number, reason))
            return Outcome(response=await asyncio.wait_for(ack, self._retries.ack_timeout_s))
        except TimeoutError:
            return Outcome("timeout")
        except ConnectionError:
            return Outcome("connection_failed")
        finally:
            connection.pending.pop(envelope_id, None)

    async def refresh(self, reason: str) -> None:
        """Tell every connection to renew itself, as Slack does every few hours; then close it."""
        for connection in list(self.connections):
            connection.is_retiring = True
            await connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "twin"}})
        await asyncio.sleep(REFRESH_GRACE_S)
        for connection in [c for c in self.connections if c.is_retiring]:
            await connection.ws.close()

    async def cut(self) -> None:
        for connection in list(self.connections):
            connection.reset()

    async def freeze(self) -> None:
        """From now on these connections neither send nor answer, and look open from outside."""
        for connection in self.connections:
            connection.is_frozen = True

    async def say(self, frame: str) -> None:
        """Send a raw frame to every connection."""
        for connection in self.connections:
            await connection.ws.send_str(frame)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {"host": "applink-twin", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.ws:
            if connection.is_frozen:
                await _until_gone(connection)
            if message.type is WSMsgType.PING:
                await connection.ws.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledged(connection, message.data)

    def _acknowledged(self, connection: Connection, text: str) -> None:
        """Only a frame that names an envelope still waiting on this connection counts."""
        try:
            body = json.loads(text)
        except ValueError:
            self.stray_acks.append(text)
            return
        waiting = connection.pending.get(body.get("envelope_id", "")) if isinstance(body, dict) else None
        if waiting is None or waiting.done() or body["envelope_id"] in connection.lost:
            self.stray_acks.append(text)
        else:
            waiting.set_result(body.get("payload"))

    def _is_ack_lost(self, kind: Kind) -> bool:
        left = self.swallow.get(kind, 0)
        self.swallow[kind] = max(0, left - 1)
        return left > 0

    def _next(self) -> Connection | None:
        usable = [c for c in self.connections if not c.is_retiring and not c.ws.closed]
        if not usable:
            return None
        chosen = usable[next(self._turn) % len(usable)]
        chosen.received += 1
        return chosen

    def _forget(self, connection: Connection) -> None:
        with self._world.change():
            self.connections.remove(connection)
        for waiting in connection.pending.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError())


async def _until_gone(connection: Connection) -> None:
    """A frozen connection ends when the app gives it up: Slack would notice a little later than this."""
    while not connection.transport.is_closing():
        await asyncio.sleep(0.05)
    connection.is_retiring = True


def _envelope(delivery: Delivery, envelope_id: str, number: int, reason: str) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": number, "retry_reason": reason}
    return envelope
