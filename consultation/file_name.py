"""A file's name as it is kept and shown: people write names and numbers of residents into it."""

import re

from consultation.attachment import NAMELESS, UNSEEN
from consultation.masking import mask

LONGEST = 120
LONGEST_ENDING = 20
_FOLDERS = re.compile(r"[/\\]")


def clean_name(name: str) -> str:
    """A name without folders, unseen letters and personal data, and not too long; its extension stays."""
    seen = _FOLDERS.split(UNSEEN.sub("", name).rstrip(". \t"))[-1].strip()
    stem, dot, ending = seen.rpartition(".")
    stem, ending = (stem, dot + ending[:LONGEST_ENDING]) if dot else (ending, "")
    return (mask(stem).text.strip() or NAMELESS)[: LONGEST - len(ending)] + ending
