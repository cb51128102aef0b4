"""What one file may take: memory, processor time, open files, bytes written. Set in the child before it opens it."""

import os
import resource
import sys
from dataclasses import dataclass

_MB = 1024 * 1024
ALLOWED_PROGRAMS = frozenset({"tesseract"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file. `wall_s` is watched from outside, the rest by the kernel."""

    wall_s: float = 120.0
    cpu_s: int = 90
    memory_mb: int = 3072  # address space: the parsers' libraries alone reserve some hundred
    written_mb: int = 64
    open_files: int = 128
    answer_mb: int = 64


def confine(limits: Limits) -> None:
    """Bind this process to the limits for good, and shut it off from the network and from other programs."""
    _limit(resource.RLIMIT_CPU, limits.cpu_s)
    _limit(resource.RLIMIT_AS, limits.memory_mb * _MB)
    _limit(resource.RLIMIT_FSIZE, limits.written_mb * _MB)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bound, bound))


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """A document has no business with the network, nor with programs other than those a reader needs."""
    if event in {"socket.connect", "socket.getaddrinfo", "os.system", "os.exec", "os.posix_spawn"}:
        raise PermissionError(f"{event} is not for a reader")
    if event == "subprocess.Popen" and os.path.basename(str(args[0])) not in ALLOWED_PROGRAMS:
        raise PermissionError("a reader starts no program")
