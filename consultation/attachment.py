"""A file that comes with words: what its place announces of it, and whether such a file is passed on.

Only name and announced size are judged here; its bytes, where they are read (desk/contents.py).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

MB = 1024 * 1024
LARGEST = 20 * MB
ALLOWED = (
    *("pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "odt", "ods", "odp", "jtd"),
    *("txt", "csv", "tsv", "md", "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "heic"),
)
"""What offices exchange. No programs, scripts, macros (.docm), pages or archives: what is in them nobody looked at."""
NAMELESS = "ファイル"
HELD = "web"
"""The workspace of what was uploaded on the web, which no place but ours has (desk/holding.py)."""
UNSEEN = re.compile("[\x00-\x1f\x7f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Unfit(StrEnum):
    """Why a file is not passed on."""

    TYPE = "type"
    SIZE = "size"
    CONTENT = "content"
    """The bytes are not what the name says."""
    LOCKED = "locked"
    EXTERNAL = "external"
    """A link to another service; there is no file."""
    GONE = "gone"
    UNREACHABLE = "unreachable"
    CHANGED = "changed"
    """It is not as large as was announced."""
    UNTAKEN = "untaken"
    """The other side's place does not take it."""
    EXPIRED = "expired"
    """It was held until its time was over."""


OF_THE_WAY = frozenset({Unfit.UNREACHABLE, Unfit.UNTAKEN})
"""It could not be carried; nothing stands against the file itself, and where we hold it, it may be opened."""


class AttachmentState(StrEnum):
    NOTED = "noted"
    PLANNED = "planned"
    DELIVERED = "delivered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as announced: `ref` is its id in the workspace `team`, or where we hold it (HELD).

    An empty name or no size: not known yet.
    """

    team: str
    ref: str
    name: str
    size: int | None
    unfit: Unfit | None = None

    def within(self, largest: int) -> "Attached":
        """The same, judged by what is known of it."""
        return replace(self, unfit=self.unfit or unfit_as_announced(self.name, self.size, largest))


def unfit_as_announced(name: str, size: int | None, largest: int) -> Unfit | None:
    """What stands against a file by its name and size alone."""
    if name and extension(name) not in ALLOWED:
        return Unfit.TYPE
    return Unfit.SIZE if size is not None and size > largest else None


def extension(name: str) -> str:
    """The last part of the name, as the systems that open it read it: folded, without dots and spaces at its end."""
    folded = unicodedata.normalize("NFKC", UNSEEN.sub("", name)).rstrip(". \t").lower()
    return folded.rpartition(".")[2] if "." in folded else ""
