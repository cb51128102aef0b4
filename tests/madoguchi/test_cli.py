"""The command line is light: a command to a running desk does not load what only the desk needs."""

import subprocess
import sys

HEAVY = {"sqlalchemy", "dbos", "fastapi", "slack_bolt", "numpy", "chromadb", "langchain_core", "structlog"}


def test_a_command_loads_nothing_that_only_the_desk_needs() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, madoguchi.cli, madoguchi.reach; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert not HEAVY & set(found.stdout.split())
