"""How what is being written is told before the outcome is known."""

from collections.abc import Callable

Tell = Callable[[str], None]
"""Takes each sentence that stands as soon as it is written. It keeps the writer waiting no longer than a moment.

It raises nothing but Stopped.
"""


class Stopped(Exception):
    """Nobody wants any more what is being written."""


def silent(sentence: str) -> None:
    """Tells nobody."""
