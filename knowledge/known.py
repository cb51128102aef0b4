"""Vectors that were computed before: a corpus may bring its own, so that a first start need not wait for the model.

A file holds, for one model, the vectors of passages and their sentences by the digest of their texts; whatever is not
there is computed.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

from knowledge.embedding.embedder import Embedder, Text, Vectors

DIGEST = 16  # bytes of SHA-256: two texts of a corpus will not meet


class KnownVectors:
    """An Embedder that looks up passages before it computes them. Questions are always computed."""

    def __init__(self, embedder: Embedder, known: Mapping[bytes, Vectors]) -> None:
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

    def passages(self, texts: Sequence[Text]) -> list[Vectors]:
        unknown = list(dict.fromkeys(text for text in texts if key_of(text) not in self._known))
        computed = dict(zip(unknown, self._embedder.passages(unknown), strict=True)) if unknown else {}
        return [computed[text] if text in computed else self._known[key_of(text)] for text in texts]


def key_of(text: Text) -> bytes:
    """By which the vectors of a passage are kept."""
    return text.digest[:DIGEST]


def read_known(path: Path, model: str) -> Mapping[bytes, Vectors]:
    """The vectors of a file by key, (1 + sentences, dimension) each; none where it is missing or of another model."""
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as kept:
        if str(kept["model"]) != model:
            return {}
        vectors, counts, keys = kept["vectors"].astype(np.float32), kept["counts"], kept["keys"]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)  # half precision has rounded them
    rows = pairwise(accumulate(map(int, counts), initial=0))
    return {key.tobytes(): vectors[start:end] for key, (start, end) in zip(keys, rows, strict=True)}


def write_known(path: Path, model: str, known: Mapping[bytes, Vectors]) -> None:
    """Keep vectors in half precision, in the order of their keys."""
    ordered = sorted(known)
    keys = np.frombuffer(b"".join(ordered), np.uint8).reshape(len(ordered), DIGEST)
    counts = np.asarray([len(known[key]) for key in ordered], np.int32)
    vectors = np.concatenate([known[key] for key in ordered]).astype(np.float16)
    np.savez_compressed(path, model=np.asarray(model), keys=keys, counts=counts, vectors=vectors)
