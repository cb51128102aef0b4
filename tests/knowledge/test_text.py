"""The searched form of Japanese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import normalise

JAPANESE = st.text(alphabet=st.sampled_from("αAＡaあアｱﾞ゙がー-−―‐ｰ市髙﨑ヶ①㈱　 \n´'’⽤0０令和〜～\u200b\ufe0f々、。"))


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(JAPANESE)
def test_normalising_japanese_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(JAPANESE.map(lambda text: text.replace("´", "")))
def test_full_and_half_width_meet(text: str) -> None:
    assert normalise(unicodedata.normalize("NFKC", text)) == normalise(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_a_kanji_becomes_one_kanji(text: str) -> None:
    assert len(normalise(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("ＡＩ－ＯＣＲ", "ai-ocr"),
        ("AI‐OCR", "ai-ocr"),
        ("AIーOCR", "ai-ocr"),
        ("ｷﾞｼﾞﾛｸ ｿﾌﾄ", "ギジロク ソフト"),
        ("α´モデル", "α'モデル"),
        ("α′モデル", "α'モデル"),
        ("髙﨑の邉", "高崎の辺"),
        ("龍ヶ崎市", "龍ケ崎市"),
        ("強靱化", "強靭化"),
        ("⽤途と⾃治体", "用途と自治体"),
        ("サ−バ", "サーバ"),
        ("データ", "データ"),
        ("予 算 編 成", "予算編成"),
        ("ぎじろく ソフト", "ぎじろく ソフト"),
        ("概\n要", "概要"),
        ("10月〜11月", "10月~11月"),
        ("㈱Ａ", "(株)a"),
        ("辻\U000e0100さん", "辻さん"),
    ],
)
def test_the_fields_variants_meet(written: str, searched: str) -> None:
    assert normalise(written) == searched
