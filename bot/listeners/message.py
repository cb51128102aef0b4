"""Messages, new, edited and deleted, and mentions: a mention arrives as both, and is one."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.deadline import Deadline
from bot.parsing import message_from
from bot.reception import Reception


def listen(app: App, reception: Reception, deadline: Deadline) -> None:
    def take(body: dict[str, Any], context: BoltContext) -> None:
        message = message_from(body, context.bot_user_id or "")
        if message is not None:
            deadline.run(lambda: reception.take(message))

    app.event("app_mention")(take)
    app.event("message")(take)
