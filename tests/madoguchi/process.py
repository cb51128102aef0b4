"""Commands and running desks as a user would start them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_S = 90


def command(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`madoguchi words…` as a user would run it."""
    return subprocess.run(
        [sys.executable, "-m", "madoguchi", *words],
        env=environment(home) | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MADOGUCHI_", "SLACK_"))}
    return kept | {"MADOGUCHI_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def started(home: Path, *words: str) -> tuple[subprocess.Popen[str], str]:
    """A running desk and its address, as it prints it."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "madoguchi", "run", "--port", "0", *words],
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert desk.stdout is not None
    line = desk.stdout.readline()
    assert "http://127.0.0.1:" in line
    return desk, line.split()[-1]
