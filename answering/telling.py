"""How what is being written is told before the outcome is known."""

from collections.abc import Callable

Tell = Callable[[str], None]
"""Takes each sentence that stands as soon as it is written. It must not raise, and not keep the writer waiting long."""


def silent(sentence: str) -> None:
    """Tells nobody."""
