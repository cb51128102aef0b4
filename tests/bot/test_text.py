import re

from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.text import ELLIPSIS, escaped, fitted, pieces_of, plain, sections

NASTY = st.text(alphabet=st.sampled_from("<>&@!#|*_\n ;ab費用\u202e\x00\ud800😀"), max_size=400)


@given(NASTY, st.integers(5, 60))
def test_fitted_text_is_within_its_limit_and_cuts_no_entity(text: str, limit: int):
    short = fitted(text, limit)
    assert len(short) <= limit
    assert re.fullmatch(r"(?:[^<>&]|&(?:amp|lt|gt);)*", short, re.DOTALL)


@given(NASTY)
def test_text_that_fits_is_only_escaped(text: str):
    assert fitted(text, 4_000) == escaped(text)


@given(NASTY, st.integers(6, 60))
def test_pieces_are_within_their_limit_and_lose_no_word(text: str, limit: int):
    pieces = pieces_of(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(escaped(text).split())


def test_what_is_cut_ends_in_an_ellipsis():
    assert fitted("あいうえお", 4) == f"あいう{ELLIPSIS}"


def test_overrides_and_halves_of_characters_are_dropped():
    assert escaped("a\u202eb\ud800c\x00") == "abc"


def test_a_plain_text_is_never_empty():
    assert plain("", 10).text == ELLIPSIS


def test_a_long_text_says_that_it_was_cut():
    blocks = sections("あ" * 40_000, 2, "（略）")
    assert [block.text.text[-3:] for block in blocks][-1] == "（略）"
    assert len(blocks) == 3
