"""The app is removed from a workspace, or its token revoked: the installation goes, everything else goes on."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.deadline import Deadline
from bot.workspace import Workspaces


def listen(app: App, workspaces: Workspaces, deadline: Deadline) -> None:
    def gone(event: dict[str, Any], context: BoltContext) -> None:
        tokens = event.get("tokens")
        if not isinstance(tokens, dict) or tokens.get("bot"):  # people's own tokens are none of ours
            deadline.run(lambda: workspaces.forget(context.team_id or ""))

    app.event("tokens_revoked")(gone)
    app.event("app_uninstalled")(gone)
