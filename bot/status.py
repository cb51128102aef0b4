"""「調べています…」 while the desk works: best effort. Slack clears it when the answer is posted."""

from concurrent.futures import ThreadPoolExecutor

from bot import sessions, wording
from bot.faults import attempted
from bot.workspace import Workspaces
from consultation.inquiry import Place


class Status:
    """The status line of a thread."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="slack-status")

    def show_soon(self, place: Place) -> None:
        """Show it without keeping anybody waiting; in the agent pane with a stop button."""
        self._pool.submit(attempted, lambda: self._set(place))
        self._pool.submit(sessions.show, self._workspaces, place, sessions.Session.PROCESSING)

    def _set(self, place: Place) -> object:
        return self._workspaces.of(place.team).quick.assistant_threads_setStatus(
            channel_id=place.room,
            thread_ts=place.thread,
            status=wording.WORKING,
            loading_messages=list(wording.LOADING),
        )
