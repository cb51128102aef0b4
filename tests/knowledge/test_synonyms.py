"""Words that are searched as one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.synonyms import Synonyms, read_synonyms
from knowledge.text import normalise


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("ＡＩＯＣＲの導入", "ai-ocrの導入"),
        ("エーアイオーシーアール", "ai-ocr"),
        ("保育園の入所", "保育所の入所"),
        ("エルジーワン", "lgwan"),
        ("会議録の作成", "議事録の作成"),
        ("PoCの結果", "実証の結果"),
        ("コスパはどうか", "費用対効果はどうか"),
        ("ROI", "費用対効果"),
        ("市町村の例", "自治体の例"),
        ("地方公共団体", "自治体"),
        ("アルファダッシュ", "α'モデル"),
    ],
)
def test_a_variant_is_searched_as_the_agreed_word(written: str, searched: str) -> None:
    assert read_synonyms().contract(normalise(written)) == searched


@pytest.mark.parametrize("text", ["android", "heroic", "pocket", "airocrx"])
def test_a_latin_variant_inside_another_word_is_left_alone(text: str) -> None:
    assert read_synonyms().contract(text) == text


@given(st.text())
def test_without_groups_nothing_changes(text: str) -> None:
    assert Synonyms([]).contract(text) == text


def test_the_table_can_be_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("# a note\n\n支所\t出張所\t行政センター\n", encoding="utf-8")
    assert read_synonyms(table).contract("出張所と行政センター") == "支所と支所"


def test_no_variant_of_the_packaged_table_stands_in_two_groups() -> None:
    table = (Path(__file__).parents[2] / "knowledge" / "synonyms.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    words = [word for row in rows for word in {normalise(word) for word in row}]
    assert sorted(words) == sorted(set(words))
