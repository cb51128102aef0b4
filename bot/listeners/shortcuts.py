"""Message shortcuts: what one pointed at, and the modal that it opens. A refusal is one too: it shows anywhere."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.acts.relay_offer import OFFER, offer
from bot.blocks.relay_modals import told_view
from bot.deadline import Deadline
from bot.faults import asked
from bot.inside import Inside
from bot.pointing import Pointed, pointed_from
from consultation.errors import BadInput


def listen(app: App, inside: Inside, deadline: Deadline) -> None:
    @app.shortcut({"type": "message_action", "callback_id": OFFER})
    def pointed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        at = pointed_from(body, context.team_id or "", context.bot_user_id or "")
        view = deadline.run(lambda: _offered(inside, at))
        asked(lambda: client.views_open(trigger_id=at.trigger, view=view))
        ack()


def _offered(inside: Inside, at: Pointed) -> View:
    try:
        return offer(inside, at)
    except BadInput as no:
        return told_view(no.reason)
