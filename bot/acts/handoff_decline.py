"""「担当できない」: who was turned to says why, and somebody else is turned to."""

from slack_sdk.models.views import View

from bot.blocks.modals import decline_view
from bot.clicks import Click, Submitted
from bot.inside import Inside, refusal
from consultation.case import CaseId
from desk import wording as desk_wording


def ask_why(inside: Inside, click: Click) -> View | str:
    case, consultant = inside.case(click.value), inside.consultant(click)
    if consultant is None:
        return desk_wording.NOT_CONSULTANT
    if case.turned_to is None or case.turned_to.id != consultant.id:
        return desk_wording.NOT_TURNED_TO
    return decline_view(case)


def decline(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it; None: done."""
    consultant = inside.consultant(submitted)
    return refusal(inside.desk.cases.decline(CaseId(submitted.about), consultant, submitted.text))
