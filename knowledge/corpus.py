"""Where passages come from: the log's database, through one seam; filtered by tenant and validity there alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from consultation.municipality import MunicipalityCode
from consultation.passage import Passage, PassageId


class Corpus(Protocol):
    """The passages of all live documents."""

    def live(self) -> Sequence[Passage]:
        """All live passages, of every municipality, for indexing only: never to be shown."""

    def visible(self, ids: Sequence[PassageId], tenant: MunicipalityCode, on: date) -> Mapping[PassageId, Passage]:
        """Of `ids`, the live passages that `tenant` may see and that are valid on the day, read afresh."""


class Due(Protocol):
    """What is to go live, all at once."""

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages that are live then, of every municipality."""

    def publish(self) -> bool:
        """Make it live. False where the corpus was changed meanwhile, and `passages` may not be what is live now."""


class ChangingCorpus(Corpus, Protocol):
    """A corpus that the index follows: what is new goes live when it can be found."""

    def coming(self) -> Due:
        """The corpus as it is to be next; the live one where nothing waits."""

    def held(self) -> Sequence[Passage]:
        """Passages that wait for a reviewer: their vectors are computed, and they are not found."""
