"""「相談する」: the command /soudan, the shortcuts, and the modal sent off."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.asking import Asking, Origin, asked_from
from bot.blocks.asking import ASK, told_view
from bot.deadline import Deadline
from bot.faults import asked
from bot.home.publishing import Homes
from bot.unmarking import plain_words

COMMAND = "/soudan"
ON_MESSAGE, ANYWHERE = "consult.message", "consult.anywhere"


def listen(app: App, asking: Asking, homes: Homes, deadline: Deadline) -> None:
    @app.command(COMMAND)
    def commanded(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        origin = Origin(context.team_id or "", str(body.get("channel_id", "")))
        text = plain_words(str(body.get("text") or ""), context.bot_user_id or "")
        shown = deadline.run(lambda: asking.open(origin, str(body["user_id"]), text))
        if isinstance(shown, View):
            _open(client, body, shown)
            ack()
        else:
            ack(text=shown)  # to the one who typed it, whether we are in the channel or not

    @app.shortcut(ON_MESSAGE)
    def on_message(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        message = body["message"]
        origin = Origin(
            context.team_id or "", str(body["channel"]["id"]), str(message.get("thread_ts") or message["ts"])
        )
        text = plain_words(str(message.get("text") or ""), context.bot_user_id or "")
        _shown(client, body, deadline.run(lambda: asking.open(origin, str(body["user"]["id"]), text)))
        ack()

    @app.shortcut(ANYWHERE)
    def anywhere(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        origin = Origin(context.team_id or "")
        _shown(client, body, deadline.run(lambda: asking.open(origin, str(body["user"]["id"]), "")))
        ack()

    @app.view(ASK)
    def submitted(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        sent = asked_from(body, context.team_id or "")
        no = deadline.run(lambda: asking.accept(sent))
        if no is not None:
            ack(response_action="errors", errors=dict([no]))
            return
        ack()
        if sent.origin.is_home:
            homes.refresh_soon(sent.origin.team, sent.user)


def _shown(client: WebClient, body: dict[str, Any], shown: View | str) -> None:
    _open(client, body, shown if isinstance(shown, View) else told_view(shown))


def _open(client: WebClient, body: dict[str, Any], view: View) -> None:
    asked(lambda: client.views_open(trigger_id=str(body["trigger_id"]), view=view))
