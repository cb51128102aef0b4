"""What the desk says to a question: answer, clarification, refusal, or the notice of a hand-over."""

from collections.abc import Sequence
from typing import assert_never

from slack_sdk.models.blocks import Block, SectionBlock

from bot import wording
from bot.blocks.elements import ActionId, ask_person, button, buttons, feedback, link, paragraph, small_print
from bot.blocks.files import file_notes
from bot.blocks.text import fitted, mrkdwn, sections
from bot.sources import Source
from consultation.calendar import shown_date
from consultation.outcome import OutcomeKind, Reason
from records.rows import ConsultationRow, InquiryRow

MOST_SOURCES = 8
MOST_CHOICES = 4
TITLE = 200


def outcome_blocks(
    inquiry: InquiryRow,
    consultation: ConsultationRow,
    sources: Sequence[Source],
    log_url: str | None,
    until: str = "",
) -> list[Block]:
    """The whole message for a decided question; of a hand-over it says until when somebody replies."""
    words: list[Block] = [*sections(inquiry.answer, note=wording.CUT), *file_notes(inquiry)]
    foot = _number(consultation, log_url)
    match inquiry.outcome:
        case OutcomeKind.ANSWER:
            said = [*_label(inquiry), *words, *source_blocks(inquiry, sources)]
            return [*said, foot, feedback(inquiry.id), ask_person(inquiry.id)]
        case OutcomeKind.CLARIFY:
            return [*words, *_choices(inquiry), foot, ask_person(inquiry.id)]
        case OutcomeKind.HANDOFF:
            shown = source_blocks(inquiry, [source for source in sources if source.citation.is_reference])
            due = [paragraph(until)] if until else []
            if inquiry.consent is not None:
                return [*words, *shown, foot, consent(inquiry)]
            return [*words, *due, *shown, foot, *_withdrawal(inquiry, consultation)]
        case OutcomeKind.REFUSE:
            return [*words, foot, ask_person(inquiry.id)]
        case None:
            raise ValueError(f"inquiry {inquiry.id} is not decided")
        case _:
            assert_never(inquiry.outcome)


def source_blocks(inquiry: InquiryRow, sources: Sequence[Source]) -> list[SectionBlock]:
    """One line per source with its button; a block of its own each, so that the action id can be the same."""
    return [
        SectionBlock(
            text=mrkdwn(_source_line(source)),
            accessory=button(ActionId.SOURCE, wording.SHOW_SOURCE, f"{inquiry.id}:{source.rank}"),
        )
        for source in sources[:MOST_SOURCES]
    ]


def withdrawal(consultation: ConsultationRow) -> Block:
    return buttons(button(ActionId.WITHDRAW, wording.WITHDRAW, consultation.id))


def consent(inquiry: InquiryRow) -> Block:
    """Whether a person is wanted: the two answers."""
    return buttons(
        button(ActionId.CONSENT, wording.CONSENT, inquiry.id, "primary"),
        button(ActionId.NO_CONSENT, wording.NO_CONSENT, inquiry.id),
    )


def _label(inquiry: InquiryRow) -> list[Block]:
    return [small_print(f"*{wording.GROUNDED}*")] if inquiry.is_grounded else []


def _source_line(source: Source) -> str:
    day = source.passage.as_of if source.passage else None
    dated = f"（{wording.AS_OF}: {shown_date(day)}）" if day else ""
    title = fitted(source.citation.document, TITLE)
    return f"[{source.rank}] {title}　{fitted(source.citation.locator, TITLE)}{dated}"


def _choices(inquiry: InquiryRow) -> list[Block]:
    return [
        buttons(button(ActionId.CHOOSE, choice, f"{inquiry.id}:{index}"))
        for index, choice in enumerate(inquiry.choices[:MOST_CHOICES])
    ]


def _withdrawal(inquiry: InquiryRow, consultation: ConsultationRow) -> list[Block]:
    """Words that were only passed on to the person in charge take nothing new back."""
    return [] if inquiry.reason is Reason.WITH_PERSON else [withdrawal(consultation)]


def _number(consultation: ConsultationRow, log_url: str | None) -> Block:
    number = wording.NUMBER.format(number=consultation.number)
    return small_print(number if log_url is None else f"{number}　{link(log_url, wording.OPEN_LOG)}")
