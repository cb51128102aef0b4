"""Short messages into the asker's thread about a case, and a consultant's words."""

from slack_sdk.models.blocks import Block

from bot import wording
from bot.blocks.elements import ActionId, button, buttons, corrected, paragraph, small_print
from bot.blocks.outcome import consent, withdrawal
from bot.blocks.text import sections
from consultation.rating import Score
from desk import wording as desk
from records.rows import CaseRow, ConsultationRow, InquiryRow, TurnRow

FACES = {Score.GOOD: ActionId.RATE_GOOD, Score.FAIR: ActionId.RATE_FAIR, Score.POOR: ActionId.RATE_POOR}


def handed_over_blocks(case: CaseRow) -> list[Block]:
    lines = (wording.HANDED_OVER, desk.to_whom(case), desk.until_when(case))
    said = paragraph("\n".join(line for line in lines if line))
    return [said, _number(case.consultation), withdrawal(case.consultation)]


def claimed_text(case: CaseRow) -> str:
    return wording.CLAIMED.format(owner=case.owner.name if case.owner else "")


def claimed_blocks(case: CaseRow) -> list[Block]:
    return [paragraph(claimed_text(case)), _number(case.consultation)]


def ask_blocks(case: CaseRow, text: str) -> list[Block]:
    """Whether it is solved, with the two answers."""
    answers = buttons(
        button(ActionId.CONFIRM, wording.SOLVED, case.consultation.id, "primary"),
        button(ActionId.REOPEN, wording.NOT_SOLVED, case.consultation.id),
    )
    return [paragraph(text), answers, _number(case.consultation)]


def told_blocks(consultation: ConsultationRow, text: str) -> list[Block]:
    return [paragraph(text), _number(consultation)]


def consent_blocks(consultation: ConsultationRow, inquiry: InquiryRow) -> list[Block]:
    """Whether a person is wanted, once more."""
    return [paragraph(wording.CONSENT_AGAIN), consent(inquiry), _number(consultation)]


def ended_blocks(case: CaseRow, text: str) -> list[Block]:
    """That it is over, and three faces to say how it was."""
    faces = buttons(*(button(FACES[score], wording.FACES[score], case.id) for score in reversed(Score)))
    return [paragraph(f"{text}\n{wording.RATE}"), faces, _number(case.consultation)]


def withdrawn_blocks(consultation: ConsultationRow) -> list[Block]:
    return [paragraph(wording.WITHDRAWN), _number(consultation)]


def reply_blocks(consultation: ConsultationRow, turn: TurnRow) -> list[Block]:
    """The consultant's words; the name stands in the text too, for where the username is not shown."""
    if turn.withdrawn_at is not None:
        return [paragraph(turn.text), _number(consultation)]
    said = sections(turn.text, note=wording.CUT)
    lead = wording.REPLY.format(name=turn.name) + corrected(turn.revised_at is not None)
    return [paragraph(lead), *said, _number(consultation)]


def article_changed_blocks(consultation: ConsultationRow, turn: TurnRow) -> list[Block]:
    """That an answer has changed since: as it is now, in the words that the log keeps."""
    return [*sections(turn.text, note=wording.CUT), _number(consultation)]


def _number(consultation: ConsultationRow) -> Block:
    return small_print(wording.NUMBER.format(number=consultation.number))
