"""「回答を書く」: opens the modal whose submission goes to the municipality; only for the case's owner."""

from slack_sdk.models.views import View

from bot.blocks.modals import reply_view
from bot.clicks import Click
from bot.inside import Inside
from desk import wording as desk_wording


def compose(inside: Inside, click: Click) -> View | str:
    case, consultant = inside.case(click.value), inside.consultant(click.user)
    if consultant is None:
        return desk_wording.NOT_CONSULTANT
    if case.owner is None:
        return desk_wording.NOT_CLAIMED
    if case.owner.id != consultant.id:
        return desk_wording.NOT_OWNER.format(owner=case.owner.name)
    return reply_view(case, consultant)
