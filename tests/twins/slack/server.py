"""The server on loopback: Web API, Socket Mode and response_url in one, on a thread and a loop of its own."""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from aiohttp import web

from . import api_oauth
from .api import WebApi
from .faults import Fault, FaultBook
from .sockets import SocketHub, reset
from .storehouse import Storehouse
from .world import Json, World

Result = TypeVar("Result")


@dataclass(frozen=True)
class Call:
    """One call of the Web API, as it came in."""

    method: str
    args: Json
    token: str
    at: float
    answer: Json = field(default_factory=dict)


class Loop:
    """An event loop on a thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="slack-twin", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], timeout_s: float = 20.0) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout_s)

    def stop(self) -> None:
        self.run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()

    async def _cancel_all(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Server:
    """HTTP in front of WebApi, SocketHub and the response addresses."""

    def __init__(self, world: World, api: WebApi, hub: SocketHub, app_token: str, client: tuple[str, str]) -> None:
        self._world = world
        self._api = api
        self._hub = hub
        self._app_token = app_token
        self._client = client
        self.faults = FaultBook()
        self.calls: list[Call] = []
        self._storehouse = Storehouse(world, api, self.faults, self._transferred)
        self.posts_per_s: float | None = None
        self._last_post: dict[str, float] = {}
        self.on_response: Any = None
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    async def open(self) -> None:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_get("/link/", self._hub.serve)
        app.router.add_post("/response/{name}", self._respond)
        self._storehouse.add_to(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        await self.accept()

    async def accept(self) -> None:
        """Listen; on the same port as before."""
        assert self._runner is not None
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[-1][1]

    async def refuse(self) -> None:
        """Stop listening: new connections are refused."""
        assert self._site is not None
        await self._site.stop()

    async def close(self) -> None:
        assert self._runner is not None
        await self._hub.cut()
        await self._runner.cleanup()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        token = str(args.pop("token", "")) or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        fault = self.faults.take(method) or self._too_fast(method, args)
        if fault is not None and fault.gate is not None and not fault.applied:
            await fault.gate.hold()
            fault = Fault.reset_before() if request.transport is None else None
        answer = self._answered(method, args, token, request.headers) if fault is None or fault.applied else {}
        with self._world.change():
            self.calls.append(Call(method, args, token, time.time(), answer))
        if fault is not None:
            return await self._struck(request, fault, answer)
        return web.json_response(answer, headers=self._headers())

    def _answered(self, method: str, args: Json, token: str, headers: Mapping[str, str]) -> Json:
        if method == "oauth.v2.access":
            with self._world.change():
                return api_oauth.access(self._world, self._client, args, headers)
        if method != "apps.connections.open":
            return self._api.answer(method, args, token)
        if token != self._app_token:
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link/?ticket={self._hub.ticket()}&app_id=twin"}

    async def _struck(self, request: web.Request, fault: Fault, answer: Json) -> web.StreamResponse:
        if fault.gate is not None:
            await fault.gate.hold()
        await asyncio.sleep(fault.delay_s)
        if fault.reset:
            reset(request.transport)
            return web.Response()
        body = fault.body if fault.body is not None else json.dumps(_wrong(fault, answer))
        headers = {
            **self._headers(),
            **({"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}),
        }
        return web.Response(status=fault.status, text=body, content_type=fault.content_type, headers=headers)

    def _too_fast(self, method: str, args: Json) -> Fault | None:
        if method != "chat.postMessage" or self.posts_per_s is None:
            return None
        channel, now = str(args.get("channel")), time.monotonic()
        if now - self._last_post.get(channel, float("-inf")) < 1 / self.posts_per_s:
            return Fault.rate_limited(retry_after=1)
        self._last_post[channel] = now
        return None

    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self._api.scopes)), "x-slack-req-id": self._world.fresh("req")}

    def _transferred(self, method: str, file: str, count: int) -> None:
        with self._world.change():
            self.calls.append(Call(method, {"file": file, "bytes": count}, "", time.time()))

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        answer = self.on_response(request.match_info["name"], await request.json())
        return web.Response(status=answer[0], text=answer[1])


def _wrong(fault: Fault, answer: Json) -> Json:
    return {"ok": False, "error": fault.error} if fault.error is not None else answer


async def _arguments(request: web.Request) -> Json:
    """Arguments from the query, a form or JSON, as the method would read them."""
    args: Json = dict(request.query)
    body = await request.text()
    if request.content_type == "application/json":
        args |= json.loads(body) if body else {}
    else:
        args |= dict(parse_qsl(body, keep_blank_values=True))
    return args
