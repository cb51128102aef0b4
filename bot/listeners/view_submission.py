"""Modals, sent off: what stands against it is shown beside the input."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.acts.handoff_correct import correct
from bot.acts.handoff_decline import decline
from bot.acts.handoff_hand_on import hand_on
from bot.acts.handoff_send import send
from bot.acts.rating_give import say
from bot.acts.relay_send import send as relay
from bot.acts.reply_revise import revise
from bot.blocks.modals import CORRECT, DECLINE, HAND_ON, RATING, RELAY, REVISE, SEND, WORDS
from bot.clicks import Submitted, submitted_from
from bot.deadline import Deadline
from bot.inside import Inside
from consultation.errors import BadInput

Act = Callable[[Inside, Submitted], str | None]
ACTS: Mapping[str, Act] = {
    SEND: send,
    DECLINE: decline,
    HAND_ON: hand_on,
    RATING: say,
    CORRECT: correct,
    RELAY: relay,
    REVISE: revise,
}


def listen(app: App, inside: Inside, deadline: Deadline) -> None:
    for callback, act in ACTS.items():
        app.view(callback)(_listener(partial(_done, act, inside), WORDS[callback], deadline))


def _listener(done: Callable[[Submitted], str | None], field: str, deadline: Deadline) -> Callable[..., None]:
    def submitted(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        sent = submitted_from(body, context.team_id or "", field)
        refused = deadline.run(lambda: done(sent))
        if refused is None:
            ack()
        else:
            ack(response_action="errors", errors={field: refused})

    return submitted


def _done(act: Act, inside: Inside, submitted: Submitted) -> str | None:
    try:
        return act(inside, submitted)
    except BadInput as no:
        return no.reason
