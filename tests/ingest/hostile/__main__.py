"""`python -m tests.ingest.hostile > docs/hostile.md`: reads every hostile file and counts the endings."""

import tempfile
from pathlib import Path

from ingest.isolation.host import IsolatedReader
from tests.ingest.hostile.table import CASES, FAMILIES, LIMITS, endings, row

_HEAD = """# Hostile files

Made by `tests/ingest/hostile/`, each read in a confined process and held by the suite: it is read, or refused by name
and reason in time, and whoever asked goes on. `python -m tests.ingest.hostile > docs/hostile.md` counts anew.

Text is read as data: an order to a machine comes out as an ordinary passage. What nobody sees stays out: hidden sheets,
slides and letters, letters white on white or too small, comments and scripts; how many letters that were is said.

| Family | Cases | Read | Refused |
|---|---:|---:|---:|"""


def main() -> None:
    print(_HEAD)
    every: list[str | None] = []
    with IsolatedReader(LIMITS) as reader, tempfile.TemporaryDirectory() as folder:
        for family in FAMILIES:
            reasons = [reason for _, reason, _ in endings(family, Path(folder), reader)]
            print(row(family, reasons))
            every += reasons
    assert len(every) == len(CASES)
    print(row("計", every))


if __name__ == "__main__":
    main()
