"""Files by name and announced size."""

import pytest

from consultation.attachment import LARGEST, NAMELESS, Attached, Unfit, extension
from consultation.file_name import LONGEST, clean_name

RUNS_OR_HIDES = [
    "a.exe",
    "a.pdf.exe",
    "a.ＥＸＥ",
    "a.exe. ",
    "a.exe\u200b",
    "fdp\u202e.exe",
    "a.js",
    "a.docm",
    "a.zip",
    "a",
]


@pytest.mark.parametrize("name", RUNS_OR_HIDES)
def test_names_of_what_runs_or_hides_are_refused_however_they_are_written(name: str):
    for one in (name, clean_name(name)):
        assert Attached("T1", "F1", one, 10).within(LARGEST).unfit is Unfit.TYPE


def test_size_counts_as_announced_and_what_is_unknown_is_not_judged_yet():
    assert Attached("T1", "F1", "a.PDF", LARGEST).within(LARGEST).unfit is None
    assert Attached("T1", "F1", "a.pdf", LARGEST + 1).within(LARGEST).unfit is Unfit.SIZE
    assert Attached("T1", "F1", "", None).within(LARGEST).unfit is None
    assert Attached("T1", "F1", "a.pdf", 1, Unfit.GONE).within(LARGEST).unfit is Unfit.GONE


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/計画.pdf", "計画.pdf"),
        ("C:\\庁内\\計画.pdf", "計画.pdf"),
        ("計画\n<!channel>.pdf", "計画<!channel>.pdf"),
        ("山田太郎様の申請書.pdf", "〔氏名〕様の申請書.pdf"),
        (".pdf", f"{NAMELESS}.pdf"),
        ("", NAMELESS),
    ],
)
def test_names_lose_folders_unseen_letters_and_people(name: str, kept: str):
    assert clean_name(name) == kept


def test_a_long_name_keeps_its_extension():
    kept = clean_name("あ" * 1_000 + ".xlsx")
    assert len(kept) == LONGEST
    assert extension(kept) == "xlsx"
