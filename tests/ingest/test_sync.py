"""Sync: files become what the library holds, again and again, and no broken one harms another."""

import os
from pathlib import Path

from ingest import wording
from ingest.sync import Fate, Intake, Wish
from records.ledger import Ledger
from records.library import Library
from tests.ingest.folders import bring, live, reasons, reports, texts, write
from tests.records.locking import locked


def test_a_folder_is_brought_in_and_then_unchanged(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "一つ目の文です。")
    write(folder, "deep/b.md", "二つ目の文です。")

    assert bring(intake, folder) == {"a.md": Fate.ADDED, "b.md": Fate.ADDED}
    before = live(ledger)
    assert bring(intake, folder) == {"a.md": Fate.UNCHANGED, "b.md": Fate.UNCHANGED}

    assert live(ledger) == before
    assert [passage.document_version for passage in before] == [1, 1]


def test_a_changed_file_replaces_and_a_removed_one_is_gone(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "古い文です。")
    gone = write(folder, "b.md", "消える文です。")
    bring(intake, folder)
    write(folder, "a.md", "新しい文です。")
    gone.unlink()
    write(folder, "c.md", "増えた文です。")

    fates = bring(intake, folder)

    assert fates == {"a.md": Fate.CHANGED, "b.md": Fate.REMOVED, "c.md": Fate.ADDED}
    assert texts(ledger) == ["増えた文です。", "新しい文です。"]


def test_another_folder_of_a_like_name_is_left_alone(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "こちらの文です。")
    other = write(folder.parent / "materials2", "b.md", "あちらの文です。").parent
    bring(intake, folder, other)

    bring(intake, folder)

    assert texts(ledger) == ["あちらの文です。", "こちらの文です。"]


def test_a_file_that_is_named_and_gone_is_removed(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "文です。")
    bring(intake, path)
    path.unlink()

    assert bring(intake, path) == {"a.md": Fate.REMOVED}
    assert reasons(intake, path) == {"a.md": wording.NOT_A_FILE}
    assert texts(ledger) == []


def test_an_interrupted_run_is_resumed(intake: Intake, ledger: Ledger, folder: Path) -> None:
    for name in "abcde":
        write(folder, f"{name}.md", f"{name}の文です。")
    run = intake.bring_in([folder], Wish())
    for _ in range(2):
        next(run)
    run.close()

    fates = bring(intake, folder)

    assert list(fates.values()) == [Fate.UNCHANGED] * 2 + [Fate.ADDED] * 3
    assert len(texts(ledger)) == 5


def test_a_broken_file_leaves_the_others_in(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "よい文です。")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 cut")
    (folder / "c.md").write_bytes(b"")
    (folder / "d.exe").write_bytes(b"MZ")
    write(folder, "e.md", "これもよい文です。")

    failed = reasons(intake, folder)

    assert failed == {"b.pdf": wording.BROKEN, "c.md": wording.EMPTY, "d.exe": failed["d.exe"]}
    assert ".exe" in failed["d.exe"]
    assert len(texts(ledger)) == 2


def test_a_file_that_became_broken_keeps_its_old_version(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "前の版の文です。")
    bring(intake, folder)
    path.write_bytes(b"")

    assert bring(intake, folder) == {"a.md": Fate.FAILED}
    assert texts(ledger) == ["前の版の文です。"]


def test_links_out_of_the_folder_are_ignored(intake: Intake, ledger: Ledger, folder: Path) -> None:
    outside = write(folder.parent / "secret", "s.md", "外の文です。")
    write(folder, "a.md", "中の文です。")
    (folder / "link.md").symlink_to(outside)
    (folder / "linked").symlink_to(outside.parent, target_is_directory=True)

    assert bring(intake, folder) == {"a.md": Fate.ADDED}
    assert texts(ledger) == ["中の文です。"]


def test_hidden_files_and_office_locks_are_no_materials(intake: Intake, folder: Path) -> None:
    for name in (".hidden.md", "~$a.docx", ".git/x.md", "a.md"):
        write(folder, name, "文です。")

    assert bring(intake, folder) == {"a.md": Fate.ADDED}


def test_a_file_whose_name_cannot_be_written_is_told(intake: Intake, folder: Path) -> None:
    (folder / os.fsdecode(b"\x93\xfa\x96\x7b.md")).write_text("# 日本\n\n文です。\n")

    (report,) = reports(intake, folder)

    assert (report.fate, report.reason) == (Fate.FAILED, wording.BAD_NAME)
    report.path.encode()


def test_a_locked_log_fails_the_file_and_the_next_run_takes_it(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "文です。")
    with locked(ledger.url, 20):
        assert reasons(intake, folder) == {"a.md": wording.LOG_LOCKED}

    assert bring(intake, folder) == {"a.md": Fate.ADDED}


def test_removal_waits_for_a_log_that_is_locked(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "文です。")
    bring(intake, folder)
    path.unlink()
    with locked(ledger.url, 20):
        assert reasons(intake, folder) == {"a.md": wording.LOG_LOCKED}

    assert bring(intake, folder) == {"a.md": Fate.REMOVED}
    assert ledger.read(lambda session: Library(session).paths("")) == []
