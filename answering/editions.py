"""What a newer edition changed: the sentence of the edition before that says the same with other figures."""

import re
from collections.abc import Sequence
from typing import Protocol

from consultation.folding import folded
from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, Passage
from consultation.sentences import sentences_of

ALIKE = 0.6  # share of common letter pairs, figures aside, from which two sentences speak of the same
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Editions(Protocol):
    """Where the edition before is found."""

    def earlier(self, document_id: DocumentId, tenant: MunicipalityCode) -> Sequence[Passage]:
        """The passages of the edition that the live one took the place of, where the tenant may see it; else none."""


def changed(quote: str, earlier: Sequence[Passage]) -> tuple[str, Passage] | None:
    """The earlier edition's sentence that differs from the quotation in its figures only, with its passage."""
    for ours in map(str.strip, sentences_of(quote)):
        if not _FIGURE.search(folded(ours)):
            continue
        likest = max(
            ((_likeness(ours, theirs), theirs.strip(), passage) for passage in earlier for theirs in passage.sentences),
            key=lambda found: found[0],
            default=None,
        )
        if likest is not None and likest[0] >= ALIKE and _figures(ours) != _figures(likest[1]):
            return likest[1], likest[2]
    return None


def _figures(text: str) -> list[str]:
    return sorted(figure.replace(",", "") for figure in _FIGURE.findall(folded(text)))


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient of the letter pairs; a sentence without figures is like none."""
    if not _FIGURE.search(folded(other)):
        return 0.0
    ours, theirs = _pairs(one), _pairs(other)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _pairs(text: str) -> set[str]:
    letters = _FIGURE.sub("#", "".join(folded(text).split()))
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
