"""Passwords: argon2id, and the same time for a login that does not exist."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consultation.errors import BadInput
from review import wording

SHORTEST, LONGEST = 12, 256

_HASHER = PasswordHasher()  # argon2-cffi's default: RFC 9106, low memory (64 MiB, 3 passes)


def hashed(password: str, again: str) -> str:
    """The hash of a new password. Raises BadInput: too short, too long, or not typed the same twice."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(wording.PASSWORD_LENGTH.format(shortest=SHORTEST, longest=LONGEST))
    if password != again:
        raise BadInput(wording.PASSWORD_DIFFERS)
    return _HASHER.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one; None (no such login) is never right and takes as long."""
    nobodys = _nobody()  # for every login: the first time it takes as long again, which must not tell who exists
    try:
        return _HASHER.verify(password_hash or nobodys, password[:LONGEST]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A start need not wait for it."""
    return _HASHER.hash("nobody signs in with this")
