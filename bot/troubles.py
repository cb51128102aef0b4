"""Bolt's border: what went wrong inside a listener is logged once; who pressed a button is told, with a reference.

An event ends in status 500 here: it is not acknowledged, and Slack sends it again.
"""

import secrets
from typing import Any

import structlog
from slack_bolt import App, BoltResponse

from bot import wording
from bot.blocks.modals import REPLY
from bot.clicks import click_from
from bot.courtesy import Courtesy
from bot.pointing import pointed_from
from consultation.errors import MadoguchiError

log = structlog.get_logger()


def answer_for_troubles(app: App, courtesy: Courtesy, team: str) -> None:
    @app.error
    def failed(error: Exception, body: dict[str, Any]) -> BoltResponse | None:
        ref = secrets.token_hex(4)
        kind = str(body.get("type", ""))
        if isinstance(error, MadoguchiError):
            log.warning("slack_listener_failed", ref=ref, kind=kind, error=type(error).__name__, why=str(error))
        else:
            log.error("slack_listener_crashed", ref=ref, kind=kind, exc_info=error)
        sentence = wording.FAILED.format(ref=ref)
        if kind == "view_submission":
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {REPLY: sentence}})
        if kind == "block_actions":
            courtesy.tell(click_from(body, team), sentence)
        if kind == "message_action":
            courtesy.tell(pointed_from(body, team, "").click, sentence)
        return None
