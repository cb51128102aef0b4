"""A bound on what Slack waits for: work that is not done in time ends in no ack, and Slack sends again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Overdue
from typing import TypeVar

from consultation.errors import Unavailable

T = TypeVar("T")

LIMIT_S = 2.5  # Slack waits 3 s for the ack: docs.slack.dev/apis/events-api
WORKERS = 16


class Deadline:
    """Runs work on threads of its own. What was late may still be done: all that is accepted is accepted once."""

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="slack")

    def run(self, work: Callable[[], T]) -> T:
        """What the work returns or raises. Raises Unavailable when the time is over."""
        future = self._pool.submit(work)
        try:
            return future.result(self._limit_s)
        except Overdue:
            if future.done():
                raise  # the work's own
            future.cancel()
            raise Unavailable("not done in time") from None

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
