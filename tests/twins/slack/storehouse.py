"""The file host: private files for who bears a token that may see them, and the addresses that uploads go to."""

from collections.abc import Callable

from aiohttp import web

from .api import WebApi
from .faults import Fault, FaultBook
from .files import may_see
from .sockets import reset
from .world import World

PIECE = 64 * 1024
Note = Callable[[str, str, int], None]


class Storehouse:
    """`note` is told of each transfer: which, of what file, and how many bytes went."""

    def __init__(self, world: World, api: WebApi, faults: FaultBook, note: Note) -> None:
        self._world = world
        self._api = api
        self._faults = faults
        self._note = note

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/files-pri/{place}/{name:.+}", self._fetch)
        app.router.add_post("/upload/v1/{file}", self._store)

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        """The bytes; who may not see them is led to the sign-in page, as Slack does."""
        team_id, _, file_id = request.match_info["place"].partition("-")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        fault = self._faults.take("url_private")
        struck = await self._struck(request, "url_private", fault)
        if struck is not None:
            return struck
        with self._world.change():
            file, team = self._world.files.get(file_id), self._api.team_of(token)
            is_known = file is not None and file.team == team_id and not file.is_deleted
            if file is None or not is_known or file.redirect:
                raise web.HTTPFound(file.redirect if file is not None and file.redirect else "/sign-in")
            if team is None or team.revoked or "files:read" not in self._api.scopes:
                raise web.HTTPFound("/sign-in")
            if not may_see(self._world, file, team.id):
                raise web.HTTPFound("/sign-in")
            self._world.used_scopes.add("files:read")
            data = file.data
        return await self._sent(request, file_id, data, is_cut=fault is not None)

    async def _sent(self, request: web.Request, file_id: str, data: bytes, *, is_cut: bool) -> web.StreamResponse:
        """Piece by piece, so that a test sees when the other side has had enough; or half of it, and then nothing."""
        answer = web.StreamResponse(headers={"Content-Length": str(len(data))})
        await answer.prepare(request)
        sent = 0
        try:
            for start in range(0, len(data) // 2 if is_cut else len(data), PIECE):
                await answer.write(data[start : start + PIECE])
                sent = min(start + PIECE, len(data))
        except (ConnectionError, RuntimeError):
            self._note("url_private", file_id, sent)
            return answer
        self._note("url_private", file_id, sent)
        if is_cut and request.transport is not None:
            request.transport.close()  # an end like any other, but for the length that was promised
            return answer
        await answer.write_eof()
        return answer

    async def _store(self, request: web.Request) -> web.StreamResponse:
        data = bytearray()
        async for piece in request.content.iter_any():
            data += piece
        struck = await self._struck(request, "upload_url", self._faults.take("upload_url"))
        if struck is not None:
            return struck
        with self._world.change():
            file = self._world.files.get(request.match_info["file"])
            if file is None or file.is_finished:
                return web.Response(status=404, text="no such upload")
            if len(data) != file.length:
                self._world.violations.append(f"upload: {len(data)} bytes instead of {file.length}")
                return web.Response(status=400, text="length mismatch")
            file.data = bytes(data)
        self._note("upload_url", file.id, len(data))
        return web.Response(text=f"OK - {len(data)}")

    async def _struck(self, request: web.Request, name: str, fault: Fault | None) -> web.Response | None:
        """What stands in the way; None: nothing, or a cut in the middle (Fault.reset_after)."""
        if fault is None or (fault.applied and fault.reset):
            return None
        if fault.gate is not None:
            await fault.gate.hold()
        self._note(name, "", 0)
        if fault.reset or request.transport is None:
            reset(request.transport)
            return web.Response()
        retry = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        return web.Response(status=fault.status, text=fault.body or "", headers=retry)
