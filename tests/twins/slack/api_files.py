"""files.*: uploads in three steps, what is known of a file, deleting one's own.

Sources: docs.slack.dev/reference/methods/files.getUploadURLExternal and its neighbours.
"""

import time

from .api import Asked, Method, Refused
from .files import File, file_json, may_see, shown_json
from .shapes import changed_event, message_event, message_json
from .world import Json, Message

LONGEST_NAME = 255


def upload_url(asked: Asked) -> Json:
    world, length = asked.world, asked.text("length")
    if not length.isdecimal() or int(length) == 0:
        world.violations.append(f"files.getUploadURLExternal: length {length!r}")
        raise Refused("invalid_arguments")
    if len(asked.text("filename")) > LONGEST_NAME:
        raise Refused("invalid_arguments")
    file = File(
        world.fresh("F0"),
        asked.team.id,
        asked.team.bot_user,
        asked.text("filename"),
        b"",
        int(time.time()),
        is_finished=False,
        length=int(length),
    )
    world.files[file.id] = file
    return {"upload_url": f"{world.base}/upload/v1/{file.id}", "file_id": file.id}


def complete(asked: Asked) -> Json:
    """Share what was uploaded. The answer tells nothing of the message (node-slack-sdk issue 1865)."""
    world, listed = asked.world, asked.parsed("files")
    if not isinstance(listed, list) or not listed:
        raise Refused("invalid_arguments")
    files = [_uploaded(asked, str(one.get("id")), str(one.get("title") or "")) for one in listed]
    channel = asked.joined("channel_id") if asked.text("channel_id") else None
    thread = asked.text("thread_ts") or None
    if channel is not None and thread is not None:
        root = world.find(channel.id, thread)
        if root is not None and root.is_reply:
            world.violations.append(f"files.completeUploadExternal: thread_ts {thread} is a reply, not a root")
    for file in files:
        file.is_finished = True
    if channel is not None:
        message = Message(channel.id, world.ts(), asked.text("initial_comment"), asked.team.bot_user, thread)
        message.bot_id, message.subtype = asked.team.bot_id, "file_share"
        message.files = [{"id": file.id} for file in files]
        for file in files:
            file.shares.append((channel.id, message.ts))
        world.add(message)
        world.emit(channel.team, message_event(world, message))
    return {"files": [{"id": file.id, "title": file.title or file.name} for file in files]}


def info(asked: Asked) -> Json:
    file = asked.world.files.get(asked.text("file"))
    if file is None or not file.is_finished or not may_see(asked.world, file, asked.team.id):
        raise Refused("file_not_found")
    if file.is_deleted:
        raise Refused("file_deleted")
    said = file_json(asked.world, file)
    seen = said | {"file_access": "visible"} if said["file_access"] == "check_file_info" else said
    return {"file": seen, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(asked: Asked) -> Json:
    file = asked.world.files.get(asked.text("file"))
    if file is None or not file.is_finished:
        raise Refused("file_not_found")
    if file.is_deleted:
        raise Refused("file_deleted")
    if file.user != asked.team.bot_user:
        raise Refused("cant_delete_file")
    before = [(m, message_json(asked.world, m)) for m in asked.world.messages if _holds(m, file)]
    file.is_deleted, file.data = True, b""
    for message, told in before:
        message.files = [shown_json(asked.world, one) for one in message.files]
        asked.world.emit(asked.team.id, changed_event(asked.world, message, told))
    return {}


def _holds(message: Message, file: File) -> bool:
    return any(one.get("id") == file.id for one in message.files)


def _uploaded(asked: Asked, name: str, title: str) -> File:
    file = asked.world.files.get(name)
    if file is None or file.team != asked.team.id or file.is_finished or len(file.data) != file.length:
        asked.world.violations.append(f"files.completeUploadExternal: {name} was not uploaded, or is complete")
        raise Refused("file_not_found")
    file.title = title
    return file


READ, WRITE = ("files:read",), ("files:write",)
METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("filename", "length"), WRITE),
    "files.completeUploadExternal": Method(complete, ("files",), WRITE),
    "files.info": Method(info, ("file",), READ),
    "files.delete": Method(delete, ("file",), WRITE),
}
