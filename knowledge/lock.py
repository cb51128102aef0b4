"""One process owns an index: Chroma does not see what another process writes (0 of 50 rows found when it was tried)."""

import fcntl
from pathlib import Path
from typing import IO

from consultation.errors import StoreBusy
from knowledge.wording import index_busy

LOCK = "owner.lock"


class DirectoryLock:
    """Held from construction to `release`; the kernel frees it when the process dies, kill -9 included."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = (directory / LOCK).open("w", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            self._file.close()
            raise StoreBusy(index_busy(directory)) from busy

    def release(self) -> None:
        self._file.close()
