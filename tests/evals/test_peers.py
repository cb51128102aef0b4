"""docs/peers.md: every test that it names exists, and no Y of ours stands without one."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/peers.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def ours() -> list[str]:
    """Our cell of each row of the tables."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "Madoguchi |" not in line]
    return [row.rstrip("| ").rpartition(" | ")[2] for row in rows]


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(PAGE)

    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []
    assert len(named) > 30


def test_what_we_claim_names_its_test() -> None:
    assert [cell for cell in ours() if cell.startswith("Y") and not NAMED.search(cell)] == []
    assert all(cell[:1] in "YPN" for cell in ours())
