"""The small Markdown of the text sources."""

from pathlib import Path

import pytest

from materials.build.catalogue import SourceError
from materials.build.source import Bullet, Note, Paragraph, Table, source_from

META = "file: a/b.md\nkind: faq\ntitle: 題\nas_of: 2026-11-01\nsource: 自作\nsource_kind: 自作\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "source.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_lines_of_a_paragraph_are_joined_and_bullets_stand_alone(tmp_path: Path) -> None:
    body = "## 見出し\n一つ目の文です。\n二つ目の文です。\n- 甲\n- 乙\n> 話す\n> こと\n"

    source = source_from(written(tmp_path, f"---\n{META}---\n{body}"))

    assert source.sections[0].title == "見出し"
    assert source.sections[0].parts == (
        Paragraph("一つ目の文です。二つ目の文です。"),
        Bullet("甲"),
        Bullet("乙"),
        Note("話すこと"),
    )


def test_a_table_loses_its_rule_and_keeps_empty_cells(tmp_path: Path) -> None:
    source = source_from(written(tmp_path, f"---\n{META}---\n| 項目 | 値 |\n|---|---|\n| 件数 | |\n"))

    assert source.sections[0].parts == (Table((("項目", "値"), ("件数", ""))),)


def test_validity_starts_with_the_date_of_the_source_unless_said(tmp_path: Path) -> None:
    source = source_from(written(tmp_path, f"---\n{META}---\n本文です。\n"))

    assert (source.entry.valid_from, source.entry.valid_until, source.entry.visible_to) == ("2026-11-01", "", "all")


@pytest.mark.parametrize("text", ["本文だけです。", f"---\n{META.replace('title: 題', '')}---\n本文です。"])
def test_a_source_that_does_not_say_what_it_is_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match=r"source\.md"):
        source_from(written(tmp_path, text))


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="unknown kind"):
        source_from(written(tmp_path, f"---\n{META.replace('faq', 'poem')}---\n本文です。\n"))
