"""Bolt's border: what went wrong inside a listener is logged once; who pressed a button is told, with a reference.

An event ends in status 500 here: it is not acknowledged, and Slack sends it again.
"""

import secrets
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse

from bot import wording
from bot.acts.relay_offer import OFFER
from bot.blocks import asking, modals
from bot.clicks import click_from
from bot.courtesy import Courtesy
from bot.home.modals import ABSENCE, EXPERTISE, LAST, TOPICS
from bot.home.publishing import Homes
from bot.pointing import pointed_from
from consultation.errors import MadoguchiError

log = structlog.get_logger()


def answer_for_troubles(app: App, courtesy: Courtesy, homes: Homes) -> None:
    @app.error
    def failed(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        ref = secrets.token_hex(4)
        kind = str(body.get("type", ""))
        if isinstance(error, MadoguchiError):
            log.warning("slack_listener_failed", ref=ref, kind=kind, error=type(error).__name__, why=str(error))
        else:
            log.error("slack_listener_crashed", ref=ref, kind=kind, exc_info=error)
        sentence = wording.FAILED.format(ref=ref)
        if kind == "view_submission":
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {_field(body): sentence}})
        if kind == "block_actions":
            click = click_from(body, context.team_id or "")
            if click.channel:
                courtesy.tell(click, sentence)
            else:
                homes.refresh_soon(click.team, click.user, sentence)
        if kind == "message_action" and body.get("callback_id") == OFFER:
            courtesy.tell(pointed_from(body, context.team_id or "", "").click, sentence)
        if "command" in body:
            return BoltResponse(status=200, body={"text": sentence})
        return None


def _field(body: dict[str, Any]) -> str:
    """The input of a modal that a sentence is shown beside."""
    callback = str(body["view"].get("callback_id", ""))
    return {**modals.WORDS, asking.ASK: asking.WORDS, ABSENCE: LAST, EXPERTISE: TOPICS}.get(callback, modals.REPLY)
