"""One hostile file: what it is, how it is made, and how it must end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """Ends in a refusal that says `refused`, or, where that is None, is read and says `says` and never `silent`."""

    family: str
    mechanism: str
    file: str
    make: Callable[[Path], object]
    refused: str | None = None
    says: str = ""
    silent: str = ""
