"""The difference of two texts: nothing is lost on either side."""

from hypothesis import given
from hypothesis import strategies as st

from consultation.changes import Change, Piece, changes

WORDS = st.lists(
    st.sampled_from(("当市", "では", "AI-OCR", "の", "費用", "は", "？", "\n", "５万円")), max_size=12
).map("".join)


@given(WORDS | st.text(max_size=20), WORDS | st.text(max_size=20))
def test_both_texts_can_be_read_from_their_difference(before: str, after: str) -> None:
    pieces = changes(before, after)

    assert "".join(piece.text for piece in pieces if piece.change is not Change.IN) == before
    assert "".join(piece.text for piece in pieces if piece.change is not Change.OUT) == after
    assert all(piece.text for piece in pieces)


def test_what_went_is_shown_in_words() -> None:
    assert changes("当市のAIの費用", "団体のAIの費用") == (
        Piece(Change.OUT, "当市"),
        Piece(Change.IN, "団体"),
        Piece(Change.SAME, "のAIの費用"),
    )


def test_the_same_text_has_no_change() -> None:
    assert changes("同じ文です。", "同じ文です。") == (Piece(Change.SAME, "同じ文です。"),)
