"""The message that a consultation from a modal begins with: ours, with the question quoted, so that there is a thread.

It has to stand before the question is accepted, for its ts is the consultation's place. What is sent twice, or sent
again after an unknown result or a restart, finds it by the modal's id. Why so: docs/decisions/0030.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import Block

from bot.faults import asked
from bot.workspace import Workspaces

ROOT = "madoguchi_question"  # marks what could be taken for the draft of an answer (bot/post.py)
REMEMBERED = 1_000
LOOK_BACK_S = 900.0  # a modal is not open for longer
PAGE = 100


@dataclass(frozen=True, slots=True)
class RootPost:
    """What is to stand: `room` a channel or a user, `thread` empty for a message of its own."""

    view: str
    team: str
    room: str
    thread: str
    text: str
    blocks: Sequence[Block]
    username: str
    opened_by: str
    """Which process opened the modal."""


@dataclass(slots=True)
class _Try:
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_attempted: bool = False
    stands: tuple[str, str] | None = None


class Roots:
    """Posts roots, each once."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, _Try] = OrderedDict()
        self.token = secrets.token_hex(4)
        """This process: modals that it opened were not sent off to another."""

    def stand(self, post: RootPost) -> tuple[str, str]:
        """Channel and ts of the message. Raises what faults.asked does; then it is not known whether it stands."""
        known = self._try_of(post.view)
        with known.lock:
            if known.stands is None and (known.is_attempted or post.opened_by != self.token):
                known.stands = self._found(post)
            if known.stands is None:
                known.is_attempted = True
                known.stands = self._posted(post)
            return known.stands

    def _try_of(self, view: str) -> _Try:
        with self._lock:
            found = self._tries.setdefault(view, _Try())
            self._tries.move_to_end(view)
            while len(self._tries) > REMEMBERED:
                self._tries.popitem(last=False)
            return found

    def _posted(self, post: RootPost) -> tuple[str, str]:
        client = self._workspaces.of(post.team).quick
        answer = asked(
            lambda: client.chat_postMessage(
                channel=post.room,
                thread_ts=post.thread or None,
                text=post.text,
                blocks=list(post.blocks),
                username=post.username,
                metadata=_mark(post.view),
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return str(answer["channel"]), str(answer["ts"])

    def _found(self, post: RootPost) -> tuple[str, str] | None:
        """Where it stands already. A direct message by the user's id cannot be looked up without a further scope."""
        if post.room.startswith(("U", "W")):
            return None
        client = self._workspaces.of(post.team).quick
        page: dict[str, Any] = {"channel": post.room, "include_all_metadata": True, "limit": PAGE}
        if post.thread:
            found = asked(lambda: client.conversations_replies(ts=post.thread, **page))
        else:
            oldest = f"{time.time() - LOOK_BACK_S:.6f}"
            found = asked(lambda: client.conversations_history(oldest=oldest, **page))
        wanted, messages = _mark(post.view), list(found.get("messages") or [])
        return next(((post.room, str(said["ts"])) for said in messages if said.get("metadata") == wanted), None)


def _mark(view: str) -> dict[str, Any]:
    return {"event_type": ROOT, "event_payload": {"view": view}}
