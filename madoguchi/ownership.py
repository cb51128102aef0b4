"""One process owns the stores of a home: a lock, and beside it where the owner can be reached over loopback."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consultation.errors import StoreBusy, WrongSetting

LOCK, DOOR = "owner.lock", "control.json"


@dataclass(frozen=True, slots=True)
class Door:
    """Where a running desk takes commands, and the token that opens."""

    address: str
    token: str


def made(home: Path) -> None:
    """Make the folder of all state. Raises WrongSetting where that is not allowed."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"MADOGUCHI_HOME のフォルダ「{home}」を作れません（{error.strerror}）。") from None


@contextmanager
def owned(home: Path) -> Iterator[None]:
    """Own the home for the length of the block. Raises StoreBusy where another process does."""
    made(home)
    with (home / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusy(
                f"「{home}」は別のプロセスが使用中です。動いている窓口を止めるか、MADOGUCHI_HOME を変えてください。"
            ) from None
        yield


@contextmanager
def opened_door(home: Path, door: Door) -> Iterator[None]:
    """Let commands find the running desk for the length of the block; only its own user can read the token."""
    path = home / DOOR
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"address": door.address, "token": door.token}, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def door_of(home: Path) -> Door | None:
    """The door of the desk that runs on this home, if one does."""
    try:
        with (home / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return None  # nobody holds it: what is written there is left over from a kill
    except FileNotFoundError:
        return None
    except BlockingIOError:
        pass
    try:
        said = json.loads((home / DOOR).read_text())
        return Door(said["address"], said["token"])
    except (OSError, ValueError, KeyError):
        return None  # it owns the home, but has no door (yet): whoever opens the stores is told so
