"""What every embedding model does for the desk: questions and passages become unit vectors that can be compared."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""(dimension,)"""
Vectors = NDArray[np.float32]
"""(n, dimension)"""


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

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of what questions are held against, in the same form. Raises ModelMissing."""
