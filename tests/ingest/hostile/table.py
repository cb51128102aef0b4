"""The hostile files by family, how each ended, and the table of docs/hostile.md."""

from collections.abc import Iterator
from pathlib import Path

from consultation.errors import MaterialUnreadable
from ingest.isolation.host import IsolatedReader
from ingest.isolation.limits import Limits
from tests.ingest.hostile import mails, office, others
from tests.ingest.hostile.case import Case

CASES = (*office.CASES, *others.CASES, *mails.CASES)
FAMILIES = tuple(dict.fromkeys(case.family for case in CASES))
LIMITS = Limits(wall_s=10, cpu_s=8, memory_mb=1536, answer_mb=8)


def endings(family: str, folder: Path, reader: IsolatedReader) -> Iterator[tuple[Case, str | None, str]]:
    """Each case with the reason of its refusal, or None and the words that were read."""
    for case in CASES:
        if case.family != family:
            continue
        path = folder / case.file
        case.make(path)
        try:
            reading = reader.read(path)
        except MaterialUnreadable as no:
            yield case, no.reason, ""
        else:
            yield case, None, "\n".join(block.text for block in reading.blocks)


def row(family: str, reasons: list[str | None]) -> str:
    return f"| {family} | {len(reasons)} | {reasons.count(None)} | {len(reasons) - reasons.count(None)} |"
