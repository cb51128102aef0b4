"""The modals that a consultant opens from the Home: absence, and expertise."""

from datetime import date

from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextObject,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks.text import plain
from bot.home import wording
from consultation.case import Consultant
from consultation.topic import Topic

ABSENCE, EXPERTISE = "home.absence", "home.expertise"
FIRST, LAST, TOPICS, AREAS = "first", "last", "topics", "areas"
TITLE, OPTION, LABEL = 24, 75, 200


def absence_view(today: date) -> View:
    """From when until when."""
    return _view(
        ABSENCE,
        wording.ABSENCE,
        [
            InputBlock(block_id=FIRST, label=_label(wording.FIRST_DAY), element=_day(FIRST, today)),
            InputBlock(
                block_id=LAST,
                label=_label(wording.LAST_DAY),
                element=_day(LAST, today),
                hint=plain(wording.ABSENCE_HINT, LABEL),
            ),
        ],
    )


def expertise_view(me: Consultant) -> View:
    """What is known of them is chosen already."""
    topics = {topic.value: Option(value=topic.value, text=plain(topic.label, OPTION)) for topic in Topic}
    areas = {
        area.value: Option(value=area.value, text=plain(name, OPTION)) for area, name in wording.AREA_NAMES.items()
    }
    hint = plain(wording.EXPERTISE_HINT, LABEL)
    return _view(
        EXPERTISE,
        wording.EXPERTISE,
        [
            InputBlock(
                block_id=name, label=_label(label), element=_several(name, options, known), optional=True, hint=hint
            )
            for name, label, options, known in (
                (TOPICS, wording.TOPICS, topics, me.topics),
                (AREAS, wording.AREAS, areas, me.areas),
            )
        ],
    )


def _several(name: str, options: dict[str, Option], known: tuple[str, ...]) -> StaticMultiSelectElement:
    chosen = [options[one] for one in known if one in options]
    return StaticMultiSelectElement(
        action_id=name,
        placeholder=plain(wording.EVERYTHING, OPTION),
        options=list(options.values()),
        initial_options=chosen or None,
    )


def _day(name: str, today: date) -> DatePickerElement:
    return DatePickerElement(action_id=name, initial_date=today.isoformat())


def _view(callback: str, title: str, blocks: list[InputBlock]) -> View:
    return View(
        type="modal",
        callback_id=callback,
        title=_title(title),
        submit=_title(wording.SAVE),
        close=_title(wording.CANCEL),
        blocks=list(blocks),
    )


def _title(text: str) -> PlainTextObject:
    return plain(text, TITLE)


def _label(text: str) -> PlainTextObject:
    return plain(text, LABEL)
