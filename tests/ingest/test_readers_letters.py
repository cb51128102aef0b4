"""Garbled letters and broken lines are set right, and nothing else is touched."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.errors import MaterialUnreadable
from ingest.encodings import text_from
from ingest.readers.headings import heading_level, item_of
from ingest.readers.letters import joined, tidy


@settings(deadline=None)
@given(st.text(max_size=200))
def test_tidy_text_is_tidy_already(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None)
@given(st.text(alphabet="漢字かなカナａＡ１①㈱ﾊﾝ。、", max_size=60))
def test_what_people_see_is_left_as_it_was(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("令和２年⽇本の⾃治体", "令和２年日本の自治体"),
        ("⻑期の⺠間委託", "長期の民間委託"),
        ("概　要", "概要"),
        ("目 次", "目次"),
        ("市 区 の手引き", "市 区 の手引き"),
        ("第１回 計　画　策　定 の手引き", "第１回 計画策定 の手引き"),
        ("氏名　山田", "氏名　山田"),
        ("自治\u200b体\ufeff", "自治体"),
        ("一\r\n二\x0b三", "一\n二\n三"),
        ("A\x00B", "AB"),
    ],
)
def test_letters_are_set_right(garbled: str, right: str) -> None:
    assert tidy(garbled) == right


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["計画の策", "定を行う。"], "計画の策定を行う。"),
        (["the cost", "of AI"], "the cost of AI"),
        (["令和", "2年"], "令和2年"),
        (["導入したAI", "は便利"], "導入したAIは便利"),
        ([" 前 ", "", "後"], "前後"),
    ],
)
def test_broken_lines_are_joined_as_their_script_needs(lines: list[str], whole: str) -> None:
    assert joined(lines) == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
def test_text_is_read_in_every_encoding_of_an_office(encoding: str) -> None:
    text = "団体名,保育所の入所選考の所要時間,カタカナ\n港区,約１分,ガイドライン"

    assert text_from(text.encode(encoding)) == text


def test_euc_that_would_pass_for_shift_jis_is_told_by_its_half_width_kana() -> None:
    assert text_from("団体のカタカナ".encode("euc_jp")) == "団体のカタカナ"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(MaterialUnreadable, match="文字コード"):
        text_from(random.Random(1).randbytes(2000))


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第１章　背景", 0),
        ("第2節 課題", 1),
        ("■ 費用の内訳", 1),
        ("【留意事項】", 1),
        ("１．地域IoT実装の概要", 2),
        ("3 選定", 2),
        ("1.2 研修の内容", 3),
        ("（１）事業概要", 4),
        ("（１）応募は電子メールで提出する。", None),
        ("2019年度の実績", None),
        ("3.5時間かかる", None),
        ("10人が参加", None),
        ("普通の文", None),
    ],
)
def test_a_numbered_line_is_known_as_a_heading(line: str, level: int | None) -> None:
    assert heading_level(line) == level


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("・費用", "費用"),
        ("○ 体制", "体制"),
        ("・2022年の改定", "2022年の改定"),
        ("- 費用", "費用"),
        ("-5", None),
        ("費用・効果", None),
        ("○", None),
        ("○○市の例", None),
    ],
)
def test_a_bullet_opens_a_list_item(line: str, item: str | None) -> None:
    assert item_of(line) == item
