"""A bound on the time that a stream may take in all: a read's timeout does not stop who drips."""

import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class _End(Generic[T]):
    """The end of a stream, with what it failed by."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def within(seconds: float, stream: Callable[[], Iterator[T]]) -> Iterator[T]:
    """The items of `stream()` as they come. Raises TimeoutError when `seconds` are over, and what the stream raises.

    A stream that does not answer is left behind in its daemon thread, which ends with its next item or timeout.
    """
    deadline = time.monotonic() + seconds
    items: SimpleQueue[T | _End[T]] = SimpleQueue()
    is_left = threading.Event()

    def run() -> None:
        try:
            for item in stream():
                if is_left.is_set():
                    return
                items.put(item)
            items.put(_End())
        except BaseException as error:  # noqa: BLE001  carried over to the thread that waits
            items.put(_End(error))

    threading.Thread(target=copy_context().run, args=(run,), name="language-model", daemon=True).start()
    try:
        while True:
            try:
                item = items.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise TimeoutError(f"no end within {seconds} s") from None
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        is_left.set()
