"""What a reader hands over: the pieces of one material in reading order, each knowing where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a piece is; a list item, a row and a note are never mixed into a paragraph."""

    PROSE = "prose"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, table row or note, in the characters a reader of the material sees."""

    text: str
    locator: str  # Japanese, shown to users: p.3, スライド7, 『費用』シート B4:F4
    heading: tuple[str, ...] = ()  # the path of headings above it, outermost first, without the material's title
    kind: BlockKind = BlockKind.PROSE


@dataclass(frozen=True, slots=True)
class Reading:
    """One material, read: its own title if it shows one, its blocks, and what was left out and why."""

    title: str | None
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
