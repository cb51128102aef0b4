"""chat.startStream and its kin: a message that grows, and that nothing else may touch until it is stopped.

Sources: docs.slack.dev/reference/methods/chat.startStream, chat.appendStream, chat.stopStream.
"""

from .api import Asked, Method, Refused
from .api_chat import own_message, revise, stamped
from .shapes import changed_event, message_event, message_json
from .world import Channel, Json, Message

MARKDOWN_LIMIT = 12_000


def start(asked: Asked) -> Json:
    channel = asked.joined()
    if channel.kind != "im":
        for name in ("recipient_team_id", "recipient_user_id"):
            if not asked.text(name):
                asked.world.violations.append(f"chat.startStream: no {name} outside a direct message")
                raise Refused(f"missing_{name}")
    message = Message(
        channel=channel.id,
        ts=asked.world.ts(),
        text=_markdown(asked),
        user=asked.team.bot_user,
        thread_ts=asked.text("thread_ts"),
        bot_id=asked.team.bot_id,
        streaming=True,
    )
    asked.world.add(message)
    asked.world.emit(channel.team, message_event(asked.world, message))
    return {"channel": channel.id, "ts": message.ts}


def append(asked: Asked) -> Json:
    channel = asked.joined()
    message = _streaming(asked, channel)
    message.text += _markdown(asked)
    return {"channel": channel.id, "ts": message.ts}


def stop(asked: Asked) -> Json:
    channel = asked.joined()
    message = _streaming(asked, channel)
    before = message_json(asked.world, message)
    message.streaming = False
    revise(asked.world, message, message.text + _markdown(asked), None)
    message.metadata = stamped(asked) or message.metadata
    asked.world.emit(channel.team, changed_event(asked.world, message, before))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(asked.world, message, with_metadata=True)}


def _streaming(asked: Asked, channel: Channel) -> Message:
    message = own_message(asked, channel, "message_not_owned_by_app")
    if not message.streaming:
        raise Refused("message_not_in_streaming_state")
    return message


def _markdown(asked: Asked) -> str:
    text = asked.text("markdown_text")
    if len(text) > MARKDOWN_LIMIT:
        asked.world.violations.append("chat streaming: markdown_text over 12,000 characters")
        raise Refused("msg_too_long")
    return text


WRITE = ("chat:write",)
METHODS = {
    "chat.startStream": Method(start, ("channel", "thread_ts"), WRITE),
    "chat.appendStream": Method(append, ("channel", "ts"), WRITE),
    "chat.stopStream": Method(stop, ("channel", "ts"), WRITE),
}
