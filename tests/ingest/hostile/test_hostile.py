"""Every hostile file is read or refused by its reason, in time, and whoever asked goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import wording
from ingest.isolation.host import IsolatedReader
from tests.ingest.hostile.case import Case
from tests.ingest.hostile.table import FAMILIES, LIMITS, endings, row

COUNTED = (Path(__file__).parents[3] / "docs/hostile.md").read_text(encoding="utf-8").splitlines()
TAKEN_TOO_MUCH = {wording.TOO_SLOW, wording.TOO_MUCH_TEXT, wording.READER_ENDED}  # the reader should have refused first


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader(LIMITS) as isolated:
        yield isolated


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_files_end_as_they_must(tmp_path: Path, reader: IsolatedReader, family: str) -> None:
    ended = list(endings(family, tmp_path, reader))

    assert [wrong for case, reason, words in ended if (wrong := _wrong(case, reason, words))] == []
    assert row(family, [reason for _, reason, _ in ended]) in COUNTED
    assert _still_reads(tmp_path, reader)


def _wrong(case: Case, reason: str | None, words: str) -> str:
    """What is wrong with an ending; nothing if all is well."""
    must_refuse, must_say = case.refused is not None, bool(case.says)
    right = (
        (not must_refuse or (case.refused or "") in (reason or ""))
        and (not must_say or case.says in words)
        and (not case.silent or case.silent not in words)
        and reason not in TAKEN_TOO_MUCH
    )
    return "" if right else f"{case.family} {case.mechanism}: {reason or words[:80]}"


def _still_reads(folder: Path, reader: IsolatedReader) -> bool:
    good = folder / "良.txt"
    good.write_text("良い文です。", encoding="utf-8")
    return [block.text for block in reader.read(good).blocks] == ["良い文です。"]
