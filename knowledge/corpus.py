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
