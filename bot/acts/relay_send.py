"""The message confirmed, sent. Its own identity is the turn's key: one message is one reply."""

import json

from bot import wording
from bot.clicks import Submitted
from bot.inside import Inside, refusal
from consultation.attachment import Attached
from consultation.case import CaseId


def send(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it, to be shown beside the input; None: sent."""
    about = json.loads(submitted.about)
    case_id, key = CaseId(about["case"]), str(about["key"])
    if inside.reply_of(key) is not None:
        return wording.RELAY_SENT
    consultant = inside.consultant(submitted)
    files = [Attached(submitted.team, ref, "", None) for ref in about["files"]]  # looked at again on their way
    return refusal(inside.desk.cases.reply(case_id, consultant, submitted.text, key, files))
