"""The ledger: the database and its units of work. One `write` is one transaction; nobody else commits.

Inside a DBOS transaction DBOS commits: there, the books are given the session that it hands out.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import Session, sessionmaker

from consultation.errors import Unavailable
from records.turns import BUSY_TIMEOUT_MS, Turns

__all__ = ["Ledger", "Session"]  # who writes down the type of a unit of work takes it from here

T = TypeVar("T")

POOL_SIZE = 10
POOL_OVERFLOW = 20
ATTEMPTS = 6


class Ledger:
    """Opens units of work on the log's database (SQLite or PostgreSQL)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    def write(self, deed: Callable[[Session], T]) -> T:
        """Run `deed` in one transaction and commit it; a lost race is run again. Raises Unavailable when locked out."""
        for attempt in range(ATTEMPTS):
            try:
                with self._sessions.begin() as session:
                    return deed(session)
            except IntegrityError:
                if attempt == ATTEMPTS - 1:
                    raise
                time.sleep(0.01 * 2**attempt)
            except (OperationalError, PoolExhausted) as error:
                raise Unavailable("the log's database does not take writes now") from error
        raise AssertionError("unreachable")

    def read(self, view: Callable[[Session], T]) -> T:
        """Run `view` in a transaction that changes nothing. Raises Unavailable when locked out."""
        try:
            with self._sessions() as session:
                session.connection(execution_options={"reading": True})
                return view(session)
        except (OperationalError, PoolExhausted) as error:
            raise Unavailable("the log's database does not answer now") from error

    def lend(self, use: Callable[[Engine], T], *, reading: bool = False) -> T:
        """Give the engine to a vendor's store, which commits by itself. Raises Unavailable when locked out."""
        try:
            return use(self.engine.execution_options(reading=reading))
        except (OperationalError, PoolExhausted) as error:
            raise Unavailable("the log's database does not answer now") from error

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    # hide_parameters: an error's text, which is logged, must not carry an asker's words.
    if not url.startswith("sqlite"):
        return _pooled(
            url,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 2, "options": f"-c lock_timeout={BUSY_TIMEOUT_MS}"},
        )
    engine = _pooled(url)
    event.listen(engine, "connect", _prepare)
    Turns().keep(engine)
    return engine


def _pooled(url: str, **options: Any) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=BUSY_TIMEOUT_MS / 1000,
        **options,
    )


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where Turns says so, not where the driver guesses
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")  # withdrawn words go from the file as well
