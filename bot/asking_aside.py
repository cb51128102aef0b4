"""A consultant's mention of us: in the thread of a case's card it asks the machine, unseen by the municipality."""

from bot import wording
from bot.inside import Inside
from bot.parsing import Written
from consultation.aside import aside_from
from desk import wording as desk_wording


def ask_aside(inside: Inside, written: Written) -> str | None:
    """Why nothing comes of it, for the one who wrote; None: it is entered. Raises Unavailable."""
    is_in_thread = written.thread != written.ts
    case = inside.case_under(written.channel, written.thread) if is_in_thread else None
    if case is None:
        return wording.CONSULTANTS_PLACE
    consultant = inside.consultant(written)
    if consultant is None:
        return desk_wording.NOT_CONSULTANT
    aside = aside_from(written.text)
    if aside is None:
        return wording.ASIDE_HELP
    inside.desk.ask_aside(written.key, case, consultant, aside, is_posted=True)
    return None
