"""The Bolt app: it acknowledges only after the listener has returned, and is authorised by our own tokens."""

import logging
from dataclasses import replace
from functools import partial

import structlog
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot import wording
from bot.acts import (
    clarify_choose,
    consent_answer,
    feedback,
    handoff_claim,
    handoff_compose,
    handoff_confirm,
    handoff_correct,
    handoff_decline,
    handoff_hand_on,
    handoff_request,
    handoff_resolve,
    handoff_take_over,
    handoff_withdraw,
    rating_give,
    reply_recall,
    reply_revise,
    source_show,
)
from bot.asking import Asking
from bot.blocks.elements import ActionId
from bot.connect import Connect
from bot.courtesy import Courtesy
from bot.deadline import Deadline
from bot.home.acts import HomeActs
from bot.home.publishing import Homes
from bot.inside import Inside
from bot.links import Links
from bot.listeners import (
    actions,
    agent_session_stopped,
    app_home_opened,
    ask,
    home,
    member_left_channel,
    message,
    shortcuts,
    uninstalled,
    view_submission,
)
from bot.listeners.actions import Act
from bot.people import People
from bot.reception import Reception
from bot.roots import Roots
from bot.settings import SlackSettings
from bot.status import Status
from bot.troubles import answer_for_troubles
from bot.workspace import QUICK_S, Workspaces, web_client
from consultation.errors import PostRefused
from consultation.rating import Score
from records.registry import Registry

log = structlog.get_logger()

FILES_SCOPE = "files:read"
BOLT = logging.getLogger("madoguchi.bolt")
BOLT.setLevel(logging.ERROR)  # below it, Bolt warns at every start that the token in the environment is not used


def bolt_app(settings: SlackSettings, workspaces: Workspaces, inside: Inside, deadline: Deadline) -> App:
    """The app with every listener. Raises what Workspaces.all does."""
    workspaces.all()
    inside = replace(inside, takes_files=partial(_takes_files, workspaces))
    courtesy, people, status = Courtesy(workspaces), People(workspaces), Status(workspaces)
    reception = Reception(inside, people, courtesy, status)
    homes = Homes(inside.ledger, inside.consultant_at, workspaces, Links(settings.public_url))
    asking = Asking(inside, people, Roots(workspaces), status)
    app = _app(settings, workspaces, inside)
    message.listen(app, reception, deadline)
    app_home_opened.listen(app, homes)
    home.listen(app, HomeActs(inside, asking), homes, deadline)
    ask.listen(app, asking, homes, deadline)
    agent_session_stopped.listen(app, inside, deadline, courtesy, workspaces)
    member_left_channel.listen(app, inside, deadline)
    actions.listen(app, _acts(inside, people), deadline, courtesy)
    view_submission.listen(app, inside, deadline)
    shortcuts.listen(app, inside, deadline)
    uninstalled.listen(app, workspaces, deadline)
    answer_for_troubles(app, courtesy, homes)
    return app


def _app(settings: SlackSettings, workspaces: Workspaces, inside: Inside) -> App:
    def authorize(team_id: str | None) -> AuthorizeResult | None:
        # Given, so that SLACK_CLIENT_ID and SLACK_CLIENT_SECRET in the environment cannot make Bolt ignore the token.
        try:
            workspace = workspaces.of(team_id or "")
        except PostRefused:
            log.warning("slack_not_installed", team=team_id)
            return None
        us = workspace.installation()
        return AuthorizeResult(
            enterprise_id=None, team_id=us.team, bot_user_id=us.bot_user, bot_id=us.bot_id, bot_token=workspace.token
        )

    return App(
        name="madoguchi",
        logger=BOLT,
        process_before_response=True,  # Bolt acknowledges events before the listener otherwise
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client=web_client(settings.slack_api_url, QUICK_S),
        before_authorize=Connect(workspaces, partial(_homes, inside)).before_authorize,
        authorize=authorize,  # type: ignore[arg-type]  # None, says Bolt, where the app is not installed
        user_facing_authorize_error_message=wording.NOT_INSTALLED,
    )


def _takes_files(workspaces: Workspaces, team: str) -> bool:
    return FILES_SCOPE in workspaces.of(team).installation().scopes


def _homes(inside: Inside, channel: str) -> list[str]:
    """The workspaces that a channel is registered for: the consultants', or bodies'."""
    theirs = inside.desk.consultants
    if theirs is not None and theirs.room == channel and theirs.team:
        return [theirs.team]
    return inside.ledger.read(lambda session: Registry(session).teams_of(channel))


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
        ActionId.CONSENT: partial(consent_answer.give, inside),
        ActionId.NO_CONSENT: partial(consent_answer.refuse, inside),
        ActionId.RATE_GOOD: partial(rating_give.press(Score.GOOD), inside),
        ActionId.RATE_FAIR: partial(rating_give.press(Score.FAIR), inside),
        ActionId.RATE_POOR: partial(rating_give.press(Score.POOR), inside),
        ActionId.CORRECT: partial(handoff_correct.ask, inside),
        ActionId.COMPOSE: partial(handoff_compose.compose, inside),
        ActionId.RESOLVE: partial(handoff_resolve.resolve, inside),
        ActionId.SOURCE: partial(source_show.show, inside),
        ActionId.FEEDBACK: partial(feedback.judge, inside),
        ActionId.REVISE: partial(reply_revise.compose, inside),
        ActionId.RECALL: partial(reply_recall.recall, inside),
        ActionId.CHOOSE: partial(clarify_choose.choose, inside, people),
    }
