"""Vectors that were computed before: a corpus may bring its own, so that a first start need not wait for the model.

A file holds, for one model, the vectors of texts by their digest; whatever is not there is computed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding.embedder import Embedder, Vector, Vectors

DIGEST = 16  # bytes of SHA-256: two texts of a corpus will not meet


class KnownVectors:
    """An Embedder that looks up passages before it computes them. Questions are always computed."""

    def __init__(self, embedder: Embedder, known: Mapping[bytes, Vector]) -> None:
        self._embedder = embedder
        self._known = known

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.queries(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        unknown = list(dict.fromkeys(text for text in texts if key_of(text) not in self._known))
        computed = dict(zip(unknown, self._embedder.passages(unknown), strict=True)) if unknown else {}
        rows = [computed[text] if text in computed else self._known[key_of(text)] for text in texts]
        return np.asarray(rows, np.float32).reshape(len(rows), self.dimension)


def key_of(text: str) -> bytes:
    """By which the vector of a text is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:DIGEST]


def read_known(path: Path, model: str) -> Mapping[bytes, Vector]:
    """The vectors of a file by key; none where it is missing or of another model."""
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as kept:
        if str(kept["model"]) != model:
            return {}
        vectors, keys = kept["vectors"].astype(np.float32), kept["keys"]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)  # half precision has rounded them
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def write_known(path: Path, model: str, known: Mapping[bytes, Vector]) -> None:
    """Keep vectors in half precision, in the order of their keys."""
    ordered = sorted(known)
    keys = np.frombuffer(b"".join(ordered), np.uint8).reshape(len(ordered), DIGEST)
    vectors = np.stack([known[key] for key in ordered]).astype(np.float16)
    np.savez_compressed(path, model=np.asarray(model), keys=keys, vectors=vectors)
