"""Sentences end where a Japanese reader would say so, and nothing is lost on the way."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.sentences import sentences_of

JAPANESE = st.text(alphabet="あ漢A1。！？!?．、「」『』（）()\n 　出典", max_size=80)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), JAPANESE))
def test_joined_again_the_sentences_are_the_text(text: str) -> None:
    assert "".join(sentences_of(text)) == text


@settings(deadline=None)
@given(JAPANESE)
def test_no_sentence_is_empty_and_none_is_blank_beside_others(text: str) -> None:
    sentences = sentences_of(text)

    assert all(sentences)
    assert len(sentences) < 2 or all(sentence.strip() for sentence in sentences)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("試算します。次に比べます。", ("試算します。", "次に比べます。")),
        ("本当ですか？はい！", ("本当ですか？", "はい！")),
        ("本当ですか!? はい", ("本当ですか!? ", "はい")),
        ("一行目\n二行目", ("一行目\n", "二行目")),
        ("一行目\n\n\n二行目", ("一行目\n\n\n", "二行目")),
        ("\n見出し\n本文。", ("\n見出し\n", "本文。")),
        ("句点のない文", ("句点のない文",)),
        ("学術的な文章である．次の文である．", ("学術的な文章である．", "次の文である．")),
    ],
)
def test_a_sentence_ends_at_its_mark_or_at_the_line(text: str, expected: tuple[str, ...]) -> None:
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "担当者は「助かった。早い。」と述べた。",
        "対象は市（区を含む。以下同じ。）である。",
        "『手引。第二版』を参照する。",
        "所要時間は３．５時間である",
        "１．事業の概要",
        "https://example.jp/?id=3&x=4 を参照",
    ],
)
def test_marks_inside_brackets_numbers_and_addresses_end_nothing(text: str) -> None:
    assert sentences_of(text) == (text,)


def test_a_bracket_without_its_partner_does_not_hold_the_text_together() -> None:
    assert sentences_of("「始まりだけ。次の文。") == ("「始まりだけ。", "次の文。")


def test_the_source_in_brackets_stays_with_its_sentence() -> None:
    text = "約1分に短縮された。（出典：港区資料）次の文。"

    assert sentences_of(text) == ("約1分に短縮された。（出典：港区資料）", "次の文。")


@pytest.mark.parametrize("letter", ["!", "。", "（", " ", "\n", "。 ", "。（出典", "「"])
def test_any_text_is_cut_in_time_that_grows_with_its_length(letter: str) -> None:
    text = letter * (200_000 // len(letter)) + "b"

    started = process_time()
    sentences_of(text)

    assert process_time() - started < 5  # seconds; one that grows with the square takes minutes
