"""Socket Mode: Slack reached from inside, no open port. Once connected, the SDK keeps the connection alive."""

import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackClientError

from bot.faults import asked
from bot.settings import SlackSettings
from bot.workspace import QUIET, Workspace
from consultation.errors import PostRefused, Unavailable, WrongSetting

HANG_UP_S = 0.3
PING_S = 2  # with the default of 10 a dead connection went unnoticed for 60 s, with 2 for 10 s (measured)


class SocketMode:
    """Receives over Socket Mode."""

    def __init__(self, app: App, settings: SlackSettings, workspace: Workspace) -> None:
        handler = SocketModeHandler(
            app,
            settings.slack_app_token.get_secret_value(),
            logger=QUIET,
            web_client=workspace.posting,
            ping_interval=PING_S,
        )
        self._client = handler.client

    def start(self) -> None:
        """Connect. Raises WrongSetting for an app token that Slack does not know, Unavailable when Slack is away."""
        try:
            asked(lambda: self._client.connect_to_new_endpoint(force=True))
        except PostRefused as refusal:
            raise WrongSetting(
                f"SLACK_APP_TOKEN がSlackに認められませんでした（{refusal.code}）。"
                "xapp- で始まり connections:write を持つトークンかご確認ください。"
            ) from refusal
        except (SlackClientError, ValueError) as error:  # a handshake that is none
            raise Unavailable(type(error).__name__) from error

    def stop(self) -> None:
        """Hang up at once. The SDK's receiving thread only sees it up to 3 s later: it is not waited for."""
        closing = threading.Thread(target=self._client.close, name="slack-close", daemon=True)
        closing.start()
        closing.join(HANG_UP_S)

    @property
    def is_healthy(self) -> bool:
        return bool(self._client.is_connected())
