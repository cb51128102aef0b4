"""One desk a module: most tests need a room of their own only, and an engine takes seconds to open and close."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.bench import Bench, open_bench
from tests.records.databases import Postgres, postgres_server, sqlite_database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("home")
    with open_bench(sqlite_database(home), home) as opened:
        yield opened


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A log of the test's own, for who opens and closes desks himself."""
    return sqlite_database(tmp_path)


@pytest.fixture
def room(request: pytest.FixtureRequest) -> str:
    """A Slack channel of the test's own."""
    return f"C:{request.node.name}"
