"""Block Kit's limits, one floor down: texts, buttons, selects, inputs, confirmations."""

from typing import Any

from .fields import ELEMENT_FIELDS, unknown_fields
from .world import Json

OPTION_LIMITS = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}
BUTTON_STYLES = {None, "primary", "danger"}


def pointed(at: str, problem: str) -> str:
    """A problem as Slack words it in response_metadata.messages."""
    return f"[ERROR] {problem} [json-pointer:{at}]"


def text_problems(text: Any, at: str, limit: int, plain: bool = False) -> list[str]:
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        return [pointed(at, "missing required field: text")]
    problems = []
    if text.get("type") not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
        problems.append(pointed(f"{at}/type", f"unsupported type: {text.get('type')}"))
    if not text["text"]:
        problems.append(pointed(f"{at}/text", "must be more than 0 characters"))
    if len(text["text"]) > limit:
        problems.append(pointed(f"{at}/text", f"must be less than {limit + 1} characters"))
    return problems


def element_problems(element: Any, at: str, allowed: frozenset[str]) -> list[str]:
    if not isinstance(element, dict) or element.get("type") not in allowed:
        kind = element.get("type") if isinstance(element, dict) else element
        return [pointed(f"{at}/type", f"unsupported type: {kind}")]
    kind = element["type"]
    problems = _too_long(element, at, ("action_id", 255))
    unknown = unknown_fields(element, ELEMENT_FIELDS, "action_id")
    problems += [pointed(at, f"invalid additional property: {name}") for name in unknown]
    if element.get("confirm") is not None:
        problems += confirm_problems(element["confirm"], f"{at}/confirm")
    if element.get("placeholder") is not None:
        problems += text_problems(element["placeholder"], f"{at}/placeholder", 150, plain=True)
    if kind in OPTION_LIMITS:
        problems += _option_problems(element, at, OPTION_LIMITS[kind])
    check = _CHECKS.get(kind)
    return problems + (check(element, at) if check is not None else [])


def confirm_problems(confirm: Any, at: str) -> list[str]:
    if not isinstance(confirm, dict):
        return [pointed(at, "must be an object")]
    problems = text_problems(confirm.get("title"), f"{at}/title", 100, plain=True)
    problems += text_problems(confirm.get("text"), f"{at}/text", 300)
    for name in ("confirm", "deny"):
        problems += text_problems(confirm.get(name), f"{at}/{name}", 30, plain=True)
    return problems


def _option_problems(element: Json, at: str, limit: int) -> list[str]:
    groups = element.get("option_groups")
    if groups is not None and element["type"].endswith("static_select"):
        return [
            problem
            for n, group in enumerate(groups)
            for problem in _option_problems({**group, "type": ""}, f"{at}/option_groups/{n}", 100)
        ]
    options = element.get("options")
    if not isinstance(options, list) or not 1 <= len(options) <= limit:
        return [pointed(f"{at}/options", f"between 1 and {limit} items allowed")]
    problems = []
    for number, option in enumerate(options):
        here = f"{at}/options/{number}"
        problems += text_problems(option.get("text"), f"{here}/text", 75)
        if not 1 <= len(str(option.get("value") or "")) <= 150:
            problems.append(pointed(f"{here}/value", "must be between 1 and 150 characters"))
        if option.get("description") is not None:
            problems += text_problems(option["description"], f"{here}/description", 75)
    return problems


def _button(element: Json, at: str) -> list[str]:
    problems = text_problems(element.get("text"), f"{at}/text", 75, plain=True)
    problems += _too_long(element, at, ("value", 2000), ("url", 3000), ("accessibility_label", 75))
    if element.get("value") is not None and not isinstance(element["value"], str):
        problems.append(pointed(f"{at}/value", "must be a string"))
    if element.get("style") not in BUTTON_STYLES:
        problems.append(pointed(f"{at}/style", "must be primary or danger"))
    if (
        element.get("url") is not None
        and "://" not in str(element["url"])
        and not str(element["url"]).startswith("mailto:")
    ):
        problems.append(pointed(f"{at}/url", "must be a valid URL"))
    return problems


def _feedback(element: Json, at: str) -> list[str]:
    problems = []
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if not isinstance(button, dict):
            problems.append(pointed(at, f"missing required field: {name}"))
            continue
        problems += text_problems(button.get("text"), f"{at}/{name}/text", 75, plain=True)
        if not 1 <= len(str(button.get("value") or "")) <= 2000:
            problems.append(pointed(f"{at}/{name}/value", "must be between 1 and 2000 characters"))
    return problems


def _icon_button(element: Json, at: str) -> list[str]:
    missing = [] if element.get("icon") == "trash" else [pointed(f"{at}/icon", "must be trash")]
    return (
        missing
        + text_problems(element.get("text"), f"{at}/text", 75, plain=True)
        + _too_long(element, at, ("value", 2000))
    )


def image_problems(element: Json, at: str) -> list[str]:
    problems = _too_long(element, at, ("image_url", 3000), ("alt_text", 2000))
    if not element.get("alt_text"):
        problems.append(pointed(at, "missing required field: alt_text"))
    if not element.get("image_url") and not element.get("slack_file"):
        problems.append(pointed(at, "missing required field: image_url"))
    return problems


def _plain_text_input(element: Json, at: str) -> list[str]:
    problems = []
    lengths = [element.get(name) for name in ("min_length", "max_length") if element.get(name) is not None]
    if any(not isinstance(length, int) or not 0 <= length <= 3000 for length in lengths):
        problems.append(pointed(at, "min_length and max_length must be between 0 and 3000"))
    initial = element.get("initial_value")
    if initial is not None and len(initial) > element.get("max_length", 3000):
        problems.append(pointed(f"{at}/initial_value", "must be less than max_length"))
    return problems


def _file_input(element: Json, at: str) -> list[str]:
    problems = []
    most, kinds = element.get("max_files", 10), element.get("filetypes")
    if not isinstance(most, int) or not 1 <= most <= 10:
        problems.append(pointed(f"{at}/max_files", "must be between 1 and 10"))
    if kinds is not None and (not isinstance(kinds, list) or not kinds):
        problems.append(pointed(f"{at}/filetypes", "must be an array of file extensions"))
    return problems


def _too_long(element: Json, at: str, *limits: tuple[str, int]) -> list[str]:
    return [
        pointed(f"{at}/{name}", f"must be less than {limit + 1} characters")
        for name, limit in limits
        if len(str(element.get(name) or "")) > limit
    ]


_CHECKS = {
    "button": _button,
    "feedback_buttons": _feedback,
    "icon_button": _icon_button,
    "image": image_problems,
    "plain_text_input": _plain_text_input,
    "file_input": _file_input,
}
