"""The modals: a source with its quoted passage, the consultant's answer, declining and handing on a case."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    HeaderBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot import wording
from bot.blocks.elements import paragraph
from bot.blocks.files import asked_words, file_input
from bot.blocks.text import FIELD, fitted, mrkdwn, pieces_of, plain, sections
from consultation.calendar import shown_in_full
from consultation.case import Consultant, Priority
from consultation.passage import Passage
from consultation.rating import LONGEST, Score
from consultation.topic import Topic
from records.rows import CaseRow

SEND, DECLINE, HAND_ON = "handoff.send", "handoff.decline_why", "handoff.hand_on_to"
RATING, CORRECT = "rating.words", "handoff.correct_to"
REPLY, WHY, COLLEAGUE = "reply", "why", "colleague"
THOUGHTS, TOPIC, PRIORITY, DUE_ON = "words", "topic", "priority", "due_on"
RELAY, REVISE = "relay.send", "reply.revise_to"  # bot/blocks/relay_modals.py
WORDS = {
    SEND: REPLY,
    DECLINE: WHY,
    HAND_ON: WHY,
    RATING: THOUGHTS,
    CORRECT: WHY,
    RELAY: REPLY,
    REVISE: REPLY,
}
"""By the modal its text input: block id and action id."""
MOST_COLLEAGUES = 100  # options that a select takes
WHY_LETTERS = 500
INPUT = 3_000
TITLE = 24
OPTION = 75
PASSAGE_SECTIONS = 10  # before the quote, and after it; a view holds 250 kB
QUOTE_PIECE = 900  # each of its lines grows by the marks of a quotation
QUESTION_SECTIONS = 2


def source_view(passage: Passage, quote: str) -> View:
    """The passage, with what was quoted of it set apart."""
    before, quoted, after = _parted(passage.text, quote)
    blocks: list[Block] = [
        HeaderBlock(text=plain(passage.title, 150)),
        SectionBlock(fields=[mrkdwn(field) for field in _facts(passage)]),
        *sections(before, PASSAGE_SECTIONS, wording.CUT),
        SectionBlock(text=mrkdwn(f"*▼ {wording.QUOTED}*")),
        *(SectionBlock(text=mrkdwn(_as_quote(piece)), expand=True) for piece in pieces_of(quoted, QUOTE_PIECE)),
        *sections(after, PASSAGE_SECTIONS, wording.CUT),
    ]
    return View(type="modal", title=_title(wording.SOURCE_TITLE), close=_title(wording.CLOSE), blocks=blocks)


def reply_view(case: CaseRow, consultant: Consultant, *, with_files: bool = True) -> View:
    """The question again, and room for the answer, which the draft begins, and for files where the app takes them."""
    hint = wording.REPLY_HINT.format(body=case.consultation.municipality.name, name=consultant.name)
    element = PlainTextInputElement(
        action_id=REPLY, multiline=True, initial_value=case.inquiry.draft[:INPUT] or None, max_length=INPUT
    )
    blocks: list[Block] = [
        paragraph(f"{case.consultation.number}　{case.consultation.municipality.name}"),
        *sections(asked_words(case.inquiry), QUESTION_SECTIONS, wording.CUT),
        InputBlock(block_id=REPLY, label=_title(wording.REPLY_LABEL), element=element, hint=plain(hint, FIELD)),
        *([file_input(wording.FILES_HINT)] if with_files else []),
    ]
    return View(
        type="modal",
        callback_id=SEND,
        private_metadata=case.id,
        title=_title(wording.COMPOSE_TITLE),
        submit=_title(wording.SEND),
        close=_title(wording.CANCEL),
        blocks=blocks,
    )


def decline_view(case: CaseRow) -> View:
    """Why it cannot be taken."""
    return _case_view(case, DECLINE, wording.DECLINE_TITLE, [_why(wording.DECLINE_HINT)])


def hand_on_view(case: CaseRow, colleagues: Sequence[Consultant]) -> View:
    """To whom, and why."""
    options = [Option(text=plain(one.name, OPTION), value=one.id) for one in colleagues[:MOST_COLLEAGUES]]
    select = StaticSelectElement(action_id=COLLEAGUE, options=options)
    chosen = InputBlock(block_id=COLLEAGUE, label=_title(wording.COLLEAGUE), element=select)
    return _case_view(case, HAND_ON, wording.HAND_ON_TITLE, [chosen, _why(wording.HAND_ON_HINT)])


def rating_view(case: CaseRow, score: Score, person: str) -> View:
    """Room for a line of words. The modal knows whose it is: `private_metadata` is case and person."""
    standing = next((rating.words for rating in case.ratings if rating.by == person), "")
    element = PlainTextInputElement(
        action_id=THOUGHTS, multiline=True, max_length=LONGEST, initial_value=standing or None
    )
    label, hint = _title(wording.RATING_WORDS), plain(wording.RATING_HINT, FIELD)
    return View(
        type="modal",
        callback_id=RATING,
        private_metadata=f"{case.id} {person}",
        title=_title(wording.RATING),
        submit=_title(wording.SEND),
        close=_title(wording.CLOSE),
        blocks=[
            paragraph(wording.RATED.format(score=wording.SCORES[score])),
            InputBlock(block_id=THOUGHTS, label=label, element=element, hint=hint, optional=True),
        ],
    )


def correct_view(case: CaseRow) -> View:
    """Topic, priority and last day as they stand, and why they change."""
    topics = [Option(text=plain(f"{one.value} {one.label}", OPTION), value=one.value) for one in Topic]
    priorities = [Option(text=plain(wording.PRIORITIES[one], OPTION), value=one.value) for one in Priority]
    is_topic = next((option for option in topics if option.value == case.topic), None)
    is_priority = priorities[list(Priority).index(Priority.URGENT if case.is_urgent else Priority.NORMAL)]
    day = case.watch.due_on.isoformat() if case.watch.due_on else None
    topic = StaticSelectElement(action_id=TOPIC, options=topics, initial_option=is_topic)
    priority = RadioButtonsElement(action_id=PRIORITY, options=priorities, initial_option=is_priority)
    picker = DatePickerElement(action_id=DUE_ON, initial_date=day)
    due_hint = plain(wording.DUE_ON_HINT, FIELD)
    inputs: list[Block] = [
        InputBlock(block_id=TOPIC, label=_title(wording.TOPIC), element=topic, optional=True),
        InputBlock(block_id=PRIORITY, label=_title(wording.PRIORITY), element=priority),
        InputBlock(block_id=DUE_ON, label=_title(wording.DUE), element=picker, hint=due_hint, optional=True),
        _why(wording.CORRECT_HINT),
    ]
    return _case_view(case, CORRECT, wording.CORRECT, inputs)


def _case_view(case: CaseRow, callback: str, title: str, inputs: list[Block]) -> View:
    said = paragraph(f"{case.consultation.number}　{case.consultation.municipality.name}")
    return View(
        type="modal",
        callback_id=callback,
        private_metadata=case.id,
        title=_title(title),
        submit=_title(wording.SEND),
        close=_title(wording.CANCEL),
        blocks=[said, *inputs],
    )


def _why(hint: str) -> InputBlock:
    element = PlainTextInputElement(action_id=WHY, multiline=True, max_length=WHY_LETTERS)
    return InputBlock(block_id=WHY, label=_title(wording.WHY), element=element, hint=plain(hint, FIELD))


def _parted(text: str, quote: str) -> tuple[str, str, str]:
    """Before, quote, after; a quote that does not stand in the text (a corrected passage) comes last."""
    before, found, after = text.partition(quote) if quote else (text, "", "")
    return (before, found, after) if found else (text, quote, "")


def _facts(passage: Passage) -> list[str]:
    facts = {
        wording.LOCATOR: passage.locator,
        wording.AS_OF: shown_in_full(passage.as_of) if passage.as_of else wording.NO_DATE,
        wording.ORIGIN: passage.source or wording.NO_DATE,
    }
    return [f"*{name}*\n{fitted(fact, FIELD) or wording.NO_DATE}" for name, fact in facts.items()]


def _as_quote(piece: str) -> str:
    """Slack's quotation bar, and bold where the words themselves hold no asterisk."""
    return "\n".join(_quoted_line(line.strip()) for line in piece.split("\n"))


def _quoted_line(line: str) -> str:
    return f"> *{line}*" if line and "*" not in line else f"> {line}"


def _title(text: str) -> PlainTextObject:
    return plain(text, TITLE)
