"""The stop button of the agent pane: what is not decided in the thread is withdrawn, and that is said."""

from typing import Any

from slack_bolt import App, BoltContext

from bot import sessions, wording
from bot.courtesy import Courtesy
from bot.deadline import Deadline
from bot.inside import Inside
from bot.workspace import Workspaces
from consultation.inquiry import Channel, Place


def listen(app: App, inside: Inside, deadline: Deadline, courtesy: Courtesy, workspaces: Workspaces) -> None:
    @app.event("agent_session_stopped")
    def stopped(event: dict[str, Any], context: BoltContext) -> None:
        team = context.team_id or ""
        place = Place(Channel.SLACK, team, str(event.get("channel", "")), str(event.get("thread_ts", "")))
        by = f"{team}:{event.get('user', '')}"
        if deadline.run(lambda: inside.desk.stop(place, by)):
            courtesy.note(place, wording.STOPPED)
        sessions.show(workspaces, place, sessions.Session.ACTIVE)
