"""Interactions to values: who pressed what where, and what was submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.attached import files_from
from consultation.attachment import Attached

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Click:
    """A pressed button. `team` is the workspace of our installation, not the clicker's own."""

    team: str
    channel: str
    thread: str | None
    user: str
    value: str
    trigger: str

    @property
    def person(self) -> str:
        """The clicker, as askers are known."""
        return f"{self.team}:{self.user}"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A modal sent off: the one input's text, and what the modal was about."""

    view: str
    user: str
    about: str
    text: str
    chosen: str = ""
    """The value of the one select, where there is one."""
    files: tuple[Attached, ...] = ()
    """What was put into the one file input, where there is one."""


def click_from(body: Body, team: str) -> Click:
    """Slack's block_actions, of a button in a message. Raises LookupError where it is something else."""
    container, action = body["container"], body["actions"][0]
    return Click(
        team=team,
        channel=str(container["channel_id"]),
        thread=container.get("thread_ts"),
        user=str(body["user"]["id"]),
        value=str(action.get("value", "")),
        trigger=str(body.get("trigger_id", "")),
    )


def submitted_from(body: Body, field: str) -> Submitted:
    """Slack's view_submission; `field` is the input's block id and action id."""
    view = body["view"]
    values = [element for block in view["state"]["values"].values() for element in block.values()]
    text = view["state"]["values"].get(field, {}).get(field, {}).get("value")
    chosen = next((one["selected_option"]["value"] for one in values if one.get("selected_option")), "")
    team = str(view.get("app_installed_team_id") or view.get("team_id") or "")
    listed = next((one["files"] for one in values if one.get("type") == "file_input"), None)
    return Submitted(
        str(view["id"]),
        str(body["user"]["id"]),
        str(view["private_metadata"]),
        text or "",
        chosen,
        files_from(listed, team),
    )


def pair(value: str) -> tuple[str, str]:
    """The two parts of a button's value: `id:rest`."""
    head, _, tail = value.partition(":")
    return head, tail
