"""The stop button of the agent pane: what is not decided in the thread is withdrawn, and that is said."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot import sessions, wording
from bot.courtesy import Courtesy
from bot.deadline import Deadline
from bot.inside import Inside
from bot.parsing import team_of
from consultation.inquiry import Channel, Place


def listen(app: App, inside: Inside, deadline: Deadline, courtesy: Courtesy, client: WebClient) -> None:
    @app.event("agent_session_stopped")
    def stopped(body: dict[str, Any], event: dict[str, Any]) -> None:
        team = team_of(body)
        place = Place(Channel.SLACK, team, str(event.get("channel", "")), str(event.get("thread_ts", "")))
        by = f"{team}:{event.get('user', '')}"
        if deadline.run(lambda: inside.desk.stop(place, by)):
            courtesy.note(place, wording.STOPPED)
        sessions.show(client, place, sessions.Session.ACTIVE)
