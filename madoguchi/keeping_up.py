"""The knowledge follows what was approved or retired: beside the deed, once for however many ask meanwhile."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

log = structlog.get_logger()


class KeepingUp:
    """A refresh in a thread of its own. One that is lost with the process is made by the next start."""

    def __init__(self, refresh: Callable[[], object]) -> None:
        self._refresh = refresh
        self._thread = ThreadPoolExecutor(1, "keeping-up")
        self._is_owed = threading.Event()

    def soon(self) -> None:
        """Have it follow; one that has not begun yet will see this as well."""
        if not self._is_owed.is_set():
            self._is_owed.set()
            self._thread.submit(self._follow)

    def close(self) -> None:
        """Let the refresh that runs come to its end."""
        self._thread.shutdown(cancel_futures=True)

    def _follow(self) -> None:
        self._is_owed.clear()
        try:
            self._refresh()
        except Exception as fault:
            log.error("keeping_up_failed", fault=type(fault).__name__, exc_info=fault)
