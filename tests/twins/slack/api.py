"""The Web API's counter: token, scope, required arguments, then the method. Errors come back as Slack words them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .world import Channel, Json, Team, World


class Refused(Exception):
    """Slack's ok:false."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **details}


@dataclass(frozen=True)
class Asked:
    """One call, as a method sees it."""

    world: World
    team: Team
    args: Json
    scopes: frozenset[str]

    def text(self, name: str) -> str:
        return str(self.args.get(name) or "")

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, "1", "true", "True")

    def parsed(self, name: str) -> Any:
        """An argument that may come as JSON text inside a form."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from None

    def channel(self, name: str = "channel") -> Channel:
        """The channel named by the call. Raises Refused unless the team has it and a private one has the bot."""
        channel = self.world.channels.get(self.text(name))
        if self.text(name) in self.world.users:  # a user's id stands for the direct messages with them
            channel = self.world.direct(self.team.id, self.text(name))
        if channel is None or (channel.team != self.team.id and not channel.shared):
            raise Refused("channel_not_found")
        if channel.private and self.team.bot_user not in channel.members:
            raise Refused("channel_not_found")
        return channel

    def joined(self, name: str = "channel") -> Channel:
        """The same, and the bot is in it, and it is not archived."""
        channel = self.channel(name)
        if self.team.bot_user not in channel.members:
            raise Refused("not_in_channel")
        if channel.archived:
            raise Refused("is_archived")
        return channel

    def need(self, *any_of: str) -> None:
        """Raises Refused unless the app has one of these scopes."""
        if any_of and not self.scopes.intersection(any_of):
            raise Refused("missing_scope", needed=",".join(any_of), provided=",".join(sorted(self.scopes)))
        self.world.used_scopes.update([scope for scope in any_of if scope in self.scopes][:1])


@dataclass(frozen=True)
class Method:
    run: Callable[[Asked], Json]
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()  # any one of them; none: no scope needed


class WebApi:
    """Answers calls. It knows nothing of HTTP; `answer` is the whole of it."""

    def __init__(self, world: World, scopes: frozenset[str], methods: Mapping[str, Method]) -> None:
        self.world = world
        self.scopes = scopes
        self._methods = methods

    def answer(self, method: str, args: Json, token: str) -> Json:
        with self.world.change():
            try:
                return {"ok": True, **self._run(method, args, token)}
            except Refused as refused:
                return refused.answer

    def team_of(self, token: str) -> Team | None:
        return next((team for team in self.world.teams.values() if team.bot_token == token), None)

    def _run(self, method: str, args: Json, token: str) -> Json:
        known = self._methods.get(method)
        if known is None:
            self.world.violations.append(f"{method}: unknown_method")
            raise Refused("unknown_method", req_method=method)
        asked = Asked(self.world, self._authenticated(token), args, self.scopes)
        asked.need(*known.scopes)
        missing = [name for name in known.required if args.get(name) in (None, "")]
        if missing:
            self.world.violations.append(f"{method}: missing {', '.join(missing)}")
            messages = [f"[ERROR] missing required field: {name}" for name in missing]
            raise Refused("invalid_arguments", response_metadata={"messages": messages})
        return known.run(asked)

    def _authenticated(self, token: str) -> Team:
        if not token:
            raise Refused("not_authed")
        team = self.team_of(token)
        if team is None:
            raise Refused("invalid_auth")
        if team.revoked:
            raise Refused("token_revoked")
        return team
