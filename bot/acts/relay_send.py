"""The message confirmed, sent. Its own identity is the turn's key: one message is one reply."""

from bot import wording
from bot.clicks import Submitted, pair
from bot.inside import Inside, refusal
from consultation.case import CaseId


def send(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it, to be shown beside the input; None: sent."""
    case_id, key = pair(submitted.about)
    if inside.reply_of(key) is not None:
        return wording.RELAY_SENT
    consultant = inside.consultant(submitted)
    return refusal(inside.desk.cases.reply(CaseId(case_id), consultant, submitted.text, key))
