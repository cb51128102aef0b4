"""「分類・期限を直す」: topic, priority and last day by a consultant's hand, with why."""

from datetime import date

from slack_sdk.models.views import View

from bot.blocks.modals import DUE_ON, PRIORITY, TOPIC, correct_view
from bot.clicks import Click, Submitted
from bot.inside import Inside, refusal
from consultation.case import CaseId, Priority
from desk import wording as desk_wording
from desk.correcting import Correction


def ask(inside: Inside, click: Click) -> View | str:
    if inside.consultant(click) is None:
        return desk_wording.NOT_CONSULTANT
    return correct_view(inside.case(click.value))


def correct(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it; None: done."""
    given = submitted.values
    day = given.get(DUE_ON)
    wanted = Correction(given.get(TOPIC) or None, Priority(given[PRIORITY]), date.fromisoformat(day) if day else None)
    consultant = inside.consultant(submitted)
    return refusal(inside.desk.correcting.correct(CaseId(submitted.about), consultant, wanted, submitted.text))
