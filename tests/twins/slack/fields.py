"""The fields that Slack knows of each block and element; any other is an "invalid additional property".

Source: docs.slack.dev/reference/block-kit. Types that are not listed are not checked.
"""

from .world import Json

CHOICE = ("options", "confirm", "focus_on_load", "placeholder")
INPUT = ("initial_value", "placeholder", "focus_on_load", "dispatch_action_config")
BLOCK_FIELDS = {
    "section": ("text", "fields", "accessory", "expand"),
    "header": ("text", "level"),
    "divider": (),
    "image": ("image_url", "slack_file", "alt_text", "title"),
    "actions": ("elements",),
    "context": ("elements",),
    "context_actions": ("elements",),
    "input": ("label", "element", "hint", "optional", "dispatch_action"),
    "markdown": ("text",),
    "table": ("rows", "column_settings"),
}
ELEMENT_FIELDS = {
    "button": ("text", "value", "url", "style", "confirm", "accessibility_label", "agent_prompt"),
    "feedback_buttons": ("positive_button", "negative_button"),
    "icon_button": ("icon", "text", "value", "confirm", "accessibility_label", "visible_to_user_ids"),
    "static_select": (*CHOICE, "option_groups", "initial_option"),
    "multi_static_select": (*CHOICE, "option_groups", "initial_options", "max_selected_items"),
    "radio_buttons": (*CHOICE, "initial_option"),
    "checkboxes": (*CHOICE, "initial_options"),
    "overflow": ("options", "confirm"),
    "datepicker": ("initial_date", "confirm", "focus_on_load", "placeholder"),
    "plain_text_input": (*INPUT, "multiline", "min_length", "max_length"),
    "file_input": ("filetypes", "max_files"),
    "email_text_input": INPUT,
    "url_text_input": INPUT,
    "number_input": (*INPUT, "is_decimal_allowed", "min_value", "max_value"),
}
HOME = ("blocks", "private_metadata", "external_id")
VIEW_FIELDS = {
    "modal": (*HOME, "title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"),
    "home": HOME,
}


def unknown_fields(thing: Json, known: dict[str, tuple[str, ...]], own_id: str) -> list[str]:
    """Names that Slack's schema does not have for this type."""
    allowed = known.get(str(thing.get("type")))
    return [] if allowed is None else sorted(thing.keys() - {"type", own_id, *allowed})
