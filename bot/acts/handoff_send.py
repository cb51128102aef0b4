"""The consultant's answer, sent. The view's id is the turn's key: a doubled submission is one."""

from bot.clicks import Submitted
from bot.inside import Inside, refusal
from consultation.case import CaseId


def send(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it, to be shown beside the input; None: sent."""
    consultant = inside.consultant(submitted)
    files = [file.within(inside.largest_file) for file in submitted.files]
    key = f"slack:view:{submitted.view}"
    return refusal(inside.desk.cases.reply(CaseId(submitted.about), consultant, submitted.text, key, files))
