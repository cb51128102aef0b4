"""Look-alike programmes kept apart: which programme a question names, and which one a sentence tells about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultation.folding import folded
from consultation.passage import Passage

_ENTRY = re.compile(r"(?P<name>[^()]+)(?:\((?P<others>[^()]*)\))?")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme by its name, and what else it is called."""

    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programmes:
    """The programmes that are known; the longest name that stands in a text is the one that is meant."""

    known: tuple[Programme, ...]

    @classmethod
    def of(cls, columns: Iterable[str]) -> "Programmes":
        """Those of the catalogue's cells."""
        cells = sorted(set(columns))
        return cls(tuple(dict.fromkeys(programme for cell in cells for programme in programmes_of(cell))))

    def named(self, text: str) -> frozenset[str]:
        """The programmes that a text names, outside brackets and inside; brackets do not cut a name in two."""
        plain = _plain(text)
        outside = self._found(_BRACKETS.sub("", plain))
        return outside.union(*(self._found(inside) for inside in _BRACKETS.findall(plain)))

    def told(self, passage: Passage, words: str) -> frozenset[str]:
        """What some words of a passage tell about: what they name, else the heading, else the document's own.

        A document of several programmes tells of what the passage names.
        """
        own = frozenset(programme.name for programme in programmes_of(passage.programme))
        named = self.named(words) or self.named(" ".join(passage.heading))
        return named or (own if len(own) == 1 else self.named(passage.text))

    def is_apart(self, asked: frozenset[str], passage: Passage, words: str) -> bool:
        """Whether the words tell of other programmes only than those that were asked about."""
        told = self.told(passage, words) if asked else frozenset()
        return bool(told) and not told & asked

    def _found(self, plain: str) -> frozenset[str]:
        names = sorted(
            (
                (_plain(called), programme.name)
                for programme in self.known
                for called in (programme.name, *programme.others)
            ),
            key=lambda pair: -len(pair[0]),
        )
        found = set[str]()
        for called, name in names:
            if called in plain:
                found.add(name)
                plain = plain.replace(called, "\n")
        return frozenset(found)


def programmes_of(column: str) -> tuple[Programme, ...]:
    """The catalogue's cell: names between semicolons, each with its other names in brackets: 甲（こう）；乙."""
    entries = (_ENTRY.fullmatch(entry.strip()) for entry in folded(column).split(";"))
    return tuple(
        Programme(
            entry["name"].strip(), tuple(other.strip() for other in re.split("[、,]", entry["others"] or "") if other)
        )
        for entry in entries
        if entry is not None
    )


def of_asked_programme(question: str, passages: Sequence[Passage], programmes: Programmes) -> list[bool]:
    """For each passage, whether it may answer: where the question names a programme, one of another may not."""
    asked = programmes.named(question)
    return [
        not all(programmes.is_apart(asked, passage, sentence) for sentence in passage.sentences or (passage.text,))
        for passage in passages
    ]


def _plain(text: str) -> str:
    return "".join(folded(text).lower().split())
