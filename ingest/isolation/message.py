"""What passes between the desk and a reading child: JSON behind its length. Nothing in it is code, whoever wrote it."""

import json
import struct
from typing import IO, Any

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Block, BlockKind, Reading

HEADER = struct.Struct(">I")


def packed(said: dict[str, Any]) -> bytes:
    raw = json.dumps(said).encode()
    return HEADER.pack(len(raw)) + raw


def unpacked(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None where the other side has ended."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (size,) = HEADER.unpack(head)
    raw = stream.read(size)
    return dict(json.loads(raw)) if len(raw) == size else None


def told(reading: Reading) -> dict[str, Any]:
    """A reading as plain values."""
    blocks = [[block.text, block.locator, list(block.heading), block.kind.value] for block in reading.blocks]
    return {"title": reading.title, "blocks": blocks, "remarks": list(reading.remarks)}


def reading_from(said: dict[str, Any]) -> Reading:
    """The reading that a child told. Raises MaterialUnreadable where it told a reason, or nonsense."""
    if "reason" in said:
        raise MaterialUnreadable(str(said["reason"]))
    try:
        blocks = tuple(
            Block(str(text), str(locator), tuple(map(str, heading)), BlockKind(kind))
            for text, locator, heading, kind in said["blocks"]
        )
        title = None if said["title"] is None else str(said["title"])
        return Reading(title, blocks, tuple(map(str, said["remarks"])))
    except (KeyError, TypeError, ValueError) as error:
        raise MaterialUnreadable(wording.READER_ENDED) from error
