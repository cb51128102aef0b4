"""Slack's page of consent, and people who say yes there: the app is installed in their workspace."""

import time
from urllib.parse import parse_qs, urlencode, urlsplit

from .wiring import Wiring
from .world import Consent, Team

AUTHORIZE = "/oauth/v2/authorize"


class Installing(Wiring):
    """Workspaces that do not have the app yet."""

    def bare_workspace(self, team: str, name: str = "") -> Team:
        """A workspace in which the app is not installed; the bot's user comes with the installation."""
        made = self.workspace(team, name)
        with self.world.change():
            made.revoked = True
        return made

    def oauth_environ(self) -> dict[str, str]:
        """The environment that points a bot at this twin, to be installed by OAuth."""
        kept = ("SLACK_API_URL", "SLACK_SIGNING_SECRET")
        return {name: value for name, value in self.environ().items() if name in kept} | {
            "MADOGUCHI_SLACK_CLIENT_ID": self.client[0],
            "MADOGUCHI_SLACK_CLIENT_SECRET": self.client[1],
        }

    def consent(self, address: str, team: str, user: str) -> str:
        """A person opens Slack's page and allows. The query with which Slack sends them back to the app.

        Raises ValueError where Slack would show an error instead.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if not address.startswith(self.url + AUTHORIZE) or asked.get("client_id") != self.client[0]:
            raise ValueError("invalid_client_id")
        scopes = asked.get("scope", "")
        if not scopes or not set(scopes.split(",")) <= self._api.scopes:
            raise ValueError("invalid_scope")
        with self.world.change():
            code = self.world.fresh("code-")
            self.world.consents[code] = Consent(team, user, scopes, time.time())
        return urlencode({"code": code, "state": asked.get("state", "")})
