"""What the machine says to a consultant in a card's thread."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, SectionBlock

from bot import wording
from bot.blocks.elements import link, paragraph, small_print
from bot.blocks.text import FIELD, fitted, mrkdwn, sections
from bot.links import Links
from desk import wording as desk
from desk.alike import Alike
from records.asides import AsideRow

QUESTION_SECTIONS, ANSWER_SECTIONS = 1, 2  # the web desk shows the whole


def aside_text(aside: AsideRow) -> str:
    """In one line, for notifications."""
    return wording.ASIDES[aside.kind].format(name=aside.asker)


def aside_blocks(aside: AsideRow, alike: Sequence[Alike], links: Links) -> list[Block]:
    """What was asked, what was found, and that it stays here."""
    asked = [paragraph(aside_text(aside)), *sections(aside.words, QUESTION_SECTIONS, wording.CUT)]
    told: list[Block] = [block for one in alike for block in _alike(one, links)]
    text = aside.text or ("" if told else desk.ASIDE_NONE_ALIKE)
    return [*asked, *sections(text, note=wording.CUT), *told, small_print(wording.ASIDE_NOTE)]


def _alike(one: Alike, links: Links) -> list[Block]:
    case, url = one.case, links.case(one.case.id)
    body = f"{case.consultation.municipality.prefecture}{case.consultation.municipality.name}"
    head = f"*{fitted(case.consultation.number, FIELD)}*　{fitted(body, FIELD)}（{wording.STATES[case.state]}）"
    answer = sections(one.answer, ANSWER_SECTIONS, wording.CUT) or [paragraph(wording.ASIDE_UNANSWERED)]
    return [
        SectionBlock(text=mrkdwn(head if url is None else f"{head}　{link(url, wording.OPEN_LOG)}")),
        *sections(case.inquiry.text, QUESTION_SECTIONS, wording.CUT),
        small_print(wording.ASIDE_ANSWER),
        *answer,
    ]
