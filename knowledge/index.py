"""The index over a corpus: keywords at once, vectors as they follow. Searches run while it is refreshed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from consultation.passage import Passage
from knowledge.corpus import Corpus
from knowledge.embedding import Embedder
from knowledge.snapshot import Snapshot, indexed_text, key_of, sentence_text, snapshot_of, version_of
from knowledge.tokens import Analyser
from knowledge.vectors import EmbeddedPassage, Key, Scope, VectorStore

BATCH = 8  # passages embedded between two durable writes: a few seconds of work to lose


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
        self, corpus: Corpus, analyser: Analyser, embedder: Embedder, store_for: Callable[[Embedder], VectorStore]
    ) -> None:
        self._corpus = corpus
        self._analyser = analyser
        self._embedder = embedder
        self._store_for = store_for
        self._store: VectorStore | None = None
        self._pending: frozenset[Key] | None = None
        self._refreshing = threading.Lock()
        self._snapshot = self._coming = snapshot_of(corpus.live(), analyser)

    @property
    def snapshot(self) -> Snapshot:
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
        """Of the corpus that is coming. Before the first refresh all count as pending."""
        snapshot, pending = self._coming, self._pending
        left = len(snapshot.keys) if pending is None else len(pending.intersection(snapshot.keys))
        return IndexState(len(snapshot.keys), len(snapshot.keys) - left, left, self._embedder.name, snapshot.version)

    def refresh(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        """Follow the corpus: drop what is gone, embed what is new. May be cut off anywhere and called again.

        Raises ModelMissing, or Unavailable where a Chroma server does not answer; keywords follow even then.
        """
        with self._refreshing:
            passages = self._corpus.live()
            if version_of(passages) != self._coming.version:
                self._pending, self._coming = None, snapshot_of(passages, self._analyser)
            if self._store is None:  # nobody searches by vectors yet: words need not wait for them
                self._snapshot = self._coming
            try:
                return self._follow(passages, progress)
            finally:
                self._snapshot = self._coming

    def _follow(self, passages: Sequence[Passage], progress: Callable[[IndexState], None]) -> IndexState:
        """Embed what is new before searches see it, and only then drop what they no longer need."""
        store = self._store or self._store_for(self._embedder)
        wanted = self._coming.by_scope()
        missing = {scope: store.missing(scope, keys) for scope, keys in wanted.items()}
        self._pending = frozenset[Key]().union(*missing.values())
        self._store = store
        progress(self.state())
        for batch in _batches([passage for passage in passages if key_of(passage) in self._pending]):
            self._embed(store, batch, missing)
            self._pending -= frozenset(map(key_of, batch))
            progress(self.state())
        self._snapshot = self._coming
        for scope in store.scopes() | wanted.keys():
            store.remove(scope, store.surplus(scope, wanted.get(scope, frozenset())))
        return self.state()

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
    texts = [indexed_text(passage) for passage in batch]
    sentences = [sentence_text(passage, sentence) for passage in batch for sentence in passage.sentences]
    vectors = embedder.passages(texts + sentences)  # in one call, which sorts by length itself
    at = len(texts)
    for row, passage in enumerate(batch):
        yield EmbeddedPassage(key_of(passage), vectors[row], vectors[at : at + len(passage.sentences)])
        at += len(passage.sentences)


def _batches(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for start in range(0, len(passages), BATCH):
        yield passages[start : start + BATCH]
