"""The consultant's modal, sent off: what stands against it is shown beside the input."""

from typing import Any

from slack_bolt import Ack, App

from bot.acts.handoff_send import send
from bot.blocks.modals import REPLY, SEND
from bot.clicks import Submitted, submitted_from
from bot.deadline import Deadline
from bot.inside import Inside
from consultation.errors import BadInput


def listen(app: App, inside: Inside, deadline: Deadline) -> None:
    @app.view(SEND)
    def submitted(ack: Ack, body: dict[str, Any]) -> None:
        sent = submitted_from(body, REPLY)
        refused = deadline.run(lambda: _sent(inside, sent))
        if refused is None:
            ack()
        else:
            ack(response_action="errors", errors={REPLY: refused})


def _sent(inside: Inside, submitted: Submitted) -> str | None:
    try:
        return send(inside, submitted)
    except BadInput as no:
        return no.reason
