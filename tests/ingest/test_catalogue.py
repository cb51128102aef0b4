"""The catalogue: each row speaks of one file; what cannot be read is told in Japanese, never guessed."""

from datetime import date
from pathlib import Path

import pytest

from consultation.errors import BadInput
from consultation.passage import MaterialKind
from ingest.catalogue import bodies, catalogue_for, day, kind
from tests.records.stock import CHIBA, SAITAMA

HEAD = "file,kind,as_of,visible_to\n"


def catalogue(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "catalogue.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_is_found_by_its_file_beside_the_catalogue(tmp_path: Path) -> None:
    catalogue(tmp_path, HEAD + "a.md, faq ,2026-11-01,all\n")

    row = catalogue_for(tmp_path).row_of(tmp_path / "a.md")

    assert (row["kind"], row["as_of"]) == ("faq", "2026-11-01")
    assert catalogue_for(tmp_path).row_of(tmp_path / "b.md") == {}


def test_files_may_lie_in_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "files" / "deep").mkdir(parents=True)
    catalogue(tmp_path, HEAD + "deep/a.md,faq,,\n")
    file = tmp_path / "files" / "deep" / "a.md"
    file.write_text("文")

    assert catalogue_for(file).row_of(file)["kind"] == "faq"
    assert catalogue_for(tmp_path / "files" / "deep").under(tmp_path) == [file]


def test_without_a_catalogue_nothing_is_said(tmp_path: Path) -> None:
    assert catalogue_for(tmp_path).rows == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_a_catalogue_may_be_written_as_offices_write(tmp_path: Path, encoding: str) -> None:
    catalogue(tmp_path, "file,source\n資料.md,総務省「手引き」\n", encoding)

    assert catalogue_for(tmp_path).row_of(tmp_path / "資料.md")["source"] == "総務省「手引き」"


def test_short_and_long_rows_are_read_by_their_columns(tmp_path: Path) -> None:
    catalogue(tmp_path, HEAD + "a.md,faq\nb.md,form,,all,余り,もっと\n\n,,,\n")

    found = catalogue_for(tmp_path)

    assert found.row_of(tmp_path / "a.md") == {"file": "a.md", "kind": "faq", "as_of": "", "visible_to": ""}
    assert found.row_of(tmp_path / "b.md")["visible_to"] == "all"
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,kind\na.md,faq\n", "「file」の列"),
        ("", "「file」の列"),
        (HEAD + "a.md,,,all\n./a.md,,,119997\n", "行が2つ"),
        (HEAD + 'a.md,"' + "あ" * 1_100_000 + '",,\n', "読めません"),
    ],
)
def test_a_bad_table_is_told_by_its_path(tmp_path: Path, text: str, told: str) -> None:
    path = catalogue(tmp_path, text)

    with pytest.raises(BadInput) as no:
        catalogue_for(tmp_path)

    assert told in no.value.reason
    assert str(path) in no.value.reason


def test_a_date_is_read_or_told() -> None:
    assert day({"as_of": "2026-11-01"}, "as_of") == date(2026, 11, 1)
    assert day({"as_of": ""}, "as_of") is None
    assert day({}, "as_of") is None
    for wrong in ("令和8年11月1日", "2026/11/01", "2026-13-01", "昨日"):
        with pytest.raises(BadInput, match="as_of"):
            day({"as_of": wrong}, "as_of")


def test_a_kind_is_known_or_told() -> None:
    assert kind("best-practice") is MaterialKind.BEST_PRACTICE
    with pytest.raises(BadInput, match="workshop"):
        kind("memo")


def test_bodies_are_all_or_named_by_right_codes() -> None:
    assert bodies("") is None
    assert bodies(" all ") is None
    assert bodies(f"{SAITAMA.code}, {CHIBA.code}") == {SAITAMA.code, CHIBA.code}


@pytest.mark.parametrize(
    "wrong", ["119998", "11999", "全団体", "all,119997", "119997,", "119997、129992", "１１９９９７"]
)
def test_a_wrong_code_never_becomes_visible_to_all(wrong: str) -> None:
    with pytest.raises(BadInput):
        bodies(wrong)
