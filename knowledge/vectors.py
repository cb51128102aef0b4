"""The vector store: Chroma, holding vectors and ids, never a text. All of it can be rebuilt from the log's database.

A scope is a pair of collections, passages and sentences: one scope for what all may see, one per municipality for what
is restricted. A metadata filter instead of separate collections would cost 95 times as much at 100,000 vectors.
"""

from collections.abc import Collection as AbstractCollection
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NewType, TypeVar, cast
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from consultation.errors import Unavailable

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

Key = NewType("Key", str)
"""A passage as embedded: its id and a digest of what was embedded, so that a changed text is another key."""
Scope = NewType("Scope", str)
Vector = NDArray[np.float32]

_Item = TypeVar("_Item")

SHARED = Scope("shared")
MAX_BATCH = 5461  # Chroma refuses more at once
EF_SEARCH = 200  # sentences are asked for 150 at a time, and HNSW finds no more than it explores


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """Unit vectors of a passage (dim,) and of its sentences (n, dim)."""

    key: Key
    passage: Vector
    sentences: Vector


@dataclass(frozen=True, slots=True)
class _Pair:
    passages: "Collection"
    sentences: "Collection"


@dataclass(frozen=True, slots=True)
class VectorStore:
    """The vectors of one embedding model; what another model left behind is dropped when a scope is opened."""

    client: "Client"
    model: str
    dimension: int
    _pairs: dict[Scope, _Pair] = field(default_factory=dict, init=False)

    def scopes(self) -> frozenset[Scope]:
        """The scopes that stand in the store, of whatever model."""
        with _translated():
            names = [collection.name for collection in self.client.list_collections()]
        return frozenset(Scope(name.split(".")[1]) for name in names if name.startswith("madoguchi."))

    def keys(self, scope: Scope) -> frozenset[Key]:
        """The passages that are in completely."""
        with _translated():
            return frozenset(map(Key, self._pair(scope).passages.get(include=[])["ids"]))

    def missing(self, scope: Scope, live: AbstractCollection[Key]) -> frozenset[Key]:
        return frozenset(live) - self.keys(scope)

    def surplus(self, scope: Scope, live: AbstractCollection[Key]) -> frozenset[Key]:
        """What stands in the scope and is not live, and sentences that an interrupted `add` left alone."""
        with _translated():
            sentences = self._pair(scope).sentences.get(include=[])["ids"]
        return (self.keys(scope) | frozenset(map(_key_of, sentences))) - frozenset(live)

    def add(self, scope: Scope, batch: Sequence[EmbeddedPassage]) -> None:
        """Durable on return. The passage goes in after its sentences: where it stands, it is complete."""
        pair = self._pair(scope)
        sentences = [(f"{item.key}#{i}", vector) for item in batch for i, vector in enumerate(item.sentences)]
        with _translated():
            _upsert(pair.sentences, sentences)
            _upsert(pair.passages, [(str(item.key), item.passage) for item in batch])

    def remove(self, scope: Scope, keys: AbstractCollection[Key]) -> None:
        pair = self._pair(scope)
        with _translated():
            _delete(pair.passages, list(map(str, keys)))
            stored = pair.sentences.get(include=[])["ids"] if keys else []
            _delete(pair.sentences, [identity for identity in stored if _key_of(identity) in keys])

    def nearest(self, scopes: Sequence[Scope], question: Vector, count: int) -> frozenset[Key]:
        """Of each scope the `count` nearest passages, and the passages of the 3 × `count` nearest sentences."""
        pairs = [self._pair(scope) for scope in scopes]
        with _translated():
            passages = [key for pair in pairs for key in _nearest(pair.passages, question, count)]
            sentences = [key for pair in pairs for key in _nearest(pair.sentences, question, 3 * count)]
        return frozenset(map(Key, passages)) | frozenset(map(_key_of, sentences))

    def vectors(self, scopes: Sequence[Scope], sizes: Mapping[Key, int]) -> dict[Key, EmbeddedPassage]:
        """The vectors of passages with that many sentences each; a passage that is not completely in is left out."""
        sentence_ids = [f"{key}#{i}" for key, size in sizes.items() for i in range(size)]
        passages: dict[str, Vector] = {}
        sentences: dict[str, Vector] = {}
        with _translated():
            for pair in map(self._pair, scopes):
                passages |= _vectors(pair.passages, list(map(str, sizes)))
                sentences |= _vectors(pair.sentences, sentence_ids)
        return {
            key: EmbeddedPassage(
                key, passages[key], _rows([sentences[f"{key}#{i}"] for i in range(size)], self.dimension)
            )
            for key, size in sizes.items()
            if key in passages and all(f"{key}#{i}" in sentences for i in range(size))
        }

    def _pair(self, scope: Scope) -> _Pair:
        if scope not in self._pairs:
            with _translated():
                self._pairs[scope] = _Pair(
                    self._collection(f"{scope}.passages"), self._collection(f"{scope}.sentences")
                )
        return self._pairs[scope]

    def _collection(self, name: str) -> "Collection":
        full, ours = f"madoguchi.{name}", {"model": self.model, "dimension": self.dimension}
        standing = {collection.name: collection.metadata for collection in self.client.list_collections()}
        if full in standing and standing[full] != ours:
            self.client.delete_collection(full)
        return self.client.get_or_create_collection(
            full,
            metadata=ours,
            configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}},  # Chroma's own default is l2
            embedding_function=None,  # Chroma's own default downloads a model
        )


def embedded_client(directory: Path) -> "Client":
    """Chroma inside this process. Hold the directory's lock."""
    import chromadb  # takes a second, which `--help` need not
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # typed as its base class, which cannot be closed


def server_client(url: str) -> "Client":
    """Chroma as a server. Raises Unavailable."""
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    with _translated():
        client = chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if secure else 80),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
    return cast("Client", client)


def _upsert(collection: "Collection", rows: Sequence[tuple[str, Vector]]) -> None:
    for part in _parts(rows):  # not `add`, which silently keeps the old vector of a known id
        collection.upsert(ids=[identity for identity, _ in part], embeddings=np.stack([vector for _, vector in part]))


def _delete(collection: "Collection", ids: Sequence[str]) -> None:
    for part in _parts(ids):
        collection.delete(ids=list(part))


def _nearest(collection: "Collection", question: Vector, count: int) -> list[str]:
    if not (held := collection.count()):
        return []
    found = collection.query(
        query_embeddings=np.asarray([question], np.float32), n_results=min(count, held), include=[]
    )
    return found["ids"][0]


def _vectors(collection: "Collection", ids: Sequence[str]) -> dict[str, Vector]:
    vectors: dict[str, Vector] = {}
    for part in _parts(ids):
        found = collection.get(ids=list(part), include=["embeddings"])
        embeddings = found["embeddings"] if found["embeddings"] is not None else []
        vectors |= {
            identity: np.asarray(row, np.float32) for identity, row in zip(found["ids"], embeddings, strict=True)
        }
    return vectors


def _parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), MAX_BATCH):
        yield items[start : start + MAX_BATCH]


def _rows(vectors: Sequence[Vector], dimension: int) -> Vector:
    return np.stack(vectors) if vectors else np.zeros((0, dimension), np.float32)


def _key_of(identity: str) -> Key:
    """The passage of a sentence's id."""
    return Key(identity.rpartition("#")[0])


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma's failures as ours: search goes on without vectors, a refresh is tried again later."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError) as problem:
        raise Unavailable(f"Chroma: {problem}") from problem
