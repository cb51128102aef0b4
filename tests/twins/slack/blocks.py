"""Block Kit's limits: what Slack rejects in blocks and views, as a list of problems in Slack's own words.

Sources: docs.slack.dev/reference/block-kit and the validators of slack_sdk.models. An unknown type
of block or element is a problem.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .elements import element_problems, image_problems, pointed, text_problems
from .fields import BLOCK_FIELDS, VIEW_FIELDS, unknown_fields
from .world import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_SUM = 12_000
VIEW_BYTES = 250_000
MESSAGE_ONLY = frozenset({"markdown", "context_actions", "table", "task_card", "plan", "carousel"})
UNCHECKED = frozenset(
    ["divider", "rich_text", "video", "file", "call", "task_card", "plan", "alert", "card", "carousel", "container"]
)
ONE_SELECTS = frozenset(
    ["static_select", "users_select", "external_select", "conversations_select", "channels_select"],
)
SELECTS = ONE_SELECTS | {f"multi_{name}" for name in ONE_SELECTS}
PICKERS = frozenset(["checkboxes", "radio_buttons", "datepicker", "timepicker"])
INPUTS = frozenset(["plain_text_input", "email_text_input", "url_text_input", "number_input"])
SECTION_ELEMENTS = SELECTS | PICKERS | {"button", "image", "overflow", "workflow_button"}
ACTIONS_ELEMENTS = SELECTS | PICKERS | {"button", "overflow", "workflow_button", "datetimepicker"}
INPUT_ELEMENTS = SELECTS | PICKERS | INPUTS | {"datetimepicker", "rich_text_input", "file_input"}


def message_problems(blocks: Any) -> list[str]:
    """Why Slack would refuse these blocks of a message; empty when it would not."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["[ERROR] must be an array of objects [json-pointer:/blocks]"]
    problems = list(_common_problems(blocks, MESSAGE_BLOCKS, "/blocks"))
    markdown = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if markdown > MARKDOWN_SUM:
        problems.append(pointed("/blocks", f"markdown blocks must be less than {MARKDOWN_SUM + 1} characters in sum"))
    if sum(block.get("type") == "table" for block in blocks) > 1:
        problems.append(pointed("/blocks", "only one table is allowed"))
    return problems


def view_problems(view: Any) -> list[str]:
    """Why Slack would refuse this modal or home view."""
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return [pointed("/view/type", "must be modal or home")]
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return [pointed("/view/blocks", "missing required field: blocks")]
    problems = list(_common_problems(blocks, VIEW_BLOCKS, "/view/blocks"))
    for at, block in enumerate(blocks):
        if block.get("type") in MESSAGE_ONLY:
            problems.append(pointed(f"/view/blocks/{at}/type", f"unsupported type: {block['type']}"))
    unknown = unknown_fields(view, VIEW_FIELDS, "callback_id")
    problems += [pointed("/view", f"invalid additional property: {name}") for name in unknown]
    problems += _modal_problems(view, blocks) if view["type"] == "modal" else []
    for name, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        if len(str(view.get(name) or "")) > limit:
            problems.append(pointed(f"/view/{name}", f"must be less than {limit + 1} characters"))
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass")) > VIEW_BYTES:
        problems.append(pointed("/view", "view is larger than 250 kB"))
    return problems


def shared_action_ids(blocks: list[Json]) -> list[str]:
    """action_ids standing in more than one block: legal, but a client may mix their states up."""
    counted = Counter(action for block in blocks for action in set(_action_ids(block)))
    return [action for action, count in counted.items() if count > 1]


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of a block."""
    found = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
    return [
        element
        for element in found
        if isinstance(element, dict) and element.get("type") not in {"mrkdwn", "plain_text"}
    ]


def _modal_problems(view: Json, blocks: list[Json]) -> list[str]:
    problems = text_problems(view.get("title"), "/view/title", 24, plain=True)
    for name in ("submit", "close"):
        if view.get(name) is not None:
            problems += text_problems(view[name], f"/view/{name}", 24, plain=True)
    if view.get("submit") is None and any(block.get("type") == "input" for block in blocks):
        problems.append(pointed("/view", "a submit is required when an input is in blocks"))
    return problems


def _common_problems(blocks: list[Json], limit: int, at: str) -> Iterator[str]:
    if len(blocks) > limit:
        yield pointed(at, f"no more than {limit} items allowed")
    counted = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    yield from (pointed(at, f"block_id {name} already exists") for name, count in counted.items() if count > 1)
    for number, block in enumerate(blocks):
        yield from _block_problems(block, f"{at}/{number}")


def _block_problems(block: Json, at: str) -> Iterator[str]:
    if len(str(block.get("block_id") or "")) > 255:
        yield pointed(f"{at}/block_id", "must be less than 256 characters")
    counted = Counter(_action_ids(block))
    yield from (pointed(at, f"action_id {name} already exists") for name, count in counted.items() if count > 1)
    for name in unknown_fields(block, BLOCK_FIELDS, "block_id"):
        yield pointed(at, f"invalid additional property: {name}")
    check = _CHECKS.get(str(block.get("type")))
    if check is not None:
        yield from check(block, at)
    elif block.get("type") not in UNCHECKED:
        yield pointed(f"{at}/type", f"unsupported type: {block.get('type')}")


def _action_ids(block: Json) -> list[str]:
    return [str(element["action_id"]) for element in elements_of(block) if element.get("action_id")]


def _section(block: Json, at: str) -> Iterator[str]:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        yield pointed(at, "missing required field: text")
    if block.get("text") is not None:
        yield from text_problems(block["text"], f"{at}/text", 3000)
    if fields is not None and not 1 <= len(fields) <= 10:
        yield pointed(f"{at}/fields", "between 1 and 10 items allowed")
    for number, text in enumerate(fields or []):
        yield from text_problems(text, f"{at}/fields/{number}", 2000)
    if block.get("accessory") is not None:
        yield from element_problems(block["accessory"], f"{at}/accessory", SECTION_ELEMENTS)


def _header(block: Json, at: str) -> Iterator[str]:
    yield from text_problems(block.get("text"), f"{at}/text", 150, plain=True)


def _markdown(block: Json, at: str) -> Iterator[str]:
    if not isinstance(block.get("text"), str) or not block["text"]:
        yield pointed(f"{at}/text", "missing required field: text")


def _image(block: Json, at: str) -> Iterator[str]:
    yield from image_problems(block, at)
    if block.get("title") is not None:
        yield from text_problems(block["title"], f"{at}/title", 2000, plain=True)


def _actions(block: Json, at: str) -> Iterator[str]:
    yield from _several(block, at, 25, ACTIONS_ELEMENTS)


def _context_actions(block: Json, at: str) -> Iterator[str]:
    yield from _several(block, at, 5, frozenset({"feedback_buttons", "icon_button"}))


def _context(block: Json, at: str) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        yield pointed(f"{at}/elements", "between 1 and 10 items allowed")
        return
    for number, element in enumerate(elements):
        if element.get("type") == "image":
            yield from element_problems(element, f"{at}/elements/{number}", frozenset({"image"}))
        else:
            yield from text_problems(element, f"{at}/elements/{number}", 3000)


def _several(block: Json, at: str, limit: int, allowed: frozenset[str]) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= limit:
        yield pointed(f"{at}/elements", f"between 1 and {limit} items allowed")
        return
    for number, element in enumerate(elements):
        yield from element_problems(element, f"{at}/elements/{number}", allowed)


def _input(block: Json, at: str) -> Iterator[str]:
    yield from text_problems(block.get("label"), f"{at}/label", 2000, plain=True)
    if block.get("hint") is not None:
        yield from text_problems(block["hint"], f"{at}/hint", 2000, plain=True)
    yield from element_problems(block.get("element"), f"{at}/element", INPUT_ELEMENTS)


def _table(block: Json, at: str) -> Iterator[str]:
    rows = block.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= 100:
        yield pointed(f"{at}/rows", "between 1 and 100 items allowed")
    elif any(len(row) > 20 for row in rows):
        yield pointed(f"{at}/rows", "no more than 20 cells in a row")


_CHECKS = {
    "section": _section,
    "header": _header,
    "markdown": _markdown,
    "image": _image,
    "actions": _actions,
    "context_actions": _context_actions,
    "context": _context,
    "input": _input,
    "table": _table,
}
