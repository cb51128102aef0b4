"""conversations.*, users.*, bots.info, team.info, auth.test: what the bot may read, a page at a time."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from .api import Asked, Method, Refused
from .shapes import APP_ID, message_json
from .world import Channel, Json, Message, User

Item = TypeVar("Item")
HISTORY_SCOPES = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
READ_SCOPES = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im"}


def auth_test(asked: Asked) -> Json:
    team = asked.team
    return {
        "url": f"https://{team.name}.slack.com/",
        "team": team.name,
        "user": "madoguchi",
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def replies(asked: Asked) -> Json:
    channel = _readable(asked)
    ts = asked.text("ts")
    thread = asked.world.replies(channel.id, ts)
    root = next((m for m in asked.world.messages if m.channel == channel.id and m.ts == ts), None)
    if (root is None or root.deleted) and not thread:
        raise Refused("thread_not_found")
    within, more = _page(asked, _between(asked, thread), 1000)
    # The parent heads every page, whatever `oldest` says: a reader has to count with it.
    shown = ([root] if root is not None else []) + within
    return {"messages": [_shown(asked, message) for message in shown], **more}


def history(asked: Asked) -> Json:
    channel = _readable(asked)
    roots = [m for m in asked.world.messages if m.channel == channel.id and not m.is_reply and _stands(asked, m)]
    newest_first = sorted(_between(asked, roots), key=lambda m: m.ts, reverse=True)
    within, more = _page(asked, newest_first, 100)
    return {"messages": [_shown(asked, message) for message in within], **more}


def info(asked: Asked) -> Json:
    channel = asked.channel()
    asked.need(READ_SCOPES[channel.kind])
    return {"channel": _channel_json(asked, channel)}


def members(asked: Asked) -> Json:
    channel = asked.channel()
    asked.need(READ_SCOPES[channel.kind])
    within, more = _page(asked, sorted(channel.members), 100)
    return {"members": within, **more}


def conversations(asked: Asked) -> Json:
    """users.conversations: the channels that the bot (or a named user) is in, of the types asked for."""
    kinds = [TYPES[name] for name in (asked.text("types") or "public_channel").split(",") if name in TYPES]
    for kind in kinds:
        asked.need(READ_SCOPES[kind])
    who = asked.text("user") or asked.team.bot_user
    found = [
        c for c in asked.world.channels.values() if c.team == asked.team.id and c.kind in kinds and who in c.members
    ]
    standing = [c for c in found if not (asked.flag("exclude_archived") and c.archived)]
    within, more = _page(asked, sorted(standing, key=lambda c: c.id), 100)
    return {"channels": [_channel_json(asked, channel) for channel in within], **more}


def open_direct(asked: Asked) -> Json:
    """conversations.open for one user."""
    user = asked.text("users").split(",")[0]
    if user not in asked.world.users:
        raise Refused("user_not_found")
    return {"channel": {"id": asked.world.direct(asked.team.id, user).id}}


def user_info(asked: Asked) -> Json:
    user = asked.world.users.get(asked.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": _user_json(asked, user)}


def bot_info(asked: Asked) -> Json:
    bot = {
        "id": asked.team.bot_id,
        "app_id": APP_ID,
        "user_id": asked.team.bot_user,
        "name": "madoguchi",
        "deleted": False,
    }
    if asked.text("bot") not in ("", asked.team.bot_id):
        raise Refused("bot_not_found")
    return {"bot": bot}


def team_info(asked: Asked) -> Json:
    return {"team": {"id": asked.team.id, "name": asked.team.name, "domain": asked.team.name}}


def _readable(asked: Asked) -> Channel:
    channel = asked.channel()
    asked.need(HISTORY_SCOPES[channel.kind])
    if asked.team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _stands(asked: Asked, message: Message) -> bool:
    return not message.deleted or bool(asked.world.replies(message.channel, message.ts))


def _shown(asked: Asked, message: Message) -> Json:
    if message.deleted:
        tombstone = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
        return tombstone | {"text": "This message was deleted.", "ts": message.ts, "thread_ts": message.ts}
    return message_json(asked.world, message, with_metadata=asked.flag("include_all_metadata"))


def _between(asked: Asked, messages: list[Message]) -> list[Message]:
    oldest, latest, inclusive = asked.text("oldest") or "0", asked.text("latest"), asked.flag("inclusive")
    return [m for m in messages if _inside(float(m.ts), float(oldest), float(latest or "inf"), inclusive)]


def _inside(ts: float, oldest: float, latest: float, inclusive: bool) -> bool:
    return oldest <= ts <= latest if inclusive else oldest < ts < latest


def _page(asked: Asked, items: Sequence[Item], default: int) -> tuple[list[Item], Json]:
    start = _decoded(asked.text("cursor"))
    limit = int(asked.text("limit") or default)
    if not 1 <= limit <= 1000:
        raise Refused("invalid_limit")
    more = len(items) > start + limit
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return list(items[start : start + limit]), {"has_more": more, "response_metadata": {"next_cursor": cursor}}


def _decoded(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except ValueError:
        raise Refused("invalid_cursor") from None


def _channel_json(asked: Asked, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_ext_shared": channel.shared,
        "is_member": asked.team.bot_user in channel.members,
        "user": channel.dm_with,
        "context_team_id": channel.team,
    }


def _user_json(asked: Asked, user: User) -> Json:
    profile = {"real_name": user.name, "display_name": user.name}
    if "users:read.email" in asked.scopes:
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.name,
        "is_bot": user.is_bot,
        "deleted": False,
        "is_stranger": user.team != asked.team.id,
        "profile": profile,
    }


METHODS = {
    "auth.test": Method(auth_test),
    "conversations.replies": Method(replies, ("channel", "ts")),
    "conversations.history": Method(history, ("channel",)),
    "conversations.info": Method(info, ("channel",)),
    "conversations.members": Method(members, ("channel",)),
    "conversations.open": Method(open_direct, ("users",), ("im:write",)),
    "users.conversations": Method(conversations),
    "users.info": Method(user_info, ("user",), ("users:read",)),
    "bots.info": Method(bot_info, (), ("users:read",)),
    "team.info": Method(team_info, (), ("team:read",)),
}
