"""「ほかの担当者に引き継ぐ」: the owner turns to a colleague, and says why."""

from slack_sdk.models.views import View

from bot.blocks.modals import hand_on_view
from bot.clicks import Click, Submitted
from bot.inside import Inside, refusal
from consultation.case import CaseId, ConsultantId
from desk import wording as desk_wording


def choose(inside: Inside, click: Click) -> View | str:
    case, consultant = inside.owned(click)
    colleagues = [one for one in inside.consultants() if one.id != consultant.id]
    return hand_on_view(case, colleagues) if colleagues else desk_wording.NOT_A_COLLEAGUE


def hand_on(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it; None: done."""
    consultant = inside.consultant(submitted)
    to = ConsultantId(submitted.chosen)
    return refusal(inside.desk.cases.hand_on(CaseId(submitted.about), consultant, to, submitted.text))
