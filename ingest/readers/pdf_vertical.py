"""Pages set in vertical lines, from right to left: turned by a quarter, to be read like any other."""

from collections.abc import Iterator
from typing import Any

_Letter = dict[str, Any]

_SAME_COLUMN = 0.3  # of the size: how far the middles of letters of one vertical line may differ
_PITCH = 0.6  # of the size: the air between two letters of a line, or how far they may overlap
_SHORTEST = 4  # letters: fewer below each other are bullets, or a narrow cell
_MOST = 0.5  # of the letters of a page; below, some label of a figure stands upright


def parted(letters: list[_Letter], width: float) -> tuple[list[_Letter], list[_Letter]]:
    """(letters of horizontal lines, letters of vertical lines, turned); none of the latter on an ordinary page."""
    flat: list[_Letter] = []
    upright: list[_Letter] = []
    for run in _runs(letters):
        (upright if len(run) >= _SHORTEST else flat).extend(run)
    if len(upright) <= _MOST * len(letters):
        return letters, []
    # One to three letters among the columns end a paragraph; what stands above or below them is a page number.
    first, last = min(letter["top"] for letter in upright), max(letter["bottom"] for letter in upright)
    beside = [letter for letter in flat if not first <= (letter["top"] + letter["bottom"]) / 2 <= last]
    outside = {id(letter) for letter in beside}
    return beside, [turned(letter, width) for letter in letters if id(letter) not in outside]


def turned(thing: _Letter, width: float) -> _Letter:
    """The right edge of the page becomes its top."""
    places = {"x0": thing["top"], "x1": thing["bottom"], "top": width - thing["x1"], "bottom": width - thing["x0"]}
    return {**thing, **places}


def _runs(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    run: list[_Letter] = []
    for letter in letters:
        if run and not _hangs(run[-1], letter):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _hangs(before: _Letter, letter: _Letter) -> bool:
    """Whether a letter stands right below the one before."""
    size = max(before["size"], letter["size"])
    middles = abs((before["x0"] + before["x1"]) - (letter["x0"] + letter["x1"])) / 2
    return bool(middles < _SAME_COLUMN * size and abs(letter["top"] - before["bottom"]) < _PITCH * size)
