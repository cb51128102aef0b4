"""What may go wrong with a call of the Web API, and the book that says when."""

import asyncio
import threading
from dataclasses import dataclass, field


@dataclass
class Gate:
    """Holds a call at a chosen point, so that a test can kill the caller exactly there."""

    _reached: threading.Event = field(default_factory=threading.Event)
    _opened: threading.Event = field(default_factory=threading.Event)

    async def hold(self) -> None:
        """The server's side: say that a call is here, and wait for the test."""
        self._reached.set()
        while not self._opened.is_set():
            await asyncio.sleep(0.01)

    def reached(self, timeout_s: float = 20.0) -> bool:
        """Wait until a call stands at the gate."""
        return self._reached.wait(timeout_s)

    def release(self) -> None:
        self._opened.set()


@dataclass(frozen=True)
class Fault:
    """One way for a call to fail. `applied` says whether Slack did the deed all the same."""

    status: int = 200
    body: str | None = None
    content_type: str = "application/json"
    retry_after: int | None = None
    error: str | None = None
    applied: bool = False
    reset: bool = False
    delay_s: float = 0.0
    gate: Gate | None = None

    @classmethod
    def rate_limited(cls, retry_after: int = 1) -> "Fault":
        return cls(status=429, error="ratelimited", retry_after=retry_after)

    @classmethod
    def server_error(cls, applied: bool = False) -> "Fault":
        return cls(status=500, body="internal error", content_type="text/plain", applied=applied)

    @classmethod
    def unavailable_html(cls) -> "Fault":
        return cls(status=503, body="<html><body>Service Unavailable</body></html>", content_type="text/html")

    @classmethod
    def broken_json(cls, applied: bool = True) -> "Fault":
        return cls(body='{"ok": true, "ts": "17', applied=applied)

    @classmethod
    def reset_before(cls) -> "Fault":
        """The connection is reset, and nothing was done."""
        return cls(reset=True)

    @classmethod
    def reset_after(cls) -> "Fault":
        """The connection is reset, but the deed is done."""
        return cls(reset=True, applied=True)

    @classmethod
    def timed_out(cls, delay_s: float, applied: bool) -> "Fault":
        """Silence for `delay_s`, then the connection ends without an answer."""
        return cls(reset=True, applied=applied, delay_s=delay_s)

    @classmethod
    def slow(cls, delay_s: float) -> "Fault":
        """Done at once, answered late."""
        return cls(applied=True, delay_s=delay_s)

    @classmethod
    def refused(cls, error: str, applied: bool = False) -> "Fault":
        """ok:false of the caller's choice; with `applied` it is a lie."""
        return cls(error=error, applied=applied)


@dataclass
class _Planned:
    fault: Fault
    times: int
    after: int


class FaultBook:
    """The planned faults per method, each used up by the calls it strikes."""

    def __init__(self) -> None:
        self._planned: dict[str, list[_Planned]] = {}
        self._lock = threading.Lock()

    def plan(self, method: str, fault: Fault, times: int = 1, after: int = 0) -> None:
        """Strike `times` calls of the method, the first `after` of them spared."""
        with self._lock:
            self._planned.setdefault(method, []).append(_Planned(fault, times, after))

    def take(self, method: str) -> Fault | None:
        with self._lock:
            for planned in self._planned.get(method, []):
                if planned.after > 0:
                    planned.after -= 1
                    return None
                if planned.times > 0:
                    planned.times -= 1
                    return planned.fault
            return None

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()
