"""Links to messages in Slack: the workspace's address is asked once, the rest follows from channel and ts."""

import threading

from bot.faults import asked
from bot.workspace import Workspaces
from consultation.errors import MadoguchiError
from consultation.inquiry import Place


class Permalinks:
    """None for places where we are not installed, and while Slack does not say where a workspace is."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._lock = threading.Lock()
        self._bases: dict[str, str] = {}

    def to(self, place: Place) -> str | None:
        """The address of the message at a place, as chat.getPermalink would give it for one that begins a thread."""
        base = self._address(place.team) if place.thread else ""
        return f"{base}archives/{place.room}/p{place.thread.replace('.', '')}" if base else None

    def _address(self, team: str) -> str:
        with self._lock:
            if not self._bases.get(team):
                try:
                    said = asked(self._workspaces.of(team).quick.auth_test)
                except MadoguchiError:
                    return ""
                url, is_there = str(said.get("url") or ""), said.get("team_id") == team or not team
                is_address = is_there and url.startswith("https://") and url.endswith("/")
                self._bases[team] = url if is_address else ""
            return self._bases[team]
