"""The door to Slack, as the composition root uses it: built, started, stopped, and asked whether it is well."""

import threading
from typing import Protocol

import structlog
from slack_bolt import App

from bot.app import bolt_app
from bot.deadline import Deadline
from bot.http_mode import HttpMode
from bot.inside import Inside
from bot.oauth import Installing
from bot.opening import workspaces_from
from bot.settings import SlackMode, SlackSettings
from bot.socket_mode import SocketMode
from bot.workspace import Workspaces
from consultation.errors import MadoguchiError, Unavailable, WrongSetting
from desk.desk import Desk
from records.ledger import Ledger

log = structlog.get_logger()

RETRY_S = 3.0


class Receiving(Protocol):
    """One way of hearing from Slack."""

    def start(self) -> None:
        """Begin to receive."""

    def stop(self) -> None:
        """Receive no more; what was taken is done."""

    @property
    def is_healthy(self) -> bool:
        """Whether something sent now would arrive."""


class SlackDoor:
    """Everything that comes in from Slack."""

    def __init__(self, settings: SlackSettings, desk: Desk, ledger: Ledger) -> None:
        self._settings = settings
        self._inside = Inside(desk, ledger, settings.largest_file)
        self._deadline = Deadline()
        self._receiving: Receiving | None = None
        self._stopping = threading.Event()
        self._opener = threading.Thread(target=self._open_later, name="slack-open", daemon=True)

    def start(self) -> None:
        """Begin to receive; where Slack is away, as soon as it is back. Raises WrongSetting for unknown tokens."""
        try:
            self._open()
        except Unavailable as fault:
            log.warning("slack_away", why=str(fault))
            self._opener.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._opener.is_alive():
            self._opener.join()
        if self._receiving is not None:
            self._receiving.stop()
        self._deadline.close()

    @property
    def is_healthy(self) -> bool:
        return self._receiving is not None and self._receiving.is_healthy

    def _open(self) -> None:
        workspaces = workspaces_from(self._settings, self._inside.ledger)
        app = bolt_app(self._settings, workspaces, self._inside, self._deadline)
        receiving = self._way(app, workspaces)
        try:
            receiving.start()
        except MadoguchiError:
            receiving.stop()
            raise
        self._receiving = receiving

    def _way(self, app: App, workspaces: Workspaces) -> Receiving:
        if self._settings.slack_mode is SlackMode.SOCKET:
            return SocketMode(app, self._settings, workspaces.of(""))
        if self._settings.is_installed_by_oauth:
            return HttpMode(app, self._settings, Installing(self._settings, self._inside.ledger))
        return HttpMode(app, self._settings)

    def _open_later(self) -> None:
        while not self._stopping.wait(RETRY_S):
            try:
                self._open()
            except Unavailable as fault:
                log.warning("slack_away", why=str(fault))
            except WrongSetting as wrong:
                log.error("slack_not_opened", why=wrong.reason)
                return
            else:
                return
