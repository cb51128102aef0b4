"""The workspace that the app is installed in: its client, and who we are there."""

import logging
import threading
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.faults import asked
from bot.settings import SlackSettings
from consultation.errors import PostRefused, WrongSetting

POST_S = 10.0  # a post may take this long before its result counts as unknown
QUICK_S = 2.0  # what an ack waits for must end before Slack's 3 s
NAME_S = 0.5  # a name is not worth more

QUIET = logging.getLogger("madoguchi.slack")
QUIET.setLevel(logging.WARNING)  # below it, the vendor's libraries log whole messages


@dataclass(frozen=True, slots=True)
class Installation:
    """Who we are, as auth.test says."""

    team: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str]


class Workspace:
    """Clients without retries of their own: a resent post would stand twice."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._installation: Installation | None = None
        self.posting = self.client(POST_S)
        self.quick = self.client(QUICK_S)

    def client(self, timeout_s: float) -> WebClient:
        return WebClient(
            token=self._settings.slack_bot_token.get_secret_value(),
            base_url=self._settings.slack_api_url,
            timeout=timeout_s,  # type: ignore[arg-type] # seconds; urllib takes fractions
            retry_handlers=[],
            logger=QUIET,
        )

    def installation(self) -> Installation:
        """Asked once. Raises WrongSetting for a token that Slack does not know, PostDelayed or PostUnknown."""
        with self._lock:
            if self._installation is None:
                self._installation = self._asked()
            return self._installation

    def _asked(self) -> Installation:
        try:
            answer = asked(self.posting.auth_test)
        except PostRefused as refusal:
            raise WrongSetting(
                f"SLACK_BOT_TOKEN がSlackに認められませんでした（{refusal.code}）。トークンをご確認ください。"
            ) from refusal
        scopes = next((value for name, value in dict(answer.headers).items() if name.lower() == "x-oauth-scopes"), "")
        return Installation(
            str(answer["team_id"]),
            str(answer["user_id"]),
            str(answer.get("bot_id", "")),
            frozenset(filter(None, (scope.strip() for scope in str(scopes).split(",")))),
        )
