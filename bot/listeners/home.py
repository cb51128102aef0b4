"""The Home: its buttons and its modals. Whatever is pressed there, the Home is shown anew."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.clicks import click_from
from bot.deadline import Deadline
from bot.faults import asked
from bot.home.acts import Act, HomeActs
from bot.home.modals import ABSENCE, EXPERTISE
from bot.home.publishing import Homes
from consultation.errors import BadInput


def listen(app: App, acts: HomeActs, homes: Homes, deadline: Deadline) -> None:
    for action, act in acts.by_action().items():
        app.action(action.value)(_pressed(act, homes, deadline))
    for callback, deed in {ABSENCE: acts.be_away, EXPERTISE: acts.specialise}.items():
        app.view(callback)(_submitted(deed, homes, deadline))


def _pressed(act: Act, homes: Homes, deadline: Deadline) -> Callable[..., None]:
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        click = click_from(body, context.team_id or "")
        shown = deadline.run(lambda: _done(act, click))
        if isinstance(shown, View):
            asked(lambda: client.views_open(trigger_id=click.trigger, view=shown))
        else:
            homes.refresh_soon(click.team, click.user, shown or "")
        ack()

    return pressed


def _submitted(deed: Callable[..., tuple[str, str] | None], homes: Homes, deadline: Deadline) -> Callable[..., None]:
    def submitted(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        team, user, state = context.team_id or "", str(body["user"]["id"]), body["view"]["state"]["values"]
        no = deadline.run(lambda: deed(team, user, state))
        if no is not None:
            ack(response_action="errors", errors=dict([no]))
            return
        ack()
        homes.refresh_soon(team, user)

    return submitted


def _done(act: Act, click: Any) -> View | str | None:
    try:
        return act(click)
    except BadInput as no:
        return no.reason
