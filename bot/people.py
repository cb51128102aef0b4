"""The names that people have in Slack: best effort, remembered for a while, never worth a late ack."""

import threading
import time
from collections import OrderedDict
from typing import Any

from bot.faults import asked
from bot.workspace import Workspaces
from consultation.errors import MadoguchiError

KEEP_S = 3600.0
MOST = 2_000


class People:
    """Names by workspace and user id."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], tuple[str, float]] = OrderedDict()

    def name(self, team: str, user: str) -> str:
        """The name to show; the id where Slack does not say in time."""
        with self._lock:
            known = self._known.get((team, user))
        if known is not None and time.monotonic() - known[1] < KEEP_S:
            return known[0]
        try:
            name = _shown(asked(lambda: self._workspaces.of(team).names.users_info(user=user)).get("user") or {})
        except MadoguchiError:
            return known[0] if known else user
        self._keep((team, user), name or user)
        return name or user

    def _keep(self, who: tuple[str, str], name: str) -> None:
        with self._lock:
            self._known[who] = (name, time.monotonic())
            self._known.move_to_end(who)
            while len(self._known) > MOST:
                self._known.popitem(last=False)


def _shown(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    found = next((name for name in names if isinstance(name, str) and name.strip()), "")
    return found.encode("utf-8", "replace").decode()  # half a character is no name, and no database takes it
