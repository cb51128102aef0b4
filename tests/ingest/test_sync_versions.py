"""A document over its versions: moved, rolled back, brought back."""

from pathlib import Path

import pytest

from consultation.errors import BadInput
from ingest.sync import Fate, Intake, Wish
from records.ledger import Ledger
from records.versions import Versions
from tests.ingest.folders import bring, go_live, ids, reports, texts, write
from tests.records.stock import SAITAMA, seen_by


def rolled_back(ledger: Ledger, path: Path) -> int:
    number = ledger.write(lambda session: Versions(session).roll_back(str(path), None))
    go_live(ledger)
    return number


@pytest.mark.parametrize("name", ["under/a.md", "renamed.md"])
def test_a_moved_file_keeps_its_document_and_passages(intake: Intake, ledger: Ledger, folder: Path, name: str) -> None:
    path = write(folder, "a.md", "動かす文です。")
    write(folder, "b.md", "残る文です。")
    bring(intake, folder)
    before = ids(ledger)
    (folder / name).parent.mkdir(exist_ok=True)
    path.rename(folder / name)

    assert bring(intake, folder) == {Path(name).name: Fate.MOVED, "b.md": Fate.UNCHANGED}
    assert ids(ledger) == before
    assert set(bring(intake, folder).values()) == {Fate.UNCHANGED}


def test_a_copy_is_no_move(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "写す文です。")
    bring(intake, folder)
    (folder / "c.md").write_bytes(path.read_bytes())

    assert bring(intake, folder) == {"a.md": Fate.UNCHANGED, "c.md": Fate.ADDED}


def test_a_file_moved_there_and_back_is_the_same_document(intake: Intake, ledger: Ledger, folder: Path) -> None:
    there, back = folder / "x" / "a.md", write(folder, "a.md", "往復する文です。")
    bring(intake, folder)
    before = ids(ledger)
    there.parent.mkdir()
    back.rename(there)
    write(folder, "a.md", "代わりの文です。")
    bring(intake, folder)
    back.unlink()
    there.rename(back)
    bring(intake, folder)

    assert texts(ledger) == ["往復する文です。"]
    assert len(ids(ledger)) == len(before)


def test_a_version_rolled_back_to_is_live_until_the_next_ingest(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "前の文です。")
    bring(intake, folder)
    write(folder, "a.md", "今の文です。")
    bring(intake, folder)

    assert rolled_back(ledger, path) == 1
    assert texts(ledger) == ["前の文です。"]
    versions = ledger.read(lambda session: Versions(session).of(str(path)))
    assert [(one.number, one.live, one.passages) for one in versions] == [(2, False, 1), (1, True, 1)]
    assert bring(intake, folder) == {"a.md": Fate.CHANGED}
    assert texts(ledger) == ["今の文です。"]


def test_a_removed_document_is_brought_back(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "消えた文です。")
    bring(intake, folder)
    path.unlink()
    bring(intake, folder)

    assert rolled_back(ledger, path) == 1
    assert texts(ledger) == ["消えた文です。"]


@pytest.mark.parametrize("to", [None, 7])
def test_a_version_that_is_not_there_is_refused(intake: Intake, ledger: Ledger, folder: Path, to: int | None) -> None:
    path = write(folder, "a.md", "ただ1つの文です。")
    bring(intake, folder)

    with pytest.raises(BadInput, match="版"):
        ledger.write(lambda session: Versions(session).roll_back(str(path), to))
    assert texts(ledger) == ["ただ1つの文です。"]


@pytest.mark.parametrize("wish", [Wish(), Wish(hold=True)])
def test_an_edition_that_was_replaced_stays_hidden_when_it_moves(
    intake: Intake, ledger: Ledger, folder: Path, wish: Wish
) -> None:
    old = write(folder, "old.md", "締切は7月3日です。")
    write(folder, "new.md", "締切は7月31日です。")
    catalogue(folder, "old.md,", "new.md,old.md")
    bring(intake, folder)
    assert seen_by(ledger, SAITAMA.code) == {"締切は7月31日です。"}

    (folder / "archive").mkdir()
    old.rename(folder / "archive" / "old.md")
    catalogue(folder, "archive/old.md,", "new.md,archive/old.md")
    reports(intake, folder, wish=wish)

    assert seen_by(ledger, SAITAMA.code) == {"締切は7月31日です。"}


def catalogue(folder: Path, *rows: str) -> None:
    (folder / "catalogue.csv").write_text("\n".join(["file,supersedes", *rows]) + "\n", encoding="utf-8")
