"""「相談する」: the modal for a question, what it says when it cannot be asked, and the question as it is quoted."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot import wording
from bot.blocks.elements import paragraph, small_print
from bot.blocks.text import SECTION, escaped, mrkdwn, plain, sections
from consultation.inquiry import Wish
from consultation.topic import Topic
from desk import wording as desk_wording

ASK = "consult.ask"
WORDS, TOPIC, BY, PERSON = "words", "topic", "by", "person"
LONGEST = 3_000  # Slack's limit of an input
TITLE, OPTION, LABEL = 24, 75, 200
QUOTED_SECTIONS = 4


def ask_view(text: str, where: str, origin: str, more: Sequence[Block] = ()) -> View:
    """`where` the answer comes, ready mrkdwn; `origin` is kept in the modal; `more` inputs come before the last one."""
    return View(
        type="modal",
        callback_id=ASK,
        private_metadata=origin,
        title=_title(wording.ASK_TITLE),
        submit=_title(wording.SEND),
        close=_title(wording.CANCEL),
        blocks=[
            small_print(where),
            InputBlock(
                block_id=WORDS,
                label=_label(wording.ASK_WORDS),
                element=PlainTextInputElement(
                    action_id=WORDS, multiline=True, max_length=LONGEST, initial_value=text[:LONGEST] or None
                ),
                hint=_label(wording.ASK_HINT),
            ),
            InputBlock(
                block_id=TOPIC,
                label=_label(wording.ASK_TOPIC),
                element=StaticSelectElement(
                    action_id=TOPIC,
                    placeholder=plain(wording.ASK_TOPIC_NONE, OPTION),
                    options=[Option(value=topic.value, text=plain(topic.label, OPTION)) for topic in Topic],
                ),
                optional=True,
            ),
            InputBlock(
                block_id=BY,
                label=_label(wording.ASK_BY),
                element=DatePickerElement(action_id=BY),
                hint=_label(wording.ASK_BY_HINT),
                optional=True,
            ),
            *more,
            InputBlock(
                block_id=PERSON,
                label=_label(wording.ASK_PERSON_LABEL),
                element=CheckboxesElement(
                    action_id=PERSON, options=[Option(value=PERSON, text=plain(wording.ASK_PERSON_OPTION, OPTION))]
                ),
                hint=_label(wording.ASK_PERSON_HINT),
                optional=True,
            ),
        ],
    )


def told_view(sentence: str) -> View:
    """Why nothing can be asked here."""
    return View(
        type="modal", title=_title(wording.ASK_TITLE), close=_title(wording.CLOSE), blocks=[paragraph(sentence)]
    )


def quoted_blocks(name: str, text: str, wish: Wish) -> list[Block]:
    """The question under its asker's name, with what they said beside it."""
    beside = desk_wording.wished(wish)
    return [
        SectionBlock(text=mrkdwn(f"*{escaped(wording.ASKED.format(name=name))[:SECTION]}*")),
        *sections(text, QUOTED_SECTIONS, wording.CUT),
        *([small_print("　".join(beside))] if beside else []),
    ]


def _title(text: str) -> PlainTextObject:
    return plain(text, TITLE)


def _label(text: str) -> PlainTextObject:
    return plain(text, LABEL)
