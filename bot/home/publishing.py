"""Publishing Homes: beside whatever asked for it, one at a time for each person, so that the last one is the latest."""

import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import assert_never

import structlog
from slack_sdk.models.views import View

from bot.faults import attempted
from bot.home.consultant import consultant_blocks
from bot.home.pieces import home_view
from bot.home.reading import ConsultantHome, StaffHome, StrangersHome, home_of
from bot.home.staff import staff_blocks, stranger_blocks
from bot.links import Links
from bot.permalinks import Permalinks
from bot.workspace import Workspaces
from consultation.case import Consultant
from records.ledger import Ledger

log = structlog.get_logger()

ConsultantAt = Callable[[str, str], Consultant | None]
"""Who a person is, by workspace and user, if a consultant."""


class Homes:
    """Each person's Home, made from the log for that person alone."""

    def __init__(self, ledger: Ledger, consultant_at: ConsultantAt, workspaces: Workspaces, links: Links) -> None:
        self._ledger = ledger
        self._consultant_at = consultant_at
        self._workspaces = workspaces
        self._links = links
        self._permalinks = Permalinks(workspaces)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="slack-home")
        self._change = threading.Lock()
        self._waiting: dict[tuple[str, str], str] = {}
        self._one_at_a_time: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)

    def refresh_soon(self, team: str, user: str, note: str = "") -> None:
        """Publish it anew without keeping anybody waiting; what is asked for before that begins is one."""
        whose = team, user
        with self._change:
            is_asked_for = whose in self._waiting
            self._waiting[whose] = note or self._waiting.get(whose, "")
        if not is_asked_for:
            self._pool.submit(self._refresh, team, user).add_done_callback(_told)

    def view(self, team: str, user: str, note: str = "") -> View:
        """The Home as it is now."""
        me, link = self._consultant_at(team, user), self._permalinks.to
        home = self._ledger.read(home_of(me, team, user, datetime.now(UTC)))
        match home:
            case ConsultantHome():
                return home_view(consultant_blocks(home, self._links, link, note))
            case StaffHome():
                return home_view(staff_blocks(home, self._links, link, note))
            case StrangersHome():
                return home_view(stranger_blocks(home, note))
            case _:
                assert_never(home)

    def _refresh(self, team: str, user: str) -> None:
        with self._change:
            lock = self._one_at_a_time[team, user]
        with lock:
            with self._change:
                note = self._waiting.pop((team, user))
            view = self.view(team, user, note)
            attempted(lambda: self._workspaces.of(team).posting.views_publish(user_id=user, view=view))


def _told(done: Future[None]) -> None:
    """A bug is logged once; the next opening tries again."""
    if (fault := done.exception()) is not None:
        log.error("home_not_published", exc_info=fault)
