"""The case card in the consultants' channel, and what is noted in its thread."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, DividerBlock, HeaderBlock, SectionBlock

from bot import wording
from bot.blocks.elements import ActionId, button, buttons, called, corrected, link, paragraph, small_print
from bot.blocks.files import asked_words, attached_notes
from bot.blocks.outcome import source_blocks
from bot.blocks.text import FIELD, fitted, mrkdwn, plain, sections
from bot.sources import Source
from consultation.calendar import shown
from consultation.case import CaseDeed, CaseEvent, CaseState, Consultant
from consultation.topic import Topic
from records.rows import CaseRow, InquiryRow, TurnRow

HEADER = 150
QUESTION_SECTIONS = 3  # the web desk shows the whole of a long question
DRAFT_SECTIONS = 2
QUOTE = 600
MOST_RATINGS = 5


def card_text(case: CaseRow) -> str:
    """The card in one line, for notifications."""
    return wording.CARD_TEXT.format(
        number=case.consultation.number,
        body=case.consultation.municipality.name,
        state=wording.STATES[case.state],
    )


def card_blocks(
    case: CaseRow, sources: Sequence[Source], case_url: str | None, before: Sequence[Block] = ()
) -> list[Block]:
    """Everything known, and the buttons that the case's state allows; `before`: what was before, of this body."""
    title = wording.CARD_TITLE.format(number=case.consultation.number)
    notes = [wording.CARD_NOTE, *([link(case_url, wording.OPEN_LOG)] if case_url else [])]
    return [
        HeaderBlock(text=plain(title, HEADER)),
        SectionBlock(fields=[mrkdwn(field) for field in _fields(case)]),
        _heading(wording.QUESTION + corrected(case.inquiry.is_corrected)),
        *sections(asked_words(case.inquiry), QUESTION_SECTIONS, wording.CUT),
        *attached_notes(case.inquiry.files),
        _heading(wording.SHOWN if case.inquiry.is_referred else wording.FOUND),
        *_found(case.inquiry, sources),
        *_draft(case.inquiry),
        *before,
        DividerBlock(),
        *_acts(case),
        small_print(*notes),
    ]


def turned_text(case: CaseRow) -> str:
    """Who is asked to take the case; why a colleague hands it on, or could not take it."""
    last = next((event for event in reversed(case.history) if event.deed in _REASONED), None)
    who = called(case.turned_to) if case.turned_to else wording.NOBODY
    why = fitted(last.why, FIELD) if last is not None else ""
    return wording.TURNED.format(who=who) + (wording.TURNED_WHY.format(why=why) if why else "")


def notice_text(case: CaseRow, event: CaseEvent, told: Consultant | None) -> str:
    """That time runs out, or has run out."""
    due = case.watch.resolve_by if case.watch.is_answered else case.watch.reply_by
    what = wording.RESOLUTION if case.watch.is_answered else wording.FIRST_REPLY
    holder = case.owner or case.turned_to
    words = wording.NOTICES[event.deed].format(
        what=what, due=shown(due), holder=fitted(holder.name, FIELD) if holder else "―"
    )
    return f"{called(told)} {words}" if told else words


def rated_low_text(words: str, told: Consultant | None) -> str:
    """What an asker was not content with, for the lead."""
    said = wording.RATED_LOW.format(words=fitted(words, FIELD) or "―")
    return f"{called(told)} {said}" if told else said


def told_blocks(text: str) -> list[Block]:
    """A line for colleagues, with names that are called."""
    return [SectionBlock(text=mrkdwn(text))]


def sent_text(turn: TurnRow) -> str:
    if turn.withdrawn_at is not None:
        return wording.SENT_RECALLED.format(name=turn.name)
    return wording.SENT.format(name=turn.name) + corrected(turn.revised_at is not None)


def sent_blocks(turn: TurnRow) -> list[Block]:
    """What went to the municipality, noted for colleagues; its sender may correct it and take it back."""
    if turn.withdrawn_at is not None:
        return [paragraph(sent_text(turn))]
    return [
        paragraph(sent_text(turn)),
        *sections(turn.text, note=wording.CUT),
        *attached_notes(turn.files),
        _changes(turn),
    ]


def recalled_text(turn: TurnRow) -> str:
    return wording.RECALLED.format(name=turn.name)


def undelivered_blocks(heading: str, text: str) -> list[Block]:
    """What did not reach the municipality, for colleagues."""
    return [paragraph(heading), *sections(text, note=wording.CUT)]


def asker_words_blocks(inquiry: InquiryRow) -> list[Block]:
    """What the municipality added while a person is on its question."""
    said = paragraph(wording.ASKER_WORDS + corrected(inquiry.is_corrected))
    return [said, *sections(asked_words(inquiry), note=wording.CUT)]


def _changes(turn: TurnRow) -> Block:
    sure = ConfirmObject(
        title=wording.RECALL_TITLE, text=plain(wording.RECALL_SURE, FIELD), confirm=wording.RECALL, deny=wording.CANCEL
    )
    recall = button(ActionId.RECALL, wording.RECALL, turn.id)
    recall.confirm = sure
    return buttons(button(ActionId.REVISE, wording.REVISE, turn.id), recall)


def _fields(case: CaseRow) -> list[str]:
    body = case.consultation.municipality
    facts = {
        wording.BODY: f"{body.prefecture}{body.name}",
        wording.ASKER: case.consultation.asker_name,
        wording.REASON: wording.REASONS[case.reason],
        wording.STATE: wording.STATES[case.state],
        wording.RECEIVED: shown(case.inquiry.received_at),
        wording.OWNER: _owner(case),
    }
    due = case.watch.due
    if due is not None:
        facts[wording.DUE] = wording.due(due, is_urgent=case.is_urgent, is_answered=case.watch.is_answered)
    if case.topic:
        facts[wording.TOPIC] = Topic(case.topic).label
    if case.ratings:
        facts[wording.RATING] = "、".join(wording.SCORES[rating.score] for rating in case.ratings[-MOST_RATINGS:])
    fields = [f"*{name}*\n{fitted(fact, FIELD)}" for name, fact in facts.items()]
    return [*fields, *([f"*{wording.TURNED_TO}*\n{called(case.turned_to)}"] if case.turned_to else [])]


def _owner(case: CaseRow) -> str:
    if case.owner is None:
        return "―"
    return wording.OWNER_LEFT.format(owner=case.owner.name) if case.owner.has_left else case.owner.name


def _found(inquiry: InquiryRow, sources: Sequence[Source]) -> list[Block]:
    if not sources:
        return [paragraph(wording.NOTHING_FOUND)]
    lines = source_blocks(inquiry, sources)
    quotes = [small_print(fitted(source.citation.quote, QUOTE) or "―") for source in sources[: len(lines)]]
    return [block for pair in zip(lines, quotes, strict=True) for block in pair]


def _draft(inquiry: InquiryRow) -> list[Block]:
    if not inquiry.draft.strip():
        return []
    return [_heading(wording.DRAFT), *sections(inquiry.draft, DRAFT_SECTIONS, wording.CUT)]


def _acts(case: CaseRow) -> list[Block]:
    elements = _BUTTONS[case.state]
    return [buttons(*(make(case) for make in elements))] if elements else []


def _claim(case: CaseRow) -> ButtonElement:
    return button(ActionId.CLAIM, wording.CLAIM, case.id, "primary")


def _compose(case: CaseRow) -> ButtonElement:
    return button(ActionId.COMPOSE, wording.COMPOSE, case.id, "primary")


def _compose_more(case: CaseRow) -> ButtonElement:
    return button(ActionId.COMPOSE, wording.COMPOSE_MORE, case.id)


def _resolve(case: CaseRow) -> ButtonElement:
    return button(ActionId.RESOLVE, wording.RESOLVE, case.id)


def _decline(case: CaseRow) -> ButtonElement:
    return button(ActionId.DECLINE, wording.DECLINE, case.id)


def _hand_on(case: CaseRow) -> ButtonElement:
    return button(ActionId.HAND_ON, wording.HAND_ON, case.id)


def _take_over(case: CaseRow) -> ButtonElement:
    return button(ActionId.TAKE_OVER, wording.TAKE_OVER, case.id)


def _correct(case: CaseRow) -> ButtonElement:
    return button(ActionId.CORRECT, wording.CORRECT, case.id)


_REASONED = frozenset({CaseDeed.OPEN, CaseDeed.REOPEN, CaseDeed.DECLINE, CaseDeed.HAND_ON})
_BUTTONS = {
    CaseState.WAITING: (_claim, _decline, _correct),
    CaseState.CLAIMED: (_compose, _resolve, _hand_on, _take_over, _correct),
    CaseState.REPLIED: (_compose_more, _resolve, _hand_on, _take_over, _correct),
    CaseState.RESOLVED: (),
    CaseState.CLOSED: (),
    CaseState.WITHDRAWN: (),
}


def _heading(text: str) -> SectionBlock:
    return SectionBlock(text=mrkdwn(f"*{text}*"))
