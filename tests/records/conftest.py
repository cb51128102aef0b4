"""The ledger of the contract tests: on SQLite and on PostgreSQL, the same tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.ledger import Ledger
from tests.records.databases import Postgres, postgres_server, sqlite_database, sqlite_template


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> str:
    """The URL of a fresh, migrated database."""
    if request.param == "sqlite":
        return sqlite_database(template, tmp_path)
    return request.getfixturevalue("postgres").emptied()


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    ledger = Ledger(url)
    yield ledger
    ledger.close()
