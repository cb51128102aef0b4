"""Files as Slack keeps them: what it says of each, who may fetch it, where it is shared. No network here.

Sources: docs.slack.dev/reference/objects/file-object, docs.slack.dev/messaging/working-with-files.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .world import World

Json = dict[str, Any]
INPUT_BYTES = 10 * 1024 * 1024  # docs.slack.dev/reference/block-kit/block-elements/file-input-element


@dataclass
class File:
    """One file. `told` overrides what Slack says of it: a size that lies, a mode, another address."""

    id: str
    team: str
    user: str
    name: str
    data: bytes
    created: int
    is_finished: bool = True
    is_deleted: bool = False
    length: int = 0
    title: str = ""
    redirect: str = ""
    """Where fetching it leads instead."""
    told: Json = field(default_factory=dict)
    shares: list[tuple[str, str]] = field(default_factory=list)
    """Channels, and the messages there."""
    is_given: bool = False
    """By a modal of the app's."""


def file_json(world: "World", file: File) -> Json:
    """The file object of files.info, and of modals."""
    kind = file.name.rpartition(".")[2].lower()
    said: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": f"application/{kind}",
        "filetype": kind,
        "user": file.user,
        "user_team": file.team,
        "size": len(file.data),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{world.base}/files-pri/{file.team}-{file.id}/{file.id.lower()}",
        "url_private_download": f"{world.base}/files-pri/{file.team}-{file.id}/download/{file.id.lower()}",
        "file_access": "visible",
        "shares": _shares(world, file),
    }
    return said | file.told


def shown_json(world: "World", told: Json) -> Json:
    """A file inside a message: as it is now."""
    file = world.files.get(str(told.get("id")))
    if file is None:
        return told
    if file.is_deleted:
        return {"id": file.id, "mode": "tombstone"}
    said = file_json(world, file)
    if said["file_access"] == "check_file_info":
        kept = ("id", "created", "timestamp", "file_access")
        return {name: said[name] for name in kept} | {"mode": "file_access"}
    return {name: value for name, value in said.items() if name != "shares"}


def may_see(world: "World", file: File, team: str) -> bool:
    """Whether a workspace's bot may fetch a file: it stands in a channel of the bot's, is its own, or was given."""
    bot = world.teams[team].bot_user
    is_in = any(bot in world.channels[channel].members for channel, _ in file.shares)
    return is_in or (file.team == team and (file.is_given or file.user == bot))


def _shares(world: "World", file: File) -> Json:
    shared: Json = {}
    for channel, ts in file.shares:
        where = "private" if world.channels[channel].private else "public"
        shared.setdefault(where, {}).setdefault(channel, []).append({"ts": ts, "team_id": file.team})
    return shared
