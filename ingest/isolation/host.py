"""The desk's side of the reading children: one nursery, asked one file at a time, made anew when it has ended."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.isolation.limits import Limits
from ingest.isolation.message import packed, reading_from, unpacked

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "PYTHONDONTWRITEBYTECODE")
_ROOT = str(Path(__file__).parents[2])
_ENDS_WITHIN_S = 5.0


class IsolatedReader:
    """Reads materials like `ingest.readers.read`, each in a confined process. Close it, or use it in a `with`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._nursery: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, path: Path) -> Reading:
        """The blocks of a material. Raises MaterialUnreadable, also where its reader took too much or died."""
        with self._lock:
            return reading_from(self._asked(path.absolute()))

    def close(self) -> None:
        """End the nursery; it ends by itself when this process does."""
        with self._lock:
            self._end()

    def __enter__(self) -> "IsolatedReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Of the nursery, while it stands."""
        return self._nursery.pid if self._nursery is not None else None

    def _asked(self, path: Path) -> dict[str, object]:
        wish = packed({"path": os.fsencode(path).hex(), "limits": asdict(self._limits)})
        stdin, stdout = self._streams()
        try:
            stdin.write(wish)
            stdin.flush()
            said = unpacked(stdout)
        except (OSError, ValueError):
            said = None
        if said is None:
            self._end()
            raise MaterialUnreadable(wording.READER_ENDED)
        return said

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._nursery is None or self._nursery.poll() is not None:
            self._end()
            self._nursery = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.isolation.nursery"],
                env=_clean(os.environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the desk, which then closes us
            )
        stdin, stdout = self._nursery.stdin, self._nursery.stdout
        if stdin is None or stdout is None:
            raise MaterialUnreadable(wording.READER_ENDED)
        return stdin, stdout

    def _end(self) -> None:
        nursery, self._nursery = self._nursery, None
        if nursery is None:
            return
        for stream in (nursery.stdin, nursery.stdout):
            if stream is not None:
                stream.close()
        try:
            nursery.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            nursery.kill()
            nursery.wait()


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    """What a parser may know of us: where programs and languages are, and no token, no address, no home."""
    kept = {name: environment[name] for name in _KEPT if name in environment}
    return kept | {"PYTHONPATH": _ROOT, "PYTHONUTF8": "1"}
