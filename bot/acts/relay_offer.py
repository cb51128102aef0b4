"""「自治体へ送信」 on one's own message under a card: what will be sent to whom, to be confirmed."""

from slack_sdk.models.views import View

from bot import wording
from bot.blocks.modals import INPUT
from bot.blocks.relay_modals import relay_view
from bot.inside import Inside
from bot.pointing import Pointed
from consultation.attachment import Unfit
from consultation.case import CaseDeed, after
from consultation.errors import BadInput
from desk import wording as desk_wording

OFFER = "relay.offer"


def offer(inside: Inside, at: Pointed) -> View:
    """Raises BadInput, which says why it cannot be sent."""
    if inside.consultant(at) is None:
        raise BadInput(desk_wording.NOT_CONSULTANT)
    case = inside.case_under(at.channel, at.thread) if at.thread else None
    if case is None:
        raise BadInput(wording.RELAY_NOT_HERE)
    if not at.author:
        raise BadInput(wording.RELAY_NOT_BOTS)
    if inside.reply_of(at.key) is not None:
        raise BadInput(wording.RELAY_SENT)
    _, consultant = inside.owner_of(case, at)
    if at.author != at.user:
        raise BadInput(wording.RELAY_NOT_OWN)
    if after(case.state, CaseDeed.REPLY) is None:
        raise BadInput(desk_wording.NOT_NOW.format(state=desk_wording.STATES[case.state]))
    unfit = next((file for file in at.files if file.within(inside.largest_file).unfit), None)
    if unfit is not None:
        raise BadInput(desk_wording.unfit(unfit.name, unfit.within(inside.largest_file).unfit or Unfit.UNREACHABLE))
    if not at.words and not at.files:
        raise BadInput(wording.RELAY_EMPTY)
    if len(at.words) > INPUT:
        raise BadInput(wording.RELAY_TOO_LONG.format(most=INPUT))
    return relay_view(case, consultant, at)
