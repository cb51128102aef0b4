"""Passages keep to their heading and their size, and nothing that belongs together is cut."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import wording
from ingest.blocks import Block, BlockKind, Reading
from ingest.chunking import ABSURD, LONGEST, Chunk, chunks_from

SENTENCE = st.text(alphabet="保育所入AI12", min_size=1, max_size=60).map(lambda words: words + "。")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=12).map("".join)
UNHURRIED = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])  # shared machine
BLOCK = st.builds(
    Block,
    text=PARAGRAPH,
    locator=st.integers(1, 3).map(wording.page),
    heading=st.sampled_from([(), ("背景",), ("背景", "経緯"), ("効果",)]),
    kind=st.sampled_from(BlockKind),
)


def passages(*blocks: Block, size: int = 320) -> tuple[Chunk, ...]:
    return chunks_from(Reading(None, blocks), size=size)


@UNHURRIED
@given(st.lists(BLOCK, max_size=12))
def test_the_passages_hold_every_character_once_and_in_order(blocks: list[Block]) -> None:
    chunks = passages(*blocks)

    shown = "".join(chunk.text for chunk in chunks)
    assert shown.replace("\n", "") == "".join(block.text for block in blocks)


@UNHURRIED
@given(st.lists(BLOCK, max_size=12))
def test_the_sentences_of_a_passage_joined_are_its_text(blocks: list[Block]) -> None:
    for chunk in passages(*blocks):
        assert "".join(chunk.sentences) == chunk.text
        assert all(sentence.strip() for sentence in chunk.sentences)


@UNHURRIED
@given(st.lists(BLOCK, max_size=12))
def test_a_passage_is_longer_than_the_limit_only_when_it_is_one_unit(blocks: list[Block]) -> None:
    for chunk in passages(*blocks):
        assert len(chunk.text) <= 320 * LONGEST or len(chunk.sentences) == 1


@UNHURRIED
@given(st.lists(BLOCK, max_size=12))
def test_list_items_and_rows_are_never_cut(blocks: list[Block]) -> None:
    chunks = passages(*blocks)

    for block in blocks:
        if block.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}:
            assert any(block.text in (sentence.rstrip("\n") for sentence in chunk.sentences) for chunk in chunks)


def test_a_passage_never_reaches_across_a_heading() -> None:
    headings = [("背景",), ("背景", "経緯"), ("効果",)]

    chunks = passages(*(Block("短い。", "p.1", heading) for heading in headings))

    assert [(chunk.heading, chunk.text) for chunk in chunks] == [(heading, "短い。") for heading in headings]


def test_notes_stay_apart_from_what_they_speak_about() -> None:
    slide = Block("費用対効果", "スライド2", ("試算",))
    note = Block("ここで例を話します。", "スライド2（ノート）", ("試算",), BlockKind.NOTE)

    assert [chunk.locator for chunk in passages(slide, note)] == ["スライド2", "スライド2（ノート）"]


def test_a_long_section_is_divided_evenly() -> None:
    text = "この文はちょうど二十字の長さであります。" * 25  # 500 characters: more than one passage may hold

    lengths = [len(chunk.text) for chunk in passages(Block(text, "p.1"))]

    assert lengths == [260, 240]


def test_an_overlong_sentence_stands_alone() -> None:
    long = "長" * 600 + "。"

    chunks = passages(Block("前の文。" + long + "後の文。", "p.1"))

    assert [chunk.text for chunk in chunks] == ["前の文。", long, "後の文。"]


def test_an_absurd_sentence_is_cut_after_a_comma() -> None:
    text = "値と値と値、" * 400

    chunks = passages(Block(text, "p.1"))

    assert max(len(chunk.text) for chunk in chunks) <= 320
    assert all(chunk.text.endswith("、") for chunk in chunks)


def test_even_data_without_commas_is_cut() -> None:
    chunks = passages(Block("x" * (ABSURD * 3), "p.1"))

    assert max(len(chunk.text) for chunk in chunks) <= ABSURD


def test_blocks_of_one_passage_stand_on_lines_of_their_own() -> None:
    items = [Block(text, "p.1", (), BlockKind.LIST_ITEM) for text in ("一つ目", "二つ目")]

    (chunk,) = passages(*items)

    assert chunk.text == "一つ目\n二つ目"
    assert chunk.sentences == ("一つ目\n", "二つ目")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("p.3", "p.3", "p.3"),
        ("p.3", "p.4", "p.3–4"),
        ("スライド7", "スライド8", "スライド7–8"),
        ("『費用』シート B4:F4", "『費用』シート B9:F9", "『費用』シート B4:F9"),
        ("p.3 表の2行目", "p.3 表の5行目", "p.3 表の2–5行目"),
        ("見出し『3 選定』", "見出し『3 選定』 表1の2行目", "見出し『3 選定』"),
        ("見出し『3 選定』 表1の2行目", "見出し『3 選定』", "見出し『3 選定』"),
        ("スライド3", "スライド4 表の2行目", "スライド3～スライド4 表の2行目"),
    ],
)
def test_the_locator_of_a_passage_spans_its_blocks(first: str, last: str, expected: str) -> None:
    (chunk,) = passages(Block("始まり。", first), Block("終わり。", last))

    assert chunk.locator == expected


def test_an_empty_reading_has_no_passages() -> None:
    assert passages() == passages(Block("  \n", "p.1")) == ()
