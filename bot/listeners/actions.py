"""Buttons: the click parsed, its act done in time, what is to be said or shown told to the one who pressed."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.blocks.elements import ActionId
from bot.clicks import Click, click_from
from bot.courtesy import Courtesy
from bot.deadline import Deadline
from bot.faults import asked
from consultation.errors import BadInput

Act = Callable[[Click], View | str | None]


def listen(app: App, acts: Mapping[ActionId, Act], deadline: Deadline, courtesy: Courtesy) -> None:
    for action, act in acts.items():
        app.action(action.value)(_listener(act, deadline, courtesy))


def _listener(act: Act, deadline: Deadline, courtesy: Courtesy) -> Callable[..., None]:
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        click = click_from(body, context.team_id or "")
        shown = deadline.run(lambda: _done(act, click))
        if isinstance(shown, View):
            asked(lambda: client.views_open(trigger_id=click.trigger, view=shown))
        elif shown is not None:
            courtesy.tell(click, shown)
        ack()

    return pressed


def _done(act: Act, click: Click) -> View | str | None:
    try:
        return act(click)
    except BadInput as no:
        return no.reason
