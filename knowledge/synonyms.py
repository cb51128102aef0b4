"""Words that mean the same to a municipal clerk, searched as one; the table beside this file is meant to be edited.

Question and passage are both rewritten to the group's first word. Adding variants to the question alone is simpler, but
each variant a passage does not use would lower its term coverage, on which the confidence stands.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from knowledge.text import normalise


class Synonyms:
    """A table of groups, each an agreed word and its variants."""

    def __init__(self, groups: Iterable[tuple[str, ...]]) -> None:
        self._agreed = {
            normalise(variant): normalise(group[0]) for group in groups for variant in group if normalise(variant)
        }
        # The longest variant first, and the agreed words too, so that AI-OCR is not read as a shorter group's word.
        longest_first = sorted(self._agreed, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_bounded, longest_first))) if longest_first else None

    def contract(self, text: str) -> str:
        """Normalised `text` with every variant replaced by its group's agreed word."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self._agreed[found.group()], text)


def read_synonyms(path: Path | None = None) -> Synonyms:
    """The table at `path`, or the one that comes with the package."""
    source = path or files("knowledge") / "synonyms.tsv"
    return Synonyms(_groups(source.read_text(encoding="utf-8")))


def _groups(table: str) -> Iterator[tuple[str, ...]]:
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(word for word in line.split("\t") if word.strip())


def _bounded(word: str) -> str:
    """A Latin word counts only whole: ROI, but not inside Android."""
    before = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re.escape(word) + after
