"""Files inside a file: each is read by its own reader, under its own name; what cannot be read is named in a remark.

A member is written under a number, never under a name that the file gives it.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Block, Reading

MOST_MEMBERS = 500

Read = Callable[[Path], Reading]


@dataclass(frozen=True, slots=True)
class Member:
    """Its name as shown, and what writes it to a place; that may raise MaterialUnreadable."""

    name: str
    write: Callable[[Path], object]


def with_members(reading: Reading, members: Sequence[Member], read_member: Read) -> Reading:
    """The reading, followed by those of its members. Raises MaterialUnreadable where all of it says nothing."""
    if len(members) > MOST_MEMBERS:
        raise MaterialUnreadable(wording.too_many_members(MOST_MEMBERS))
    blocks, remarks = list(reading.blocks), list(reading.remarks)
    with tempfile.TemporaryDirectory() as folder:
        for number, member in enumerate(members):
            place = Path(folder) / f"{number}{_suffix(member.name)}"
            try:
                member.write(place)
                inner = read_member(place)
            except MaterialUnreadable as no:
                remarks.append(wording.member_refused(member.name, no.reason))
                continue
            finally:
                place.unlink(missing_ok=True)
            blocks += (_placed(block, member.name, inner.title) for block in inner.blocks)
            remarks += (wording.member_remark(member.name, remark) for remark in inner.remarks)
    if not blocks:
        raise MaterialUnreadable(" ".join(remarks[:3]) or wording.WITHOUT_TEXT)
    return Reading(reading.title, tuple(blocks), tuple(remarks))


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix if suffix.isascii() and suffix[1:].isalnum() else ""


def _placed(block: Block, name: str, title: str | None) -> Block:
    heading = (title or PurePosixPath(name).stem, *block.heading)
    return replace(block, locator=wording.inside(name, block.locator), heading=heading)
