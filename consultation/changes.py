"""What a text lost and gained against another, in pieces to show beside each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Runs of one script: a change is read in words, not in letters.
_RUN = re.compile(r"[一-龥々〆ヶ]+|[ぁ-ん]+|[ァ-ヴー]+|[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]+|\s+|.", re.DOTALL)


class Change(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one of the texts or of both."""

    change: Change
    text: str


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in pieces: those that are not IN joined are the first, those that are not OUT the second."""
    ours, theirs = _RUN.findall(before), _RUN.findall(after)
    return tuple(piece for piece in _pieces(ours, theirs) if piece.text)


def _pieces(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Piece]:
    for how, start, end, begin, finish in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece(Change.SAME, "".join(ours[start:end]))
            continue
        yield Piece(Change.OUT, "".join(ours[start:end]))
        yield Piece(Change.IN, "".join(theirs[begin:finish]))
