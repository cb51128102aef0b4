"""Text folded for detection (NFKC, nothing invisible), with the way back to the characters as they were written."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_MARK = 0xFDD0
"""Noncharacters from here on never stand in honest text: they are free to mark what was taken out."""
LONGEST_FOLD = 4  # ㍻ and ㌢ fold to a few letters; one ligature (U+FDFA) to 18, which would only cost time
_MARKS = range(FIRST_MARK, 0xFDF0)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` with, for each of its characters, where in the original it begins and ends."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the folded span stands for."""
        return self.begins[start], self.ends[end - 1]


def folded(text: str) -> str:
    """NFKC without invisible characters: zero-width, direction marks, soft hyphens."""
    return unicodedata.normalize("NFKC", "".join(letter for letter in text if not _is_invisible(letter)))


def fold(text: str) -> Folded:
    """As `folded`, character by character, so that offsets survive; a half-width kana goes with its voicing mark."""
    pieces = [
        (piece, begin, end)
        for begin, end in _clusters(text)
        for piece in _compatible(text[begin:end])
        if not _is_invisible(piece)
    ]
    return Folded(
        "".join(piece for piece, _, _ in pieces),
        tuple(begin for _, begin, _ in pieces),
        tuple(end for _, _, end in pieces),
    )


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            yield begin, at
            begin = at


def _compatible(cluster: str) -> str:
    folded_cluster = unicodedata.normalize("NFKC", cluster)
    return folded_cluster if len(folded_cluster) <= LONGEST_FOLD * len(cluster) else cluster


def _joins(letter: str) -> bool:
    return letter in "ﾞﾟ" or unicodedata.combining(letter) != 0


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or ord(letter) in _MARKS
