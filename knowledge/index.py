"""The index over a corpus: keywords at once, vectors as they follow. Searches run while it is refreshed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from consultation.passage import Passage
from knowledge.corpus import ChangingCorpus, Due
from knowledge.embedding.embedder import Embedder
from knowledge.snapshot import Snapshot, by_scope, embedded_texts, key_of, snapshot_of, version_of
from knowledge.tokens import Analyser
from knowledge.vectors import EmbeddedPassage, Key, Scope, VectorStore

BATCH = 32  # passages embedded between two durable writes: a second or two of work to lose


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index is; `vectors` counts passages whose vectors are in completely."""

    passages: int
    vectors: int
    pending: int
    model: str
    corpus_version: str


class KnowledgeIndex:
    """The current snapshot and, once a refresh has loaded the model, the vectors."""

    def __init__(
        self,
        corpus: ChangingCorpus,
        analyser: Analyser,
        embedder: Embedder,
        store_for: Callable[[Embedder], VectorStore],
    ) -> None:
        self._corpus = corpus
        self._analyser = analyser
        self._embedder = embedder
        self._store_for = store_for
        self._store: VectorStore | None = None
        self._pending: frozenset[Key] | None = None
        self._refreshing = threading.Lock()
        self._switching = threading.Lock()
        self._snapshot = self._coming = snapshot_of(corpus.live(), analyser)
        self._wanted = frozenset(self._coming.keys)

    @property
    def snapshot(self) -> Snapshot:
        """Of what is live; waits while that is being switched. The same before and after a search: it saw no switch."""
        with self._switching:
            return self._snapshot

    @property
    def model(self) -> str:
        """The embedding model's name."""
        return self._embedder.name

    @property
    def store(self) -> VectorStore | None:
        """None until a refresh has loaded the model: search then goes by keywords alone."""
        return self._store

    def state(self) -> IndexState:
        """Of the corpus that is coming, what is held with it. Before the first refresh all count as pending."""
        wanted, pending = self._wanted, self._pending
        left = len(wanted) if pending is None else len(pending & wanted)
        return IndexState(len(wanted), len(wanted) - left, left, self._embedder.name, self._coming.version)

    def refresh(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        """Follow the corpus: embed what is coming, let it go live, drop what is gone. May be cut off and called again.

        Raises ModelMissing, or Unavailable where a Chroma server does not answer; what is coming goes live even then.
        """
        with self._refreshing:
            due, held = self._corpus.coming(), self._corpus.held()
            if version_of(due.passages) != self._coming.version:
                self._pending, self._coming = None, snapshot_of(due.passages, self._analyser)
            self._wanted = frozenset(map(key_of, (*due.passages, *held)))
            if not self._snapshot.keys:  # nobody finds anything yet: words need not wait for vectors
                self._switch(due)
            try:
                return self._follow(due, held, progress)
            except Exception:
                self._switch(due)  # better found by words alone than not at all
                raise

    def _follow(self, due: Due, held: Sequence[Passage], progress: Callable[[IndexState], None]) -> IndexState:
        """Embed what is new while the old is found, then switch, and only then drop what is needed no longer."""
        store = self._store or self._store_for(self._embedder)
        passages = (*due.passages, *held)
        wanted = by_scope(passages)
        missing = {scope: store.missing(scope, keys) for scope, keys in wanted.items()}
        self._pending = frozenset[Key]().union(*missing.values())
        self._store = store
        progress(self.state())
        for batch in _batches(list({key_of(one): one for one in passages if key_of(one) in self._pending}.values())):
            self._embed(store, batch, missing)
            self._pending -= frozenset(map(key_of, batch))
            progress(self.state())
        self._switch(due)
        for scope in store.scopes() | wanted.keys():
            store.remove(scope, store.surplus(scope, wanted.get(scope, frozenset())))
        return self.state()

    def _switch(self, due: Due) -> None:
        """The corpus and what searches see of it, as one: a search that overlaps is made again (Search)."""
        with self._switching:
            if not due.publish():
                self._coming = snapshot_of(self._corpus.live(), self._analyser)
            self._snapshot = self._coming

    def rebuild(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        """Forget every vector, then refresh."""
        with self._refreshing:
            store, self._store = self._store or self._store_for(self._embedder), None
            for scope in store.scopes():
                store.remove(scope, store.surplus(scope, frozenset()))
        return self.refresh(progress)

    def _embed(self, store: VectorStore, batch: Sequence[Passage], missing: dict[Scope, frozenset[Key]]) -> None:
        embedded = list(_embedded(batch, self._embedder))
        for scope, keys in missing.items():
            if mine := [item for item in embedded if item.key in keys]:
                store.add(scope, mine)


def _embedded(batch: Sequence[Passage], embedder: Embedder) -> Iterator[EmbeddedPassage]:
    texts = list(map(embedded_texts, batch))
    vectors = embedder.passages(list(chain.from_iterable(texts)))
    ends = np.cumsum(list(map(len, texts)))[:-1]
    return map(EmbeddedPassage, map(key_of, batch), np.split(vectors, ends))


def _batches(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for start in range(0, len(passages), BATCH):
        yield passages[start : start + BATCH]
