"""Who is out of the consultants' channel sees no cards: asked no longer, until the operator registers them again."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.deadline import Deadline
from bot.inside import Inside


def listen(app: App, inside: Inside, deadline: Deadline) -> None:
    @app.event("member_left_channel")
    def left(event: dict[str, Any], context: BoltContext) -> None:
        theirs = inside.desk.consultants
        if theirs is not None and theirs.room == event.get("channel") and theirs.team in {"", context.team_id}:
            deadline.run(lambda: inside.desk.dismiss(str(event.get("user", ""))))
