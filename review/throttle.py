"""Slowing down who guesses passwords: failures counted per login and per client address, in memory."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

WINDOW_S = 15 * 60
PER_LOGIN, PER_ADDRESS = 8, 40  # an office behind one address shares the second
MOST_KEYS = 10_000


class Throttle:
    """Counts failures within the window; `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def is_shut(self, login: str, address: str) -> bool:
        """Whether this login or this address has to wait."""
        with self._lock:
            return self._count(("login", login)) >= PER_LOGIN or self._count(("address", address)) >= PER_ADDRESS

    def failed(self, login: str, address: str) -> None:
        with self._lock:
            if len(self._failures) > MOST_KEYS:
                self._sweep()
            for key in (("login", login), ("address", address)):
                self._failures[key].append(self._clock())

    def succeeded(self, login: str) -> None:
        with self._lock:
            self._failures.pop(("login", login), None)

    def _count(self, key: tuple[str, str]) -> int:
        failures = self._failures.get(key)
        if failures is None:
            return 0
        while failures and failures[0] < self._clock() - WINDOW_S:
            failures.popleft()
        return len(failures)

    def _sweep(self) -> None:
        for key in [key for key in self._failures if not self._count(key)]:
            del self._failures[key]
