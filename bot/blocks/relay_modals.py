"""The modals around what is sent: a message to be sent, a reply to be corrected, and why something cannot be."""

import json

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot import wording
from bot.blocks.elements import paragraph, small_print
from bot.blocks.modals import INPUT, RELAY, REPLY, REVISE, TITLE
from bot.blocks.text import FIELD, fitted, plain
from bot.pointing import Pointed
from consultation.attachment import NAMELESS
from consultation.case import Consultant
from records.rows import CaseRow, TurnRow


def relay_view(case: CaseRow, consultant: Consultant, at: Pointed) -> View:
    """What will be sent to whom, the words still to be changed. The modal keeps the message and its files' ids."""
    hint = wording.REPLY_HINT.format(body=case.consultation.municipality.name, name=consultant.name)
    blocks = [paragraph(_to(case)), _words(at.words, hint, is_needed=not at.files)]
    names = "、".join(f"「{file.name or NAMELESS}」" for file in at.files)
    blocks += [small_print(wording.ATTACHED.format(names=fitted(names, FIELD)))] if at.files else []
    about = {"case": case.id, "key": at.key, "files": [file.ref for file in at.files]}
    return _view(RELAY, json.dumps(about), wording.RELAY, [*blocks, small_print(wording.RELAY_NOTE)])


def revise_view(case: CaseRow, turn: TurnRow) -> View:
    """What stands in the municipality's thread, to be put otherwise; longer than an input takes, it is begun anew."""
    words = turn.text if len(turn.text) <= INPUT else ""
    return _view(REVISE, turn.id, wording.REVISE_TITLE, [paragraph(_to(case)), _words(words, wording.REVISE_HINT)])


def told_view(sentence: str) -> View:
    """One sentence."""
    close, title = plain(wording.CLOSE, TITLE), plain(wording.RELAY, TITLE)
    return View(type="modal", title=title, close=close, blocks=[paragraph(sentence)])


def _to(case: CaseRow) -> str:
    consultation = case.consultation
    return wording.RELAY_TO.format(
        body=consultation.municipality.name, asker=consultation.asker_name, number=consultation.number
    )


def _words(words: str, hint: str, *, is_needed: bool = True) -> InputBlock:
    element = PlainTextInputElement(action_id=REPLY, multiline=True, initial_value=words or None, max_length=INPUT)
    label, tip = plain(wording.REPLY_LABEL, TITLE), plain(hint, FIELD)
    return InputBlock(block_id=REPLY, label=label, element=element, hint=tip, optional=not is_needed)


def _view(callback: str, about: str, title: str, blocks: list[Block]) -> View:
    return View(
        type="modal",
        callback_id=callback,
        private_metadata=about,
        title=plain(title, TITLE),
        submit=plain(wording.SEND, TITLE),
        close=plain(wording.CANCEL, TITLE),
        blocks=blocks,
    )
