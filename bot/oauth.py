"""Installing the app: Bolt's own OAuth flow with our stores and Japanese pages, beside /slack/events.

Every setting is given: Bolt would take what is left out from SLACK_* variables of the environment. Where Slack sends
the browser back to stands in the app's own settings (redirect_urls of the manifest).
"""

import html
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings

from bot import wording
from bot.faults import asked
from bot.installations import STATE_S, Installations, States
from bot.scopes import SCOPES
from bot.settings import SlackSettings
from bot.workspace import POST_S, QUIET, web_client
from consultation.errors import MadoguchiError
from records.ledger import Ledger

log = structlog.get_logger()

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"


class Installing:
    """The two pages."""

    def __init__(self, settings: SlackSettings, ledger: Ledger) -> None:
        """Raises WrongSetting where the key is wrong or missing."""
        self._settings = OAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=sorted(SCOPES),
            user_scopes=[],
            install_page_rendering_enabled=False,
            callback_options=CallbackOptions(self._installed, self._refused),
            authorization_url=_authorization_url(settings.slack_api_url),
            installation_store=Installations(settings, ledger),
            state_store=States(ledger),
            state_expiration_seconds=STATE_S,
            logger=QUIET,
        )
        # Not the environment's SLACK_REDIRECT_URI:
        self._settings.redirect_uri = self._settings.authorize_url_generator.redirect_uri = None
        client = web_client(settings.slack_api_url, POST_S)
        self._flow = OAuthFlow(client=client, logger=QUIET, settings=self._settings)

    def answer(self, path: str, request: BoltRequest) -> BoltResponse:
        """The page of one of the two paths."""
        step = self._flow.handle_installation if path == INSTALL else self._flow.handle_callback
        try:
            return asked(lambda: step(request))
        except MadoguchiError as fault:
            return self._page(503, "unavailable", wording.INSTALL_AWAY, type(fault).__name__)

    def _installed(self, args: SuccessArgs) -> BoltResponse:
        team, name = str(args.installation.team_id), str(args.installation.team_name or "")
        log.info("slack_installed", team=team)
        sentence = wording.INSTALLED.format(name=html.escape(name), team=html.escape(team))
        return self._shown(200, sentence)

    def _refused(self, args: FailureArgs) -> BoltResponse:
        sentence = wording.INSTALL_REFUSED.get(args.reason, wording.INSTALL_FAILED)
        return self._page(args.suggested_status_code, args.reason, sentence, str(args.error or ""))

    def _page(self, status: int, reason: str, sentence: str, why: str) -> BoltResponse:
        log.warning("slack_install_refused", reason=reason, why=why)
        return self._shown(status, f"{sentence}（{html.escape(reason)}）")

    def _shown(self, status: int, sentence: str) -> BoltResponse:
        headers: dict[str, str | Sequence[str]] = {
            "Content-Type": "text/html; charset=utf-8",
            "Set-Cookie": self._settings.state_utils.build_set_cookie_for_deletion(),
        }
        return BoltResponse(status=status, headers=headers, body=wording.INSTALL_PAGE.format(sentence=sentence))


def _authorization_url(api_url: str) -> str:
    """Slack's page of consent, on the same host as its Web API."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}/oauth/v2/authorize"
