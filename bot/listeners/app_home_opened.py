"""The app's messages tab: what one may ask."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot import wording
from bot.faults import attempted


def listen(app: App) -> None:
    prompts = [{"title": title, "message": message} for title, message in wording.PROMPTS]

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") == "messages":
            attempted(
                lambda: client.assistant_threads_setSuggestedPrompts(
                    channel_id=str(event.get("channel", "")), title=wording.PROMPTS_TITLE, prompts=prompts
                )
            )
