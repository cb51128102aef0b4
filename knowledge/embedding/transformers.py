"""Any sentence-transformers model that the operator names; torch is imported with the first text only."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from consultation.errors import ModelMissing
from knowledge.embedding.embedder import Vectors
from knowledge.wording import model_missing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 16  # texts in one call to the model: long enough for two threads, short enough to let a question in between


class SentenceTransformersEmbedder:
    """A model by its name on the hub or its folder. Threads may share it."""

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
        return self._rows(self._ready.encode_query(list(texts), batch_size=BATCH, normalize_embeddings=True))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._rows(self._ready.encode_document(list(texts), batch_size=BATCH, normalize_embeddings=True))

    def _rows(self, vectors: object) -> Vectors:
        return np.asarray(vectors, np.float32).reshape(-1, self.dimension)

    @property
    def _ready(self) -> "SentenceTransformer":
        with self._loading:  # two threads may ask first
            return self._model

    @cached_property
    def _model(self) -> "SentenceTransformer":
        import torch

        torch.set_num_threads(self._threads)
        try:
            return _loaded(self._name, offline=True)
        except _NOT_THERE:
            pass
        try:
            return _loaded(self._name, offline=Path(self._name).exists())
        except _NOT_THERE as problem:
            raise ModelMissing(model_missing(self._name)) from problem


# What transformers and the hub's client raise for a model that is not there or cannot be fetched.
_NOT_THERE = (OSError, ValueError, RuntimeError)


def _loaded(name: str, *, offline: bool) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # seconds, which a keyword search need not wait

    model = SentenceTransformer(name, local_files_only=offline)
    if "e5" in name.lower() and not any(model.prompts.values()):
        model.prompts = {
            "query": "query: ",
            "document": "passage: ",
        }  # E5 is trained with them but does not say so
    return model
