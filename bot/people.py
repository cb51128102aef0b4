"""The names that people have in Slack: best effort, remembered for a while, never worth a late ack."""

import threading
import time
from collections import OrderedDict
from typing import Any

from slack_sdk import WebClient

from bot.faults import asked
from consultation.errors import MadoguchiError

KEEP_S = 3600.0
MOST = 2_000


class People:
    """Names by user id."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def name(self, user: str) -> str:
        """The name to show; the id where Slack does not say in time."""
        with self._lock:
            known = self._known.get(user)
        if known is not None and time.monotonic() - known[1] < KEEP_S:
            return known[0]
        try:
            name = _shown(asked(lambda: self._client.users_info(user=user)).get("user") or {})
        except MadoguchiError:
            return known[0] if known else user
        self._keep(user, name or user)
        return name or user

    def _keep(self, user: str, name: str) -> None:
        with self._lock:
            self._known[user] = (name, time.monotonic())
            self._known.move_to_end(user)
            while len(self._known) > MOST:
                self._known.popitem(last=False)


def _shown(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    found = next((name for name in names if isinstance(name, str) and name.strip()), "")
    return found.encode("utf-8", "replace").decode()  # half a character is no name, and no database takes it
