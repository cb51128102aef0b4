"""Text for Slack: escaped, cut below its limits. What a person or a document wrote can make no mention and no link."""

import re
from collections.abc import Iterator

from slack_sdk.models.blocks import MarkdownTextObject, PlainTextObject, SectionBlock

SECTION = 2_900  # Slack: 3,000 per section text; a margin, since it may count otherwise than we do
FIELD = 1_900  # Slack: 2,000
MOST_SECTIONS = 12  # of one text; far below 50 blocks a message
FALLBACK = 2_900  # top-level text: chat.update takes 4,000
ELLIPSIS = "…"

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # controls, overrides, halves


def escaped(text: str) -> str:
    """Without control characters, and with & < > as entities: docs.slack.dev/messaging/formatting-message-text"""
    return "".join(_letters(text))


def fitted(text: str, limit: int) -> str:
    """Escaped, and cut with an ellipsis where it is longer than `limit` characters."""
    pieces: list[str] = []
    room = limit
    for letter in _letters(text):
        if len(letter) > room:
            return _shortened(pieces, limit)
        pieces.append(letter)
        room -= len(letter)
    return "".join(pieces)


def pieces_of(text: str, limit: int = SECTION) -> tuple[str, ...]:
    """Escaped pieces of at most `limit` characters, cut at line ends where there are any; none is empty."""
    pieces: list[str] = []
    current = ""
    for line in escaped_lines(text, limit):
        if len(current) + len(line) > limit:
            pieces.append(current)
            current = ""
        current += line
    return tuple(piece.strip("\n") for piece in (*pieces, current) if piece.strip())


def escaped_lines(text: str, limit: int) -> Iterator[str]:
    """Lines with their ends, escaped, longer ones broken, never inside an entity."""
    line = ""
    for letter in _letters(text):
        if len(line) + len(letter) > limit:
            yield line
            line = ""
        line += letter
        if letter == "\n":
            yield line
            line = ""
    if line:
        yield line


def mrkdwn(text: str) -> MarkdownTextObject:
    """A text object of ready mrkdwn; verbatim: Slack makes no links or mentions of its own."""
    return MarkdownTextObject(text=text, verbatim=True)


def plain(text: str, limit: int) -> PlainTextObject:
    return PlainTextObject(text=fitted(text, limit) or ELLIPSIS, emoji=True)


def sections(text: str, most: int = MOST_SECTIONS, note: str = "") -> list[SectionBlock]:
    """A long text as section blocks; what is beyond `most` of them is left off, and `note` says so."""
    pieces = pieces_of(text)
    shown = [*pieces[:most], *([note] if len(pieces) > most and note else [])]
    return [SectionBlock(text=mrkdwn(piece), expand=True) for piece in shown]


def _letters(text: str) -> Iterator[str]:
    return (_ENTITIES.get(letter, letter) for letter in _HARMFUL.sub("", text.replace("\r\n", "\n")))


def _shortened(pieces: list[str], limit: int) -> str:
    kept = list(pieces)
    while kept and sum(map(len, kept)) + len(ELLIPSIS) > limit:
        kept.pop()
    return "".join(kept) + ELLIPSIS
