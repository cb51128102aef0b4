"""Links to messages in Slack: the workspace's address is asked once, the rest follows from channel and ts."""

import threading

from slack_sdk import WebClient

from bot.faults import asked
from consultation.errors import MadoguchiError
from consultation.inquiry import Place


class Permalinks:
    """Of one workspace; None for another's places, and while Slack does not say where it is."""

    def __init__(self, client: WebClient, team: str) -> None:
        self._client = client
        self._team = team
        self._lock = threading.Lock()
        self._base = ""

    def to(self, place: Place) -> str | None:
        """The address of the message at a place, as chat.getPermalink would give it for one that begins a thread."""
        base = self._address() if place.team in {"", self._team} and place.thread else ""
        return f"{base}archives/{place.room}/p{place.thread.replace('.', '')}" if base else None

    def _address(self) -> str:
        with self._lock:
            if not self._base:
                try:
                    said = str(asked(self._client.auth_test).get("url") or "")
                except MadoguchiError:
                    return ""
                self._base = said if said.startswith("https://") and said.endswith("/") else ""
            return self._base
