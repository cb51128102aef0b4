"""Where the app is installed: slack_sdk's own stores on the log's database, with all that is secret sealed.

A workspace is known by its id alone: the organisation above it is left out, so that a delivery, which names a workspace
and nothing more, finds its token. Installations for a whole organisation are refused (org_deploy_enabled is off).
"""

from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime
from typing import Any

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, InstallationStore
from slack_sdk.oauth.installation_store import Installation as Installed
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.settings import SlackSettings
from consultation.errors import Unavailable
from desk.sealing import seal_from
from records.ledger import Ledger

SECRETS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")
STATE_S = 600  # how long installing may take


class Installations(InstallationStore):
    """slack_sdk's store, sealed. Raises Unavailable where the log's database does not answer."""

    def __init__(self, settings: SlackSettings, ledger: Ledger) -> None:
        """Raises WrongSetting where a key is wrong or missing; what an older key sealed is sealed with the first."""
        self._ledger = ledger
        client = settings.slack_client_id
        self._reading = ledger.lend(lambda engine: SQLAlchemyInstallationStore(client, engine), reading=True)
        self._writing = ledger.lend(lambda engine: SQLAlchemyInstallationStore(client, engine))
        self._seal = seal_from(settings.slack_key.get_secret_value(), settings.home, ledger)
        self._renew()

    def save(self, installation: Installed) -> None:
        """Keep an installation, as Bolt asks for it. Raises BoltError, which Bolt shows to who installs."""
        if installation.is_enterprise_install or not installation.team_id or not installation.bot_token:
            raise BoltError("not an installation in one workspace")
        sealed = self._sealed(installation)
        try:
            self._ledger.lend(lambda _: self._writing.save(sealed))
        except Unavailable as fault:
            raise BoltError(str(fault)) from fault

    def bot(self, team: str) -> Bot | None:
        """Our newest bot in the workspace. Raises WrongSetting where its token cannot be opened."""
        found = self._ledger.lend(lambda _: self._reading.find_bot(enterprise_id=None, team_id=team))
        if found is not None:
            found.bot_token = self._seal.opened(found.bot_token)
        return found

    def teams(self) -> list[str]:
        """Every workspace that the app is installed in."""
        return sorted({str(row["team_id"]) for row in self._rows(self._reading.bots)})

    def remove(self, team: str) -> None:
        """Let go of all that is kept of a workspace."""
        self._ledger.lend(lambda _: self._writing.delete_all(enterprise_id=None, team_id=team))

    def _sealed(self, installation: Installed) -> Installed:
        sealed = copy(installation)
        sealed.enterprise_id = sealed.enterprise_name = sealed.enterprise_url = None
        for name in SECRETS:
            secret = getattr(sealed, name)
            setattr(sealed, name, self._seal.closed(secret) if secret else secret)
        return sealed

    def _renew(self) -> None:
        """So that an old key may be thrown away after the next start."""
        for table in (self._writing.bots, self._writing.installations):
            for row in self._rows(table):
                standing = {name: row[name] for name in SECRETS if row.get(name)}
                renewed = {name: self._seal.renewed(sealed) for name, sealed in standing.items()}
                if renewed != standing:
                    self._replace(table, row["id"], renewed)

    def _replace(self, table: Any, row_id: int, renewed: dict[str, str]) -> None:
        def write(_: object) -> None:
            with self._writing.engine.begin() as connection:
                connection.execute(table.update().where(table.c.id == row_id).values(**renewed))

        self._ledger.lend(write)

    def _rows(self, table: Any) -> list[Mapping[str, Any]]:
        def read(_: object) -> list[Mapping[str, Any]]:
            with self._reading.engine.connect() as connection:
                mine = table.select().where(table.c.client_id == self._reading.client_id)
                return [dict(row) for row in connection.execute(mine).mappings()]

        return self._ledger.lend(read)


class States(OAuthStateStore):
    """slack_sdk's store of the states of installing, without those that are over: anybody may begin to install."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._store = ledger.lend(lambda engine: SQLAlchemyOAuthStateStore(STATE_S, engine))

    def issue(self, *_: object, **__: object) -> str:
        def write(_: object) -> str:
            states = self._store.oauth_states
            with self._store.engine.begin() as connection:
                connection.execute(states.delete().where(states.c.expire_at < datetime.now(UTC).replace(tzinfo=None)))
            return self._store.issue()

        return self._ledger.lend(write)

    def consume(self, state: str) -> bool:
        return self._ledger.lend(lambda _: self._store.consume(state))
