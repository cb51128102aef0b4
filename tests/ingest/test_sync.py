"""Sync: files become what the library holds, again and again, and no broken one harms another."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from consultation.errors import BadInput
from consultation.passage import MaterialKind, Passage
from ingest import wording
from ingest.sync import Fate, FileReport, Intake, Wish
from records.ledger import Ledger
from records.library import Library
from records.migrate import migrate
from records.versions import Versions
from tests.records import stock
from tests.records.locking import locked
from tests.records.stock import CHIBA, SAITAMA, seen_by


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(f"sqlite:///{tmp_path / 'log.db'}")
    migrate(ledger.engine)
    stock.register(ledger, SAITAMA, CHIBA)
    yield ledger
    ledger.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "materials"
    folder.mkdir()
    return folder


@pytest.fixture
def intake(ledger: Ledger) -> Intake:
    return Intake(ledger)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# 見出し\n\n{text}\n")
    return path


def bring(intake: Intake, *paths: Path, wish: Wish | None = None) -> dict[str, Fate]:
    """The fate of each file by its name."""
    return {Path(report.path).name: report.fate for report in reports(intake, *paths, wish=wish)}


def reports(intake: Intake, *paths: Path, wish: Wish | None = None) -> list[FileReport]:
    return list(intake.bring_in(paths, wish or Wish()))


def reasons(intake: Intake, *paths: Path, wish: Wish | None = None) -> dict[str, str]:
    found = reports(intake, *paths, wish=wish)
    return {Path(report.path).name: report.reason for report in found if report.fate is Fate.FAILED}


def live(ledger: Ledger) -> list[Passage]:
    return stock.live(ledger)


def texts(ledger: Ledger) -> list[str]:
    return sorted(passage.text for passage in live(ledger))


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
    assert len(texts(ledger)) == 2

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


def test_a_catalogue_says_what_a_file_is(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "限られた文です。")
    write(folder, "notes.md", "目録にない覚え書きです。")
    (folder / "catalogue.csv").write_text(
        "file,kind,title,as_of,source,source_kind,valid_from,valid_until,visible_to\n"
        f"a.md,faq,よくある質問,2026-04-01,事務局,own,2026-04-01,2027-03-31,{SAITAMA.code}\n"
    )

    assert bring(intake, folder) == {"a.md": Fate.ADDED}

    (passage,) = live(ledger)
    assert (passage.kind, passage.title, passage.source) == (MaterialKind.FAQ, "よくある質問", "事務局")
    assert (passage.as_of, passage.valid_from) == (date(2026, 4, 1), date(2026, 4, 1))
    assert (passage.valid_until, passage.visible_to) == (date(2027, 3, 31), {SAITAMA.code})
    assert seen_by(ledger, CHIBA.code) == set()
    assert seen_by(ledger, SAITAMA.code, date(2027, 4, 1)) == set()


def test_a_changed_row_is_a_changed_file(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "同じ文です。")
    said = "file,visible_to\na.md,{}\n"
    (folder / "catalogue.csv").write_text(said.format("all"))
    bring(intake, folder)
    (folder / "catalogue.csv").write_text(said.format(CHIBA.code))

    assert bring(intake, folder) == {"a.md": Fate.CHANGED}
    assert seen_by(ledger, SAITAMA.code) == set()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("as_of", "令和8年", "as_of"),
        ("valid_until", "2026-02-30", "valid_until"),
        ("kind", "memo", "種別"),
        ("visible_to", "119998", "検査数字"),
        ("visible_to", stock.code("13999"), "登録されていません"),
    ],
)
def test_a_bad_value_fails_its_file_in_japanese(
    intake: Intake, ledger: Ledger, folder: Path, column: str, value: str, told: str
) -> None:
    write(folder, "a.md", "悪い行の文です。")
    write(folder, "b.md", "よい行の文です。")
    (folder / "catalogue.csv").write_text(f"file,{column}\na.md,{value}\nb.md,\n")

    failed = reasons(intake, folder)

    assert list(failed) == ["a.md"]
    assert told in failed["a.md"]
    assert texts(ledger) == ["よい行の文です。"]


def test_a_bad_catalogue_fails_its_folder_and_removes_nothing(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "文です。")
    bring(intake, folder)
    (folder / "catalogue.csv").write_text("filename,visible_to\na.md,all\n")
    other = write(folder.parent / "other", "b.md", "よその文です。").parent

    failed = reasons(intake, folder, other)

    assert "「file」の列" in failed["materials"]
    assert texts(ledger) == ["よその文です。", "文です。"]


def test_a_row_without_its_file_is_told(intake: Intake, folder: Path) -> None:
    write(folder, "a.md", "文です。")
    (folder / "catalogue.csv").write_text("file\na.md\ntypo.md\n")

    assert reasons(intake, folder) == {"typo.md": wording.NAMED_ONLY}


def test_a_wish_overrides_the_catalogue(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "文です。")
    (folder / "catalogue.csv").write_text("file,kind,visible_to\na.md,faq,all\n")

    bring(intake, folder, wish=Wish(MaterialKind.FORM, CHIBA.code))

    (passage,) = live(ledger)
    assert (passage.kind, passage.visible_to) == (MaterialKind.FORM, {CHIBA.code})


def test_a_wish_for_an_unknown_body_takes_nothing(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "文です。")

    failed = reasons(intake, folder, wish=Wish(visible_to=stock.code("13999")))

    assert "登録されていません" in failed["a.md"]
    assert texts(ledger) == []


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


def test_the_title_is_the_catalogues_then_the_files_own_then_its_name(
    intake: Intake, ledger: Ledger, folder: Path
) -> None:
    (folder / "a.txt").write_text("題のない文です。\n")
    bring(intake, folder)
    assert [passage.title for passage in live(ledger)] == ["a"]

    (folder / "catalogue.csv").write_text("file,title\na.txt,目録の題\n")
    bring(intake, folder)
    assert [passage.title for passage in live(ledger)] == ["目録の題"]


def test_removal_waits_for_a_log_that_is_locked(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "文です。")
    bring(intake, folder)
    path.unlink()
    with locked(ledger.url, 20):
        assert reasons(intake, folder) == {"a.md": wording.LOG_LOCKED}

    assert bring(intake, folder) == {"a.md": Fate.REMOVED}
    assert ledger.read(lambda session: Library(session).paths("")) == []


@pytest.mark.parametrize("row", ["", "file,visible_to\na.md,all\n"])
def test_what_was_kept_to_one_body_is_never_opened_by_a_rerun(
    intake: Intake, ledger: Ledger, folder: Path, row: str
) -> None:
    secret = write(folder, "a.md", "千葉市だけの資料です。")
    if row:
        (folder / "catalogue.csv").write_text(row)
    bring(intake, secret, wish=Wish(MaterialKind.FORM, CHIBA.code))

    assert bring(intake, folder) == {"a.md": Fate.UNCHANGED}
    write(folder, "a.md", "千葉市だけの資料の新しい版です。")
    assert bring(intake, folder) == {"a.md": Fate.CHANGED}

    (passage,) = live(ledger)
    assert passage.visible_to == {CHIBA.code}
    assert passage.kind is MaterialKind.FORM


def test_only_the_operators_word_opens_a_material_to_all(intake: Intake, ledger: Ledger, folder: Path) -> None:
    secret = write(folder, "a.md", "千葉市だけの資料です。")
    bring(intake, secret, wish=Wish(None, CHIBA.code))

    bring(intake, secret, wish=Wish(None, "all"))

    assert [passage.visible_to for passage in live(ledger)] == [None]


def ids(ledger: Ledger) -> set[tuple[str, str]]:
    return {(passage.document_id, passage.id) for passage in live(ledger)}


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

    assert ledger.write(lambda session: Versions(session).roll_back(str(path), None)) == 1
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

    assert ledger.write(lambda session: Versions(session).roll_back(str(path), None)) == 1
    assert texts(ledger) == ["消えた文です。"]


@pytest.mark.parametrize("to", [None, 7])
def test_a_version_that_is_not_there_is_refused(intake: Intake, ledger: Ledger, folder: Path, to: int | None) -> None:
    path = write(folder, "a.md", "ただ1つの文です。")
    bring(intake, folder)

    with pytest.raises(BadInput, match="版"):
        ledger.write(lambda session: Versions(session).roll_back(str(path), to))
    assert texts(ledger) == ["ただ1つの文です。"]
