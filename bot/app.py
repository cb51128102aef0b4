"""The Bolt app: it acknowledges only after the listener has returned, and is authorised by our own token."""

import logging
from functools import partial

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.acts import (
    clarify_choose,
    feedback,
    handoff_claim,
    handoff_compose,
    handoff_confirm,
    handoff_decline,
    handoff_hand_on,
    handoff_request,
    handoff_resolve,
    handoff_take_over,
    handoff_withdraw,
    source_show,
)
from bot.blocks.elements import ActionId
from bot.courtesy import Courtesy
from bot.deadline import Deadline
from bot.inside import Inside
from bot.listeners import actions, app_home_opened, member_left_channel, message, view_submission
from bot.listeners.actions import Act
from bot.people import People
from bot.reception import Reception
from bot.settings import SlackSettings
from bot.status import Status
from bot.troubles import answer_for_troubles
from bot.workspace import NAME_S, Installation, Workspace

BOLT = logging.getLogger("madoguchi.bolt")
BOLT.setLevel(logging.ERROR)  # below it, Bolt warns at every start that the token in the environment is not used


def bolt_app(settings: SlackSettings, workspace: Workspace, inside: Inside, deadline: Deadline) -> App:
    """The app with every listener. Raises what Workspace.installation does."""
    us = workspace.installation()
    courtesy, people = Courtesy(workspace.quick), People(workspace.client(NAME_S))
    reception = Reception(inside, people, courtesy, Status(workspace.quick))
    app = _app(settings, workspace, us)
    message.listen(app, reception, deadline, us.bot_user)
    app_home_opened.listen(app, workspace.quick)
    member_left_channel.listen(app, inside, deadline)
    actions.listen(app, _acts(inside, people), deadline, courtesy, us.team)
    view_submission.listen(app, inside, deadline)
    answer_for_troubles(app, courtesy, us.team)
    return app


def _app(settings: SlackSettings, workspace: Workspace, us: Installation) -> App:
    token = settings.slack_bot_token.get_secret_value()

    def authorize() -> AuthorizeResult:
        # Given, so that SLACK_CLIENT_ID and SLACK_CLIENT_SECRET in the environment cannot make Bolt ignore the token.
        return AuthorizeResult(
            enterprise_id=None, team_id=us.team, bot_user_id=us.bot_user, bot_id=us.bot_id, bot_token=token
        )

    client = workspace.quick
    client_without_token = workspace.client(client.timeout)
    client_without_token.token = None
    return App(
        name="madoguchi",
        logger=BOLT,
        process_before_response=True,  # Bolt acknowledges events before the listener otherwise
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client=client_without_token,
        authorize=authorize,
    )


def _acts(inside: Inside, people: People) -> dict[ActionId, Act]:
    return {
        ActionId.REQUEST: partial(handoff_request.request, inside),
        ActionId.WITHDRAW: partial(handoff_withdraw.withdraw, inside),
        ActionId.CLAIM: partial(handoff_claim.claim, inside),
        ActionId.DECLINE: partial(handoff_decline.ask_why, inside),
        ActionId.HAND_ON: partial(handoff_hand_on.choose, inside),
        ActionId.TAKE_OVER: partial(handoff_take_over.take_over, inside),
        ActionId.CONFIRM: partial(handoff_confirm.confirm, inside),
        ActionId.REOPEN: partial(handoff_confirm.reopen, inside),
        ActionId.COMPOSE: partial(handoff_compose.compose, inside),
        ActionId.RESOLVE: partial(handoff_resolve.resolve, inside),
        ActionId.SOURCE: partial(source_show.show, inside),
        ActionId.FEEDBACK: partial(feedback.judge, inside),
        ActionId.CHOOSE: partial(clarify_choose.choose, inside, people),
    }
