"""`python -m ingest.isolation.nursery`: loads the parsers once, then forks a confined child for every file asked for.

Asked and answered over stdin and stdout; ends when the desk does. It has one thread, so that forking is safe.
"""

import contextlib
import logging
import os
import select
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.isolation.limits import Limits, confine
from ingest.isolation.message import HEADER, packed, told, unpacked
from ingest.readers import read

CHUNK = 1 << 16
_MB = 1024 * 1024


def main() -> None:
    """Serve until stdin ends."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)  # what a parser prints must not fall between the messages
    os.dup2(silence, 2)
    logging.disable(logging.CRITICAL)
    _warm()
    while (wish := unpacked(asked)) is not None:
        limits = Limits(**wish["limits"])
        answers.write(_answer(Path(os.fsdecode(bytes.fromhex(wish["path"]))), limits))
        answers.flush()


def _warm() -> None:
    """Parsers import half of themselves with their first file."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "warm.html"
        page.write_text("<html><body><p>暖</p></body></html>", encoding="utf-8")
        read(page)


def _answer(path: Path, limits: Limits) -> bytes:
    """The framed answer of a child of its own, or the reason why there is none."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-") as folder:
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            _work(path, limits, Path(folder), theirs)
        os.close(theirs)
        try:
            return _heard(ours, child, limits)
        finally:
            os.close(ours)


def _work(path: Path, limits: Limits, folder: Path, answer: int) -> None:
    """In the child; never returns."""
    status = 1
    try:
        os.setsid()  # so that all it starts can be killed with it
        os.chdir(folder)
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        confine(limits)
        with os.fdopen(answer, "wb") as out:
            _tell(path, out)
        status = 0
    finally:
        os._exit(status)


def _tell(path: Path, out: IO[bytes]) -> None:
    try:
        said = told(_read(path))
    except MaterialUnreadable as no:
        said = {"reason": no.reason}
    out.write(packed(said))


def _read(path: Path) -> Reading:
    """A reader that runs out of memory says so, though its reader took it for a broken file."""
    try:
        return read(path)
    except MemoryError as error:
        raise MaterialUnreadable(wording.TOO_MUCH_MEMORY) from error
    except MaterialUnreadable as no:
        if isinstance(no.__cause__, MemoryError):
            raise MaterialUnreadable(wording.TOO_MUCH_MEMORY) from no
        raise


def _heard(answer: int, child: int, limits: Limits) -> bytes:
    """What the child says until it ends, its time is over, or it says too much."""
    deadline, heard, over = time.monotonic() + limits.wall_s, bytearray(), ""
    while not over:
        ready, _, _ = select.select([answer], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            over = wording.TOO_SLOW
            break
        if not (part := os.read(answer, CHUNK)):
            break
        heard += part
        if len(heard) > limits.answer_mb * _MB:
            over = wording.TOO_MUCH_TEXT
    ended_by = _ended(child, kill=bool(over))
    if over:
        return packed({"reason": over})
    if len(heard) < HEADER.size or len(heard) != HEADER.size + HEADER.unpack(heard[: HEADER.size])[0]:
        return packed({"reason": wording.TOO_SLOW if ended_by == signal.SIGXCPU else wording.READER_ENDED})
    return bytes(heard)


def _ended(child: int, *, kill: bool) -> int:
    """The signal that ended the child, 0 for none; its whole group goes with it."""
    if kill:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


if __name__ == "__main__":
    main()
