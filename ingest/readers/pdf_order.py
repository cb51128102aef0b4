"""The order in which the pieces of a page are read: as they are drawn, unless their places say otherwise.

A piece comes after what stands above it in its column, and after what stands beside it on the left: decision 0006.
"""

from collections.abc import Iterator

from ingest.readers.pdf_lines import Box, Line

_LOOSE = 2.2  # times the size: lines drawn one after another at such a distance are one piece
_MOST_PIECES = 300  # beyond, a drawing's labels: each pair is looked at
_TOUCH = 1.0  # point: boxes that overlap less stand apart
_BESIDE = 0.5  # of the lower one's height: what two pieces side by side share


def in_reading_order(lines: list[Line], *, is_slide: bool = False) -> list[Line]:
    """The lines of a page. Among pieces that may come next the first drawn does; on a muddled slide the topmost."""
    pieces = list(_pieces(lines))
    if not 1 < len(pieces) <= _MOST_PIECES:
        return lines
    boxes = [_around(piece) for piece in pieces]
    before = [{other for other, box in enumerate(boxes) if _precedes(box, own)} for own in boxes]
    muddled = is_slide and any(max(earlier, default=0) > at for at, earlier in enumerate(before))
    turn = sorted(range(len(boxes)), key=lambda at: (boxes[at].top, boxes[at].x0) if muddled else (at, 0))
    waiting = {at: before[at] for at in turn}
    ordered: list[Line] = []
    while waiting:
        free = (at for at, earlier in waiting.items() if earlier.isdisjoint(waiting.keys()))
        chosen = next(free, next(iter(waiting)))  # pieces that overlap may wait for each other
        del waiting[chosen]
        ordered += pieces[chosen]
    return ordered


def _pieces(lines: list[Line]) -> Iterator[list[Line]]:
    piece: list[Line] = []
    for line in lines:
        if piece and not _follows(piece[-1].box, line):
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


def _follows(before: Box, line: Line) -> bool:
    return 0 < line.box.top - before.top < _LOOSE * line.size and _shared_width(before, line.box) > 0


def _around(lines: list[Line]) -> Box:
    boxes = [line.box for line in lines]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _precedes(one: Box, other: Box) -> bool:
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if _shared_width(one, other) > _TOUCH:
        return one.bottom <= other.top + _TOUCH and one.top < other.top
    return height > _BESIDE * min(one.bottom - one.top, other.bottom - other.top) and one.x0 < other.x0


def _shared_width(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)
