"""Messages, new, edited and deleted, and mentions: a mention arrives as both, and is one."""

from typing import Any

from slack_bolt import App

from bot.deadline import Deadline
from bot.parsing import message_from
from bot.reception import Reception


def listen(app: App, reception: Reception, deadline: Deadline, us: str) -> None:
    def take(body: dict[str, Any]) -> None:
        message = message_from(body, us)
        if message is not None:
            deadline.run(lambda: reception.take(message))

    app.event("app_mention")(take)
    app.event("message")(take)
