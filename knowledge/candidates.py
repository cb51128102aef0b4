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
from knowledge.fusion import Floats
from knowledge.snapshot import Snapshot, key_of
from knowledge.vectors import EmbeddedPassage, VectorStore


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whose it is, and the day it is asked."""

    question: str
    tenant: MunicipalityCode
    on: date


@dataclass(frozen=True, slots=True)
class Cosines:
    """Of the question with each candidate (n,), and with each candidate's sentences."""

    passages: Floats
    sentences: tuple[Floats, ...]

    @property
    def best_sentences(self) -> Floats:
        """A passage without sentences speaks for itself."""
        best = [max(own, default=whole) for own, whole in zip(self.sentences, self.passages, strict=True)]
        return np.asarray(best, np.float32)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages the tenant may see now, with their rows in the snapshot; no cosines: go by keywords alone."""

    rows: tuple[int, ...]
    passages: tuple[Passage, ...]
    cosines: Cosines | None


@dataclass(frozen=True, slots=True)
class Gathering:
    """Brings candidates: `count` from keywords, and as many from the vectors of passages and of sentences each."""

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
        sizes = {snapshot.keys[row]: len(passage.sentences) for row, passage in zip(rows, passages, strict=True)}
        vectors = store.vectors(scopes, sizes)
        if len(vectors) < len(rows):
            return None
        return Candidates(rows, passages, _cosines([vectors[snapshot.keys[row]] for row in rows], question))

    def _by_keywords(self, bm25: Floats) -> list[int]:
        best = np.argsort(-bm25, kind="stable")[: self.count]
        return [int(row) for row in best if bm25[row] > 0]

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


def _cosines(vectors: list[EmbeddedPassage], question: Floats) -> Cosines:
    passages = np.asarray([vector.passage @ question for vector in vectors], np.float32)
    return Cosines(passages, tuple(np.asarray(vector.sentences @ question, np.float32) for vector in vectors))
