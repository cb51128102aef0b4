"""What every embedding model does for the desk: questions and passages become unit vectors that can be compared."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to embed: the title and headings that stand over it, its text, and the sentences of that."""

    head: str
    body: str
    sentences: tuple[str, ...]

    @property
    def whole(self) -> str:
        """What stands for the passage: a text rarely names its subject, the head does."""
        return f"{self.head}\n{self.body}"

    @property
    def digest(self) -> bytes:
        """Another one wherever what is embedded has changed."""
        content = "\0".join((self.whole, *self.sentences))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()

    @property
    def said(self) -> tuple[str, ...]:
        """What stands for each sentence, alone."""
        return tuple(f"{self.head}\n{sentence}" for sentence in self.sentences)


class Embedder(Protocol):
    """Makes vectors that can be compared by their dot product."""

    @property
    def name(self) -> str:
        """The model's name and make: vectors of different names are never compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector. May load the model. Raises ModelMissing."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (len(texts), dimension), float32, in order. Raises ModelMissing."""

    def passages(self, texts: Sequence[Text]) -> list[Vectors]:
        """Of each passage, in order, unit vectors of shape (1 + sentences, dimension): its own, then its sentences'."""
