"""The passages worth ranking for a question: what keywords and vectors bring, re-read under the tenant's filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from consultation.errors import Unavailable
from consultation.municipality import MunicipalityCode
from consultation.passage import Passage
from consultation.programmes import of_asked_programme
from knowledge.corpus import Corpus
from knowledge.embedding.embedder import Embedder
from knowledge.lexical import Floats
from knowledge.snapshot import Snapshot, key_of
from knowledge.vectors import VectorStore


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whose it is, and the day it is asked."""

    question: str
    tenant: MunicipalityCode
    on: date


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages the tenant may see now, with their rows in the snapshot; no cosines: go by keywords alone."""

    rows: tuple[int, ...]
    passages: tuple[Passage, ...]
    cosines: tuple[Floats, ...] | None
    """Of the question with each text of each passage."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Brings candidates: `count` from keywords, and as many from vectors."""

    corpus: Corpus
    embedder: Embedder
    count: int

    def gather(self, asked: Asked, snapshot: Snapshot, bm25: Floats, store: VectorStore | None) -> Candidates:
        """Without a store, or while one of the candidates has no vectors yet, by keywords alone."""
        if store is not None:
            try:
                found = self._with_vectors(asked, snapshot, bm25, store)
            except Unavailable:
                found = None  # Chroma as a server is away: keywords still answer
            if found is not None:
                return found
        return Candidates(*self._visible(asked, snapshot, self._by_keywords(bm25)), None)

    def _with_vectors(self, asked: Asked, snapshot: Snapshot, bm25: Floats, store: VectorStore) -> Candidates | None:
        question = self.embedder.queries([asked.question])[0]
        scopes = snapshot.scopes_for(asked.tenant)
        near = store.nearest(scopes, question, self.count)
        wanted = {*self._by_keywords(bm25), *(snapshot.row_of[key] for key in near if key in snapshot.row_of)}
        rows, passages = self._visible(asked, snapshot, wanted)
        vectors = store.vectors(scopes, [snapshot.keys[row] for row in rows])
        if len(vectors) < len(rows):
            return None
        return Candidates(rows, passages, tuple(vectors[snapshot.keys[row]] @ question for row in rows))

    def _by_keywords(self, bm25: Floats) -> list[int]:
        some = np.argsort(-bm25, kind="stable")[: self.count]
        return [int(row) for row in some if bm25[row] > 0]

    def _visible(
        self, asked: Asked, snapshot: Snapshot, rows: Iterable[int]
    ) -> tuple[tuple[int, ...], tuple[Passage, ...]]:
        """Rows and passages in the corpus's order; one whose text changed since the snapshot waits for the next."""
        wanted = sorted(rows)
        passages = self.corpus.visible([snapshot.ids[row] for row in wanted], asked.tenant, asked.on)
        seen = [(row, passages[snapshot.ids[row]]) for row in wanted if snapshot.ids[row] in passages]
        fresh = [(row, passage) for row, passage in seen if key_of(passage) == snapshot.keys[row]]
        may_answer = of_asked_programme(
            asked.question, [passage for _, passage in fresh], snapshot.programmes_for(asked.tenant)
        )
        kept = [pair for pair, may in zip(fresh, may_answer, strict=True) if may]
        return tuple(row for row, _ in kept), tuple(passage for _, passage in kept)
