"""What is said of a file: by the catalogue, by the operator, and by what it was before."""

from datetime import date
from pathlib import Path

import pytest

from consultation.passage import MaterialKind
from ingest import wording
from ingest.sync import Fate, Intake, Wish
from records.ledger import Ledger
from tests.ingest.folders import bring, live, reasons, texts, write
from tests.records import stock
from tests.records.stock import CHIBA, SAITAMA, seen_by


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


def test_the_title_is_the_catalogues_then_the_files_own_then_its_name(
    intake: Intake, ledger: Ledger, folder: Path
) -> None:
    (folder / "a.txt").write_text("題のない文です。\n")
    bring(intake, folder)
    assert [passage.title for passage in live(ledger)] == ["a"]

    (folder / "catalogue.csv").write_text("file,title\na.txt,目録の題\n")
    bring(intake, folder)
    assert [passage.title for passage in live(ledger)] == ["目録の題"]


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
