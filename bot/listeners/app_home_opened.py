"""The app's tabs: what one may ask, and the Home, made anew."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot import wording
from bot.faults import attempted
from bot.home.publishing import Homes


def listen(app: App, homes: Homes) -> None:
    prompts = [{"title": title, "message": message} for title, message in wording.PROMPTS]

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        if event.get("tab") == "home":
            homes.refresh_soon(context.team_id or "", str(event.get("user", "")))
        if event.get("tab") == "messages":
            attempted(
                lambda: client.assistant_threads_setSuggestedPrompts(
                    channel_id=str(event.get("channel", "")), title=wording.PROMPTS_TITLE, prompts=prompts
                )
            )
