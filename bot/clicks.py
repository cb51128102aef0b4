"""Interactions to values: who pressed what where, and what was submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.attached import files_from
from consultation.attachment import Attached

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Click:
    """A pressed button. `team` is the workspace of our installation, not the clicker's own; no channel: in the Home."""

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
    """A modal sent off: the one input's text, and what the modal was about. `team` as of a click."""

    team: str
    view: str
    user: str
    about: str
    text: str
    chosen: str = ""
    """The value of the one select, where there is one."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What was chosen, by block id: an option's value, a day."""
    files: tuple[Attached, ...] = ()
    """What was put into the one file input, where there is one."""


def click_from(body: Body, team: str) -> Click:
    """Slack's block_actions, of a button in a message or in a view. Raises LookupError where it is something else."""
    container, action = body["container"], body["actions"][0]
    return Click(
        team=team,
        channel="" if container["type"] == "view" else str(container["channel_id"]),
        thread=container.get("thread_ts"),
        user=str(body["user"]["id"]),
        value=str(action.get("value", "")),
        trigger=str(body.get("trigger_id", "")),
    )


def submitted_from(body: Body, team: str, field: str) -> Submitted:
    """Slack's view_submission; `field` is the input's block id and action id."""
    view = body["view"]
    values = [element for block in view["state"]["values"].values() for element in block.values()]
    text = view["state"]["values"].get(field, {}).get(field, {}).get("value")
    chosen = next((one["selected_option"]["value"] for one in values if one.get("selected_option")), "")
    about = str(view["private_metadata"])
    listed = next((one["files"] for one in values if one.get("type") == "file_input"), None)
    return Submitted(
        team,
        str(view["id"]),
        str(body["user"]["id"]),
        about,
        text or "",
        chosen,
        _chosen_from(view),
        files_from(listed, team),
    )


def _chosen_from(view: Body) -> dict[str, str]:
    """What selects, radio buttons and date pickers say; those that were left empty say nothing."""
    found: dict[str, str] = {}
    for block_id, elements in view["state"]["values"].items():
        for element in elements.values():
            value = (element.get("selected_option") or {}).get("value") or element.get("selected_date")
            if value:
                found[str(block_id)] = str(value)
    return found


def pair(value: str) -> tuple[str, str]:
    """The two parts of a button's value: `id:rest`."""
    head, _, tail = value.partition(":")
    return head, tail
