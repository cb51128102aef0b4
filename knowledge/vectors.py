"""The vector store: Chroma, holding vectors and ids, never a text. All of it can be rebuilt from the log's database.

A scope is a collection: one for what all may see, one per municipality for what is restricted. A metadata filter
instead would cost 95 times as much at 100,000 vectors. A passage is one record: the mean of its sentences' vectors, by
which it is found, and those vectors in 8 bits, with which it is compared: a quarter of a record a sentence's memory.
"""

import base64
from collections.abc import Collection as AbstractCollection
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NewType, TypeVar, cast
from urllib.parse import urlsplit

import httpx
import numpy as np

from consultation.errors import Unavailable
from knowledge.embedding.embedder import Vector, Vectors

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

Key = NewType("Key", str)
"""A passage as embedded: its id and a digest of what was embedded, so that a changed text is another key."""
Scope = NewType("Scope", str)

_Item = TypeVar("_Item")

SHARED = Scope("shared")
MAX_BATCH = 5461  # Chroma refuses more at once
EF_SEARCH = 200  # HNSW finds no more than it explores
PACKED = "vectors"
FORM = 2  # of the records: collections of another are dropped, and computed again
LARGEST = 127


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """Unit vectors of a passage's texts, (n, dimension)."""

    key: Key
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class VectorStore:
    """The vectors of one embedding model; what another model left behind is dropped when a scope is opened."""

    client: "Client"
    model: str
    dimension: int
    _opened: "dict[Scope, Collection]" = field(default_factory=dict, init=False)

    def scopes(self) -> frozenset[Scope]:
        """The scopes that stand in the store, of whatever model."""
        with _translated():
            names = [collection.name for collection in self.client.list_collections()]
        return frozenset(Scope(name.split(".")[1]) for name in names if name.startswith("madoguchi."))

    def keys(self, scope: Scope) -> frozenset[Key]:
        collection = self._collection(scope)
        with _translated():
            return frozenset(map(Key, collection.get(include=[])["ids"]))

    def missing(self, scope: Scope, live: AbstractCollection[Key]) -> frozenset[Key]:
        return frozenset(live) - self.keys(scope)

    def surplus(self, scope: Scope, live: AbstractCollection[Key]) -> frozenset[Key]:
        """What stands in the scope and is not live."""
        return self.keys(scope) - frozenset(live)

    def add(self, scope: Scope, batch: Sequence[EmbeddedPassage]) -> None:
        """Durable on return, each passage wholly or not at all."""
        collection = self._collection(scope)
        with _translated():
            for part in _parts(batch):  # not `add`, which silently keeps the old vectors of a known id
                collection.upsert(
                    ids=[str(item.key) for item in part],
                    embeddings=np.stack([_centre(item.vectors) for item in part]),
                    metadatas=[{PACKED: packed(item.vectors)} for item in part],
                )

    def remove(self, scope: Scope, keys: AbstractCollection[Key]) -> None:
        collection = self._collection(scope)
        with _translated():
            for part in _parts(sorted(map(str, keys))):
                collection.delete(ids=list(part))

    def nearest(self, scopes: Sequence[Scope], question: Vector, count: int) -> frozenset[Key]:
        """Of each scope the `count` nearest passages."""
        with _translated():
            return frozenset(
                Key(name) for scope in scopes for name in _nearest(self._collection(scope), question, count)
            )

    def vectors(self, scopes: Sequence[Scope], keys: AbstractCollection[Key]) -> dict[Key, Vectors]:
        """The vectors of the passages' texts, (texts, dimension); a passage that is not in is left out."""
        rows: dict[Key, Vectors] = {}
        for scope in scopes:
            collection = self._collection(scope)
            with _translated():
                for part in _parts(sorted(map(str, keys))):
                    found = collection.get(ids=list(part), include=["metadatas"])
                    packs = [str(record[PACKED]) for record in found["metadatas"] or ()]
                    rows |= {
                        Key(name): unpacked(pack, self.dimension)
                        for name, pack in zip(found["ids"], packs, strict=True)
                    }
        return rows

    def _collection(self, scope: Scope) -> "Collection":
        if scope not in self._opened:
            with _translated():
                self._opened[scope] = self._open(f"madoguchi.{scope}.", "passages")
        return self._opened[scope]

    def _open(self, prefix: str, name: str) -> "Collection":
        ours = {"model": self.model, "dimension": self.dimension, "form": FORM}
        for other in self.client.list_collections():
            if other.name.startswith(prefix) and (other.name != prefix + name or other.metadata != ours):
                self.client.delete_collection(other.name)
        return self.client.get_or_create_collection(
            prefix + name,
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


def _nearest(collection: "Collection", question: Vector, count: int) -> list[str]:
    found = collection.query(query_embeddings=np.asarray([question], np.float32), n_results=count, include=[])
    return found["ids"][0]


def packed(vectors: Vectors) -> str:
    """Unit vectors, each number in 8 bits of the largest: what Chroma keeps beside a record is text."""
    scales = np.abs(vectors).max(axis=1, keepdims=True).astype(np.float32) / LARGEST
    numbers = np.round(vectors / np.where(scales > 0, scales, 1)).astype(np.int8)
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def unpacked(pack: str, dimension: int) -> Vectors:
    """Of a pack the unit vectors, (n, dimension), each number within 0.4 % of the vector's largest."""
    numbers = np.frombuffer(base64.b64decode(pack), np.int8).reshape(-1, dimension).astype(np.float32)
    return np.asarray(numbers / np.linalg.norm(numbers, axis=1, keepdims=True), np.float32)


def _centre(vectors: Vectors) -> Vector:
    mean = vectors.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), MAX_BATCH):
        yield items[start : start + MAX_BATCH]


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma's failures as ours: search goes on without vectors, a refresh is tried again later."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError) as problem:
        raise Unavailable(f"Chroma: {problem}") from problem
