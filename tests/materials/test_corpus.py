"""The catalogue, the files and their sources say the same."""

import csv
from collections.abc import Sequence
from datetime import date

import pytest

from materials.build.catalogue import KINDS, SOURCE_KINDS, as_csv
from materials.build.corpus import files_from, page_from
from materials.build.source import Source
from tests.materials.conftest import MATERIALS

MAX_CORPUS_MIB = 5


def rows() -> list[dict[str, str]]:
    with (MATERIALS / "catalogue.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_file_is_in_the_catalogue_and_every_row_has_its_file() -> None:
    files = {path.relative_to(MATERIALS / "files").as_posix() for path in (MATERIALS / "files").rglob("*.*")}

    assert files == {row["file"] for row in rows()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_each_row_says_what_kind_it_is_from_when_and_whence(row: dict[str, str]) -> None:
    assert row["title"]
    assert row["source"]
    assert row["kind"] in KINDS
    assert row["source_kind"] in SOURCE_KINDS
    assert row["visible_to"] == "all"
    assert date.fromisoformat(row["valid_from"]) <= date.fromisoformat(row["valid_until"] or "9999-12-31")
    assert row["as_of"] or row["file"].startswith("best-practice/bp")  # whose source tells no date
    assert date.fromisoformat(row["as_of"] or "2000-01-01") <= date(2026, 11, 30)


def test_what_is_superseded_is_catalogued_and_has_expired() -> None:
    by_file = {row["file"]: row for row in rows()}
    superseded = {row["supersedes"] for row in by_file.values() if row["supersedes"]}

    assert superseded == {file for file, row in by_file.items() if "【旧版】" in row["title"]}
    assert all(by_file[file]["valid_until"] for file in superseded)


def test_the_committed_files_are_what_the_build_makes(sources: Sequence[Source]) -> None:
    pytest.importorskip("pylopdf_fonts_jp")
    built = files_from(sources)

    stale = [name for name, content in built.items() if (MATERIALS / "files" / name).read_bytes() != content]
    assert stale == []
    assert (MATERIALS / "catalogue.csv").read_bytes() == as_csv(source.entry for source in sources)
    assert (MATERIALS.parent / "docs" / "materials.md").read_bytes() == page_from(sources)


def test_all_formats_of_real_materials_are_there() -> None:
    suffixes = {row["file"].rsplit(".", 1)[1] for row in rows()}

    assert suffixes == {"pptx", "docx", "xlsx", "pdf", "md", "html", "csv", "vtt"}


def test_the_repository_stays_small() -> None:
    size = sum(path.stat().st_size for path in (MATERIALS / "files").rglob("*.*"))

    assert size < MAX_CORPUS_MIB * 2**20
