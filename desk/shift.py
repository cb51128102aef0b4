"""Who is at work, so that closing can wait for them, and turn away who comes later."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Closed(BaseException):
    """Raised in a workflow after closing time; it goes on at the next launch.

    No Exception: DBOS would write that down as the workflow's outcome.
    """


class Shift:
    """The workflows at work in this process."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._at_work = 0
        self._over = False
        self.turned_away: set[str] = set()
        """Workflows that came or went on too late: DBOS takes them up at the next launch."""

    @contextmanager
    def at_work(self, workflow_id: str) -> Iterator[None]:
        """Count a workflow for the length of the block. Raises Closed after closing time."""
        with self._change:
            self._at_work += 1
        try:
            self.check()
            yield
        except Closed:
            self.turned_away.add(workflow_id)
            raise
        finally:
            with self._change:
                self._at_work -= 1
                self._change.notify_all()

    def check(self) -> None:
        """Between two steps: raises Closed after closing time."""
        if self._over:
            raise Closed

    def end(self) -> None:
        """Closing time: who is at work finishes, nobody begins."""
        self._over = True

    def wait(self, deadline: float) -> bool:
        """Until nobody is at work, or the moment `deadline` (time.monotonic) has come. Whether nobody is."""
        with self._change:
            return self._change.wait_for(lambda: self._at_work == 0, max(0.0, deadline - time.monotonic()))
