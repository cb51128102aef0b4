"""「訂正する」 under the note of what was sent: other words in its place, in both threads."""

from slack_sdk.models.views import View

from bot.blocks.relay_modals import revise_view
from bot.clicks import Click, Submitted
from bot.inside import Inside, refusal
from desk.casework import Refused


def compose(inside: Inside, click: Click) -> View | str:
    found = inside.desk.replies.mine(click.value, inside.consultant(click))
    if isinstance(found, Refused):
        return found.sentence
    reply, case = found
    return revise_view(case, reply.turn)


def revise(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it; None: done."""
    return refusal(inside.desk.replies.revise(submitted.about, inside.consultant(submitted), submitted.text))
