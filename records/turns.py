"""Turns at SQLite's one lock for writers: taken one after the other in a process, and waited for only so long.

SQLite itself only tries again and again: among a dozen threads one may try in vain for seconds.
"""

import threading
import time

from sqlalchemy import Connection, Engine, event

from consultation.errors import Unavailable

BUSY_TIMEOUT_MS = 2_000  # below Slack's 3 s: a locked database must end in no ack, not in a late one
HELD = "holds_turn"


class Turns:
    """The turns at one database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def keep(self, engine: Engine) -> None:
        """Have every transaction of the engine that may write begin with a turn, and end it."""
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._end)
        event.listen(engine, "rollback", self._end)

    def _begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get("reading", False):
            _begin_within(connection, "BEGIN", BUSY_TIMEOUT_MS)
            return
        deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
        if not self._lock.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise Unavailable("other writers hold the log's database")
        connection.info[HELD] = True
        try:
            # IMMEDIATE: a writer that starts as a reader can meet a lock that no waiting resolves.
            _begin_within(connection, "BEGIN IMMEDIATE", round((deadline - time.monotonic()) * 1000))
        except BaseException:
            self._end(connection)
            raise

    def _end(self, connection: Connection) -> None:
        """Told before the commit itself: whoever is next waits for that in SQLite's own way."""
        if connection.info.pop(HELD, False):
            self._lock.release()


def _begin_within(connection: Connection, statement: str, timeout_ms: int) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={max(1, timeout_ms)}")
    connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
