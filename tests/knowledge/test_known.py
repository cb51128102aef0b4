"""Vectors that come along: looked up where known, computed where not, never another model's, and never stale."""

import numpy as np
import pytest

from knowledge.embedding import NANO_E5, SentenceTransformersEmbedder
from knowledge.known import KnownVectors, digest, read_known, write_known
from materials import FILES, VECTORS
from materials.build.vectors import texts_of


class Counting:
    """A small embedder that remembers what it was asked to compute."""

    name, dimension = "counting", 3

    def __init__(self):
        self.computed = []

    def queries(self, texts):
        return self.passages(texts)

    def passages(self, texts):
        self.computed += texts
        return np.asarray([[len(text), 1, 0] for text in texts], np.float32)


def test_known_texts_are_looked_up_and_others_computed_once_in_order():
    counting = Counting()
    embedder = KnownVectors(counting, {digest("既知"): np.asarray([0, 0, 1], np.float32)})

    vectors = embedder.passages(["新しい文", "既知", "新しい文"])

    assert vectors.tolist() == [[4, 1, 0], [0, 0, 1], [4, 1, 0]]
    assert counting.computed == ["新しい文"]


def test_questions_are_always_computed():
    counting = Counting()

    KnownVectors(counting, {digest("既知"): np.asarray([0, 0, 1], np.float32)}).queries(["既知"])

    assert counting.computed == ["既知"]


def test_what_is_written_is_read_as_unit_vectors(tmp_path):
    file = tmp_path / "vectors.npz"
    write_known(file, "m", {digest("あ"): np.asarray([3, 4], np.float32), digest("い"): np.asarray([0, 1], np.float32)})

    known = read_known(file, "m")

    assert known[digest("あ")].tolist() == pytest.approx([0.6, 0.8])
    assert known[digest("い")].tolist() == [0, 1]


def test_another_models_vectors_are_not_read(tmp_path):
    file = tmp_path / "vectors.npz"
    write_known(file, "m", {digest("あ"): np.asarray([1, 0], np.float32)})

    assert read_known(file, "another") == {}
    assert read_known(tmp_path / "nowhere.npz", "m") == {}


def test_the_shipped_vectors_cover_the_starter_corpus_and_are_the_models():
    known, texts = read_known(VECTORS, NANO_E5), texts_of(FILES)

    assert [text for text in texts if digest(text) not in known] == []  # else: make materials
    sample = texts[:: len(texts) // 8]
    computed = SentenceTransformersEmbedder(NANO_E5, 2).passages(sample)
    shipped = np.stack([known[digest(text)] for text in sample])
    assert (computed * shipped).sum(axis=1).min() > 0.999
