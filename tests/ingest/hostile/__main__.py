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

_TAIL = """
## Files in messages

Files that people send each other in Slack and on the web are looked at and passed on, never read (`desk/contents.py`,
`bot/fetching.py`; docs/decisions/0029, 0034). Held by `tests/desk/test_contents.py`,
`tests/consultation/test_attachment.py`, `tests/bot/test_fetching.py`, `tests/bot/test_files.py` and
`tests/review/test_files.py`:

- announced as a gigabyte; announced small and large, or large and small; cut off on the way
- programs, scripts, pages and archives by name (`.pdf.exe`, full width, trailing dots, unseen and right-to-left
  letters) and by bytes under a harmless name
- office files with macros, locked ones, other packages under an office name, a list of parts that would fill the memory
- addresses on other hosts, other ports, other schemes, with another host behind `@`; redirections
- links to other services, deleted files, files of which a shared channel says nothing
- names with folders, line ends, mentions and residents in them"""


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
    print(_TAIL)


if __name__ == "__main__":
    main()
