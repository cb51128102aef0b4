"""Japanese sentences: where one ends and the next begins. Nothing is lost: joined again they are the text."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

_LINE = re.compile(r"[^\n]*\n(?:[^\S\n]*\n)*(?:[^\S\n]+\Z)?|[^\n]+\Z")  # a line with the blank lines after it
_END = re.compile(
    r"(?:[。！？]+|(?<![!?])[!?]++(?=\s|[^\x00-\x7f]|$)|(?<=[ぁ-ん])．(?!\d))"  # an ? in a web address ends nothing
    r"\s*"
    r"(?:（(?:出典|出所|資料|参考)[^（）]*）[。]?\s*)?"  # a source in brackets belongs to what it vouches for
)
_CLOSER = {"「": "」", "『": "』", "（": "）", "(": ")", "“": "”", "【": "】"}


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order, each with the white space that follows it; `"".join` gives the text back."""
    pieces = tuple(piece for line in _LINE.findall(text) for piece in _cut(line))
    return _lead_joined(pieces)


def _cut(line: str) -> Iterator[str]:
    depth = _depths(line)
    ends = [match.end() for match in _END.finditer(line) if not depth[match.start()]]
    for start, end in pairwise([0, *ends, len(line)]):
        if start < end:
            yield line[start:end]


def _depths(line: str) -> list[int]:
    """How many closed pairs of brackets stand around each character; one without its partner counts for nothing."""
    steps = [0] * (len(line) + 1)
    waiting: list[tuple[str, int]] = []
    for at, letter in enumerate(line):
        if letter in _CLOSER:
            waiting.append((_CLOSER[letter], at))
        elif waiting and waiting[-1][0] == letter:
            steps[waiting.pop()[1]] += 1
            steps[at] -= 1
    return list(accumulate(steps))


def _lead_joined(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """White space before the first words is no sentence of its own."""
    if len(pieces) > 1 and not pieces[0].strip():
        return (pieces[0] + pieces[1], *pieces[2:])
    return pieces
