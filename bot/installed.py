"""Workspaces by their installations, read anew each time: another process may have installed or removed one."""

import structlog
from slack_sdk.oauth.installation_store import Bot

from bot import wording
from bot.installations import Installations
from bot.workspace import Installation, Workspace
from consultation.errors import PostRefused, Unavailable, WrongSetting

log = structlog.get_logger()

NOT_INSTALLED = "not_installed"
"""Ours, beside Slack's codes: nobody has installed the app in that workspace, or it was removed."""
GONE = frozenset({"token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive"})
"""What Slack says to a token that no longer counts."""


class InstalledWorkspaces:
    """bot.workspace.Workspaces of an app that is installed by OAuth."""

    def __init__(self, installations: Installations, api_url: str) -> None:
        self.installations = installations
        self._api_url = api_url
        self._known: dict[str, Workspace] = {}

    def of(self, team: str) -> Workspace:
        """Raises PostRefused; Unavailable where no key fits: a key can be put right, and nothing is lost meanwhile."""
        try:
            bot = self.installations.bot(team)
        except Unavailable:
            if team in self._known:  # a locked database must not make us mute
                return self._known[team]
            raise
        except WrongSetting as wrong:
            log.error("slack_key_wrong", team=team, why=wrong.reason)
            raise Unavailable(wording.WRONG_KEY) from wrong
        if bot is None:
            self._known.pop(team, None)
            raise PostRefused(NOT_INSTALLED)
        known = self._known.get(team)
        if known is None or known.token != bot.bot_token:
            known = self._known[team] = Workspace(bot.bot_token, self._api_url, _installation(bot, team))
        return known

    def all(self) -> list[Workspace]:
        return [self.of(team) for team in self.installations.teams()]

    def forget(self, team: str) -> None:
        """Unless Slack still takes the token: events come late, and the app may be installed again by now.

        Raises PostDelayed or PostUnknown where Slack does not say.
        """
        try:
            self.of(team).told()
        except PostRefused as refusal:
            if refusal.code in GONE:
                self.installations.remove(team)
                log.error("slack_uninstalled", team=team, code=refusal.code)
            return
        log.warning("slack_installation_kept", team=team)


def _installation(bot: Bot, team: str) -> Installation:
    return Installation(team, bot.bot_user_id, bot.bot_id, frozenset(bot.bot_scopes))
