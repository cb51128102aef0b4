"""Vectors that come along: looked up where known, computed where not, never another model's, and never stale."""

import numpy as np
import pytest

from knowledge.embedding.nano import MAKE, NanoEmbedder
from knowledge.known import KnownVectors, key_of, read_known, write_known
from materials import FILES, VECTORS
from materials.build.vectors import texts_of

KNOWN, NEW = "題\n既知", "題\n新しい文"
ROW = np.asarray([0, 0, 1], np.float32)


class Counting:
    """A small embedder that remembers what it was asked to compute."""

    name, dimension = "counting", 3

    def __init__(self):
        self.computed = []

    def queries(self, texts):
        self.computed += texts
        return np.asarray([[len(text), 1, 0] for text in texts], np.float32)

    def passages(self, texts):
        return self.queries(texts)


def test_known_texts_are_looked_up_and_others_computed_once_in_order():
    counting = Counting()
    embedder = KnownVectors(counting, {key_of(KNOWN): ROW})

    vectors = embedder.passages([NEW, KNOWN, NEW])

    assert vectors.tolist() == [[len(NEW), 1, 0], [0, 0, 1], [len(NEW), 1, 0]]
    assert counting.computed == [NEW]
    assert embedder.passages([]).shape == (0, 3)


def test_questions_are_always_computed():
    counting = Counting()

    KnownVectors(counting, {key_of(KNOWN): ROW}).queries(["既知"])

    assert counting.computed == ["既知"]


def test_what_is_written_is_read_as_unit_vectors(tmp_path):
    file = tmp_path / "vectors.npz"
    write_known(file, "m", {key_of(NEW): np.asarray([3, 4], np.float32), key_of(KNOWN): 2 * ROW[1:]})

    known = read_known(file, "m")

    assert known[key_of(NEW)].tolist() == pytest.approx([0.6, 0.8])
    assert known[key_of(KNOWN)].tolist() == ROW[1:].tolist()


def test_another_models_vectors_are_not_read(tmp_path):
    file = tmp_path / "vectors.npz"
    write_known(file, "m", {key_of(NEW): np.asarray([1, 0], np.float32)})

    assert read_known(file, "another") == {}
    assert read_known(tmp_path / "nowhere.npz", "m") == {}


def test_the_shipped_vectors_cover_the_starter_corpus_and_are_the_models():
    known, texts = read_known(VECTORS, MAKE), texts_of(FILES)

    assert [text for text in texts if key_of(text) not in known] == []  # else: make materials
    sample = texts[:: len(texts) // 8]
    for text, computed in zip(sample, NanoEmbedder(2).passages(sample), strict=True):
        assert float(computed @ known[key_of(text)]) > 0.99
