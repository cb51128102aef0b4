"""A workspace that the app is installed in: its clients, and who we are there. By one token; else bot/installed.py."""

import logging
import threading
from dataclasses import dataclass
from typing import Protocol

import structlog
from slack_sdk import WebClient

from bot.faults import asked
from bot.settings import SlackSettings
from consultation.errors import PostRefused, WrongSetting

log = structlog.get_logger()

POST_S = 10.0  # a post may take this long before its result counts as unknown
QUICK_S = 2.0  # what an ack waits for must end before Slack's 3 s
NAME_S = 0.5  # a name is not worth more

QUIET = logging.getLogger("madoguchi.slack")
QUIET.setLevel(logging.WARNING)  # below it, the vendor's libraries log whole messages


@dataclass(frozen=True, slots=True)
class Installation:
    """Who we are: as auth.test says, or as was told when the app was installed."""

    team: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str]


class Workspaces(Protocol):
    """Every workspace that the app is installed in."""

    def of(self, team: str) -> "Workspace":
        """The one to speak in. Raises PostRefused where we are not installed (any more)."""

    def all(self) -> list["Workspace"]:
        """Raises WrongSetting where a token or a key is wrong."""

    def forget(self, team: str) -> None:
        """Slack told that the installation is gone."""


class Workspace:
    """Clients without retries of their own: a resent post would stand twice."""

    def __init__(self, token: str, api_url: str, installation: Installation | None = None) -> None:
        self.token = token
        self._api_url = api_url
        self._lock = threading.Lock()
        self._installation = installation
        self.posting = self.client(POST_S)
        self.quick = self.client(QUICK_S)
        self.names = self.client(NAME_S)

    def client(self, timeout_s: float) -> WebClient:
        return web_client(self._api_url, timeout_s, self.token)

    def installation(self) -> Installation:
        """Asked once. Raises WrongSetting for a token that Slack does not know, PostDelayed or PostUnknown."""
        with self._lock:
            if self._installation is None:
                self._installation = self._asked()
            return self._installation

    def _asked(self) -> Installation:
        try:
            return self.told()
        except PostRefused as refusal:
            raise WrongSetting(
                f"SLACK_BOT_TOKEN がSlackに認められませんでした（{refusal.code}）。トークンをご確認ください。"
            ) from refusal

    def told(self) -> Installation:
        """Who Slack says we are now. Raises PostRefused for a token it does not know, or what faults.asked does."""
        answer = asked(self.posting.auth_test)
        scopes = next((value for name, value in dict(answer.headers).items() if name.lower() == "x-oauth-scopes"), "")
        return Installation(
            str(answer["team_id"]),
            str(answer["user_id"]),
            str(answer.get("bot_id", "")),
            frozenset(filter(None, (scope.strip() for scope in str(scopes).split(",")))),
        )


class OneWorkspace:
    """Workspaces, by the one token of the settings: whatever is asked for, it is this."""

    def __init__(self, settings: SlackSettings) -> None:
        self._only = Workspace(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)

    def of(self, team: str) -> Workspace:  # noqa: ARG002  the token knows where it belongs
        return self._only

    def all(self) -> list[Workspace]:
        self._only.installation()
        return [self._only]

    def forget(self, team: str) -> None:
        """The token stands in the settings: there is nothing to let go of."""
        log.error("slack_uninstalled", team=team)


def web_client(api_url: str, timeout_s: float, token: str | None = None) -> WebClient:
    return WebClient(
        token=token,
        base_url=api_url,
        timeout=timeout_s,  # type: ignore[arg-type] # seconds; urllib takes fractions
        retry_handlers=[],
        logger=QUIET,
    )
