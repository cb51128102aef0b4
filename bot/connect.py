"""Whose an event is: the installation's that sees it; in a shared channel (Slack Connect), the channel's home's.

The home is the workspace for which the channel is registered. Where several of our installations see one channel, all
that happens there is told once for each of them: put at home, it is one message with one key. Nowhere does the
author's or the clicker's own workspace count. Source: docs.slack.dev/apis/slack-connect.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from slack_bolt import BoltContext

from bot.parsing import team_of
from bot.workspace import Workspace, Workspaces
from consultation.errors import PostRefused

Body = MutableMapping[str, Any]
Homes = Callable[[str], list[str]]
"""The workspaces for which a channel is registered."""


class Connect:
    """Bolt's middleware before `authorize`: says whose the request is, and puts it there."""

    def __init__(self, workspaces: Workspaces, homes: Homes) -> None:
        self._workspaces = workspaces
        self._homes = homes

    def before_authorize(self, body: dict[str, Any], context: BoltContext, next: Callable[[], None]) -> None:
        if isinstance(body.get("event"), dict):
            context["team_id"] = self._event(body)
        elif body.get("type") != "url_verification":
            context["team_id"] = self._interaction(body)
        next()

    def _event(self, body: Body) -> str:
        seen_by, channel = team_of(body), str(body["event"].get("channel") or "")
        home = self._home(channel) if body.get("is_ext_shared_channel") is True else None
        if home is None:
            return seen_by
        _put_at(body, home, [one.installation().bot_user for one in self._workspaces.all()])
        return home.installation().team

    def _home(self, channel: str) -> Workspace | None:
        return next(filter(None, map(self._installed, self._homes(channel))), None)

    def _interaction(self, body: Body) -> str:
        """Where it happened: the clicker may sit in another workspace than the one whose bot wrote the message."""
        told = [team for team in _teams(body) if team] or [""]
        if "command" in body or body.get("type") == "message_action":  # of no message of ours: the channel's home
            homes = sorted(self._homes(_channel(body)), key=lambda team: team not in told)
            told = [*homes, *told]
        found = next(filter(None, map(self._installed, told)), None) or self._home(_channel(body))
        return found.installation().team if found else told[0]

    def _installed(self, team: str) -> Workspace | None:
        try:
            return self._workspaces.of(team)
        except PostRefused:
            return None


def _channel(body: Body) -> str:
    channel = body.get("channel")
    return str((channel.get("id") if isinstance(channel, dict) else body.get("channel_id")) or "")


def _teams(body: Body) -> Iterator[str]:
    """Of a modal, its installation; of our message, whose bot wrote it; else where the hand was."""
    view, message, team = body.get("view"), body.get("message"), body.get("team")
    if isinstance(view, dict):
        yield str(view.get("app_installed_team_id") or "")
    if isinstance(message, dict) and message.get("app_id") == body.get("api_app_id") and message.get("bot_id"):
        yield str(message.get("team") or "")
    yield str(team.get("id") or "") if isinstance(team, dict) else ""
    yield str(body.get("team_id") or "")


def _put_at(body: Body, home: Workspace, our_users: list[str]) -> None:
    """As the home's installation would have been told: a mention of any of our bots there is one of its own."""
    us = home.installation()
    body["context_team_id"] = us.team
    body["authorizations"] = [{"team_id": us.team, "user_id": us.bot_user, "is_bot": True}]
    event = body["event"]
    for said in (event, event.get("message"), event.get("previous_message")):
        if isinstance(said, dict) and isinstance(said.get("text"), str):
            said["text"] = _MENTION.sub(lambda m: f"<@{us.bot_user}>" if m[1] in our_users else m[0], said["text"])


_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
