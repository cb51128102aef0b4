"""The ledger of the contract tests: on SQLite and on PostgreSQL, the same tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.ledger import Ledger
from tests.records.databases import Postgres, postgres_server, sqlite_database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh, migrated database."""
    if request.param == "sqlite":
        return sqlite_database(tmp_path)
    return request.getfixturevalue("postgres").emptied()


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    ledger = Ledger(url)
    yield ledger
    ledger.close()
