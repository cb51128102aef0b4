"""What stands in a modal's inputs when it is submitted, checked as Slack's client checks it."""

import re
from typing import Any

from .blocks import elements_of
from .files import INPUT_BYTES
from .world import Json


def checked_values(blocks: list[Json], given: dict[str, dict[str, Any]]) -> Json:
    """state.values of a submission. Raises LookupError for an unknown input, ValueError for an empty one."""
    inputs = {str(block["block_id"]): block for block in blocks if _has_state(block)}
    unknown = [f"{b}/{a}" for b, actions in given.items() for a in actions if a not in _actions(inputs.get(b))]
    if unknown:
        raise LookupError(f"no input {unknown} in the modal, only {sorted(inputs)}")
    return {block_id: _block_state(block, given.get(block_id, {})) for block_id, block in inputs.items()}


def _has_state(block: Json) -> bool:
    return block["type"] == "input" or any(e["type"] not in {"button", "image", "overflow"} for e in elements_of(block))


def _actions(block: Json | None) -> set[str]:
    return {str(element["action_id"]) for element in elements_of(block)} if block is not None else set()


def _block_state(block: Json, given: dict[str, Any]) -> Json:
    return {
        str(element["action_id"]): _element_state(block, element, given.get(str(element["action_id"])))
        for element in elements_of(block)
        if element["type"] != "button"
    }


def _element_state(block: Json, element: Json, value: Any) -> Json:
    kind = str(element["type"])
    chosen = element.get(_INITIAL.get(kind, "initial_value")) if value is None else _chosen(element, value)
    if block["type"] == "input" and not block.get("optional") and chosen in (None, "", []):
        raise ValueError(f"the input {block['block_id']} must be filled in")
    if kind == "file_input":
        chosen = chosen or []
        _check_files(element, chosen)
    if kind == "plain_text_input" and chosen is not None:
        _check_length(element, str(chosen))
    if kind == "datepicker" and chosen is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(chosen)):
        raise ValueError(f"{chosen!r} is no day of {element['action_id']}")
    return {"type": kind, _FIELD.get(kind, "value"): chosen}


def _chosen(element: Json, value: Any) -> Any:
    """A select is given by the value of its option, several by a list; everything else as it is."""
    if "options" not in element:
        return value
    options = {option["value"]: option for option in element["options"]}
    return [options[one] for one in value] if isinstance(value, list) else options[value]


def _check_files(element: Json, files: list[Json]) -> None:
    """What Slack's client checks: how many, which extensions, and ten megabytes each."""
    if len(files) > element.get("max_files", 10):
        raise ValueError(f"{len(files)} files in {element['action_id']}: Slack's client does not let them in")
    for file in files:
        kind = str(file["name"]).rpartition(".")[2].lower()
        if kind not in element.get("filetypes", [kind]) or file["size"] > INPUT_BYTES:
            raise ValueError(f"{file['name']}: Slack's client does not take it")


def _check_length(element: Json, text: str) -> None:
    if not element.get("min_length", 0) <= len(text) <= element.get("max_length", 3000):
        raise ValueError(f"{len(text)} characters in {element['action_id']}: Slack's client does not let them in")


_SELECTS = {
    "static_select": "option",
    "radio_buttons": "option",
    "checkboxes": "options",
    "multi_static_select": "options",
}
_PICKS = {
    "users_select": "user",
    "channels_select": "channel",
    "conversations_select": "conversation",
    "multi_users_select": "users",
}
_TIMES = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
_FIELD = {"file_input": "files"} | {kind: f"selected_{name}" for kind, name in {**_SELECTS, **_PICKS, **_TIMES}.items()}
_INITIAL = {kind: f"initial_{name}" for kind, name in {**_SELECTS, **_PICKS, **_TIMES}.items()}
