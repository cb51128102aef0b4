"""What Slack sends: messages as the Web API shows them, events, interactions, each with its real fields.

Sources: docs.slack.dev/reference/events, docs.slack.dev/reference/interaction-payloads.
"""

import time
from typing import Any

from .files import shown_json
from .world import Channel, Json, Message, Trigger, View, World

APP_ID = "A0MADOGUCHI"
VERIFICATION_TOKEN = "twin-verification-token"


def message_json(world: World, message: Message, with_metadata: bool = False) -> Json:
    """A message as conversations.* and events carry it."""
    team = world.channels[message.channel].team
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": team}
    if message.bot_id is not None:
        shown |= {"bot_id": message.bot_id, "app_id": _app_of(world, message)}
    shown |= {"team": world.users[message.user].team} if message.user in world.users else {}
    if message.bot_id is not None:
        profile = {"id": message.bot_id, "app_id": _app_of(world, message), "name": "bot", "team_id": shown["team"]}
        shown["bot_profile"] = profile
    optional = {
        "client_msg_id": message.client_msg_id,
        "thread_ts": message.thread_ts,
        "blocks": message.blocks or None,
        "files": [shown_json(world, one) for one in message.files] or None,
        "username": message.username,
        "subtype": message.subtype,
        "metadata": message.metadata if with_metadata else None,
    }
    shown |= {name: value for name, value in optional.items() if value is not None}
    if message.edited_ts is not None:
        seconds = message.edited_ts.partition(".")[0]  # whole ones: docs.slack.dev/reference/events/message
        shown["edited"] = {"user": message.user, "ts": f"{seconds}.000000"}
    replies = world.replies(message.channel, message.ts)
    if replies:
        shown |= _thread_facts(message, replies)
    return shown


def _app_of(world: World, message: Message) -> str:
    ours = any(team.bot_id == message.bot_id for team in world.teams.values())
    return APP_ID if ours else "A0OTHERAPP"


def _thread_facts(root: Message, replies: list[Message]) -> Json:
    return {
        "thread_ts": root.ts,
        "reply_count": len(replies),
        "reply_users": sorted({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
    }


def message_event(world: World, message: Message) -> Json:
    """The `message` event of a new message."""
    channel = world.channels[message.channel]
    event = message_json(world, message)
    for name in ("reply_count", "reply_users", "latest_reply"):
        event.pop(name, None)
    event |= {"channel": channel.id, "channel_type": channel.kind, "event_ts": message.ts}
    if message.is_reply:
        root = world.find(message.channel, str(message.thread_ts))
        event["parent_user_id"] = root.user if root is not None else message.user
    return _with_foreign_author(world, channel, message.user, event)


def mention_event(world: World, message: Message) -> Json:
    """The `app_mention` event of the same message: same ts, no channel_type."""
    event = message_event(world, message)
    event["type"] = "app_mention"
    for name in ("channel_type", "parent_user_id", "subtype"):
        event.pop(name, None)
    return event


def changed_event(world: World, message: Message, before: Json) -> Json:
    return _hidden(world, message, "message_changed") | {
        "message": message_json(world, message) | {"source_team": before["team"], "user_team": before["team"]},
        "previous_message": before,
    }


def deleted_event(world: World, message: Message, before: Json) -> Json:
    return _hidden(world, message, "message_deleted") | {"previous_message": before, "deleted_ts": message.ts}


def _hidden(world: World, message: Message, subtype: str) -> Json:
    channel = world.channels[message.channel]
    now = world.ts()
    return {
        "type": "message",
        "subtype": subtype,
        "channel": channel.id,
        "channel_type": channel.kind,
        "hidden": True,
        "ts": now,
        "event_ts": now,
    }


def _with_foreign_author(world: World, channel: Channel, user: str, event: Json) -> Json:
    author = world.users.get(user)
    if author is not None and author.team != channel.team:
        event |= {"user_team": author.team, "source_team": author.team, "team": author.team}
    return event


def event_envelope(world: World, team: str, event: Json) -> Json:
    """The outer body of the Events API around an event."""
    channel = world.channels.get(str(event.get("channel")))
    bot = world.teams[team].bot_user
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": world.fresh("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {"enterprise_id": None, "team_id": team, "user_id": bot, "is_bot": True, "is_enterprise_install": False}
        ],
        "is_ext_shared_channel": channel.shared if channel is not None else False,
        "event_context": world.fresh("4-"),
    }


def interaction(world: World, team: str, user: str, trigger: Trigger) -> Json:
    """What every interactive payload has in common."""
    name = world.users[user].name
    return {
        "user": {"id": user, "username": name, "name": name, "team_id": world.users[user].team},
        "team": {"id": team, "domain": world.teams[team].name},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "trigger_id": trigger.id,
    }


def view_json(view: View, bot_id: str) -> Json:
    """A view as Slack returns it, with the defaults filled in."""
    body = view.body
    filled: Json = {
        "id": view.id,
        "team_id": view.team,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": {}},
        "hash": view.hash,
        "title": body.get("title"),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "previous_view_id": None,
        "root_view_id": view.id,
        "app_id": APP_ID,
        "app_installed_team_id": view.team,
        "bot_id": bot_id,
    }
    return filled


def rich_text(world: World, text: str) -> list[Json]:
    """The blocks that Slack's composer makes of a person's words."""
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": world.fresh("b"), "elements": [words]}]


def with_ids(world: World, blocks: list[Json]) -> list[Json]:
    """Blocks with the block_ids and action_ids that Slack gives where the app gave none."""
    return [_with_action_ids(world, {"block_id": world.fresh("b"), **_kept(block)}) for block in blocks]


def _kept(block: Json) -> Json:
    return {name: value for name, value in block.items() if value is not None}


def _with_action_ids(world: World, block: Json) -> Json:
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            block[name] = _named(world, block[name])
    if block["type"] in {"actions", "context_actions"}:
        block["elements"] = [_named(world, element) for element in block["elements"]]
    return block


def _named(world: World, element: Any) -> Any:
    return element if element.get("type") == "image" else {"action_id": world.fresh("a"), **element}
