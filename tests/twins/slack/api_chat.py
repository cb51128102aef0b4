"""chat.*: posting, updating, deleting, each with its limits."""

import json
from typing import Any

from .api import Asked, Method, Refused
from .blocks import message_problems, shared_action_ids
from .shapes import changed_event, deleted_event, message_event, message_json, with_ids
from .world import Channel, Json, Message, World

TEXT_LIMIT = 40_000  # docs.slack.dev/reference/methods/chat.postMessage: longer text is truncated
UPDATE_LIMIT = 4_000  # docs.slack.dev/reference/methods/chat.update: msg_too_long
METADATA_BYTES = 16_000


def post_message(asked: Asked) -> Json:
    channel = asked.joined()
    message = _composed(asked, channel, "chat.postMessage")
    message.metadata = stamped(asked)
    asked.world.add(message)
    asked.world.emit(channel.team, message_event(asked.world, message))
    shown = message_json(asked.world, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown, **_truncation(asked)}


def post_ephemeral(asked: Asked) -> Json:
    channel = asked.joined()
    if asked.text("user") not in channel.members:
        raise Refused("user_not_in_channel")
    message = _composed(asked, channel, "chat.postEphemeral")
    message.only_for = asked.text("user")
    asked.world.ephemerals.append(message)
    return {"message_ts": message.ts}


def update(asked: Asked) -> Json:
    channel = asked.joined()
    message = own_message(asked, channel, "cant_update_message")
    if message.streaming:
        raise Refused("streaming_state_conflict")
    if len(asked.text("text")) > UPDATE_LIMIT:
        asked.world.violations.append("chat.update: text over 4,000 characters")
        raise Refused("msg_too_long")
    blocks = _checked_blocks(asked, "chat.update")
    before = message_json(asked.world, message)
    revise(asked.world, message, asked.args.get("text"), blocks)
    if asked.args.get("metadata") is not None:
        message.metadata = stamped(asked)
    asked.world.emit(channel.team, changed_event(asked.world, message, before))
    shown = message_json(asked.world, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(asked: Asked) -> Json:
    channel = asked.joined()
    message = own_message(asked, channel, "cant_delete_message")
    if message.streaming:
        raise Refused("streaming_state_conflict")
    erase(asked.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(asked: Asked) -> Json:
    channel = asked.channel()
    if asked.world.find(channel.id, asked.text("message_ts")) is None:
        raise Refused("message_not_found")
    link = f"https://twin.slack.com/archives/{channel.id}/p{asked.text('message_ts').replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def revise(world: World, message: Message, text: Any, blocks: list[Json] | None) -> None:
    """Blocks that the app does not send stay as they were (docs.slack.dev/reference/methods/chat.update)."""
    message.text = message.text if text is None else str(text)
    message.blocks = message.blocks if blocks is None else blocks
    message.edited_ts = world.ts()


def erase(world: World, channel: Channel, message: Message) -> None:
    before = message_json(world, message)
    message.deleted = True
    if message.only_for is None:
        world.emit(channel.team, deleted_event(world, message, before))


def checked(world: World, method: str, args: Json, blocks: Any) -> list[Json] | None:
    """Blocks that Slack accepts, with ids given. Raises Refused, and notes a violation, where it would not."""
    if blocks is None:
        return None
    problems = message_problems(blocks)
    if problems:
        world.violations.extend(f"{method}: {problem}" for problem in problems)
        raise Refused("invalid_blocks", errors=problems, response_metadata={"messages": problems})
    if blocks and not args.get("text"):
        world.violations.append(f"{method}: blocks without text, the fallback of notifications and screen readers")
    world.warnings.extend(f"{method}: action_id {name} in two blocks" for name in shared_action_ids(blocks))
    return with_ids(world, blocks)


def own_message(asked: Asked, channel: Channel, error: str) -> Message:
    message = asked.world.find(channel.id, asked.text("ts"))
    if message is None or message.only_for is not None:
        raise Refused("message_not_found")
    if message.bot_id != asked.team.bot_id:
        raise Refused(error)
    return message


def _composed(asked: Asked, channel: Channel, method: str) -> Message:
    blocks = _checked_blocks(asked, method)
    text = asked.text("text") or asked.text("markdown_text")
    if asked.text("markdown_text") and (asked.text("text") or blocks):
        raise Refused("markdown_text_conflict")
    if not text and not blocks and not asked.args.get("attachments"):
        asked.world.violations.append(f"{method}: no_text")
        raise Refused("no_text")
    return Message(
        channel=channel.id,
        ts=asked.world.ts(),
        text=text[:TEXT_LIMIT],
        user=asked.team.bot_user,
        thread_ts=_thread_ts(asked, channel, method),
        blocks=blocks or [],
        bot_id=asked.team.bot_id,
        username=_username(asked, method),
    )


def _checked_blocks(asked: Asked, method: str) -> list[Json] | None:
    return checked(asked.world, method, asked.args, asked.parsed("blocks"))


def _thread_ts(asked: Asked, channel: Channel, method: str) -> str | None:
    """Slack takes any thread_ts; one that points at a reply makes a message that nobody sees."""
    thread_ts = asked.text("thread_ts") or None
    root = asked.world.find(channel.id, thread_ts) if thread_ts else None
    if root is not None and root.is_reply:
        asked.world.violations.append(f"{method}: thread_ts {thread_ts} is a reply, not a root")
    return thread_ts


def _username(asked: Asked, method: str) -> str | None:
    named = asked.text("username") or asked.text("icon_emoji") or asked.text("icon_url")
    if named and "chat:write.customize" not in asked.scopes:
        asked.world.violations.append(f"{method}: username or icon without chat:write.customize")
        return None
    return asked.text("username") or None


def stamped(asked: Asked) -> Json | None:
    metadata = asked.parsed("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= metadata.keys():
        asked.world.violations.append("metadata: needs event_type and event_payload")
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return metadata


def _truncation(asked: Asked) -> Json:
    if len(asked.text("text")) <= TEXT_LIMIT:
        return {}
    asked.world.warnings.append("chat.postMessage: message_truncated")
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, ("channel",), WRITE),
    "chat.postEphemeral": Method(post_ephemeral, ("channel", "user"), WRITE),
    "chat.update": Method(update, ("channel", "ts"), WRITE),
    "chat.delete": Method(delete, ("channel", "ts"), WRITE),
    "chat.getPermalink": Method(permalink, ("channel", "message_ts")),
}
