"""Files in messages and modals: what is said of those that came, and the input for those that go."""

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot import wording
from bot.blocks.elements import small_print
from bot.blocks.text import FIELD, fitted, plain
from consultation.attachment import ALLOWED, AttachmentState
from desk import wording as desk
from desk.letters import Letter, Purpose
from records.rows import AttachmentRow, InquiryRow

FILES = "files"
"""Block id and action id of the input."""
MOST_FILES = 10  # Slack's own limit
NAMES = 1_500


def file_input(hint: str) -> InputBlock:
    """Files may be chosen; it can stand in any modal."""
    element = FileInputElement(action_id=FILES, filetypes=list(ALLOWED), max_files=MOST_FILES)
    return InputBlock(
        block_id=FILES, label=plain(wording.FILES_LABEL, 24), element=element, hint=plain(hint, FIELD), optional=True
    )


def file_notes(inquiry: InquiryRow) -> list[Block]:
    """Below what the desk says: that it does not read files, whom they reach, and which reach nobody."""
    fit = [file for file in inquiry.files if file.state is not AttachmentState.REFUSED]
    lines = [desk.files_said(inquiry).format(names=names_of(fit))] if fit else []
    lines += [_refused(wording.UNFIT_OF_ASKER, file) for file in inquiry.files if file.unfit is not None]
    return [small_print(line) for line in lines]


def attached_notes(files: tuple[AttachmentRow, ...]) -> list[Block]:
    """Which files belong to words."""
    return [small_print(wording.ATTACHED.format(names=names_of(files)))] if files else []


def asked_words(inquiry: InquiryRow) -> str:
    """The question's words, or why there are none."""
    if inquiry.text.strip():
        return inquiry.text
    return wording.TAKEN_BACK if inquiry.withdrawn_at is not None or not inquiry.files else wording.FILES_ONLY


def unfit_text(letter: Letter) -> str:
    """To either side: which file does not come, and why; to who sent it also what could."""
    if letter.file is None:
        raise ValueError(f"letter {letter.delivery.id} has no file")
    is_askers, is_inside = letter.file.turn_id is None, letter.purpose is Purpose.UNFIT_INSIDE
    if is_inside:
        return _refused(wording.UNFIT_FROM_ASKER if is_askers else wording.UNFIT_OF_CONSULTANT, letter.file)
    return _refused(wording.UNFIT_OF_ASKER if is_askers else wording.UNFIT_FROM_CONSULTANT, letter.file)


def names_of(files: list[AttachmentRow] | tuple[AttachmentRow, ...]) -> str:
    return fitted("、".join(f"「{file.title}」" for file in files), NAMES)


def _refused(sentence: str, file: AttachmentRow) -> str:
    why = desk.UNFIT[file.unfit] if file.unfit is not None else ""
    return sentence.format(name=fitted(file.title, FIELD), why=why)
