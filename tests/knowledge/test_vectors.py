"""The vector store, on real Chroma."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.vectors import SHARED, EmbeddedPassage, Key, Scope, VectorStore, embedded_client, packed, unpacked

DIMENSION = 8
OURS = Scope("082201")
ROWS = np.eye(DIMENSION, dtype=np.float32)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "vectors"


@pytest.fixture
def store(directory: Path) -> Iterator[VectorStore]:
    client = embedded_client(directory)
    yield VectorStore(client, "ours", DIMENSION)
    client.close()


def embedded(name: str, axis: int, texts: int = 1) -> EmbeddedPassage:
    """A passage whose texts lie along one axis and the next ones."""
    return EmbeddedPassage(Key(name), ROWS[[(axis + i) % DIMENSION for i in range(texts)]])


def test_what_was_added_comes_back_as_it_was(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0, texts=2), embedded("b", 3)])
    found = store.vectors([SHARED], [Key("a"), Key("b"), Key("c")])
    assert found.keys() == {"a", "b"}
    assert found[Key("a")] == pytest.approx(embedded("a", 0, texts=2).vectors)
    assert found[Key("b")].shape == (1, DIMENSION)


def test_adding_twice_keeps_the_newer_vectors(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0)])
    store.add(SHARED, [embedded("a", 5)])
    assert store.vectors([SHARED], [Key("a")])[Key("a")] == pytest.approx(embedded("a", 5).vectors)


def test_eight_bits_keep_a_vector() -> None:
    vectors = np.random.default_rng(1).normal(size=(20, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert (unpacked(packed(vectors), 384) * vectors).sum(axis=1).min() > 0.9999


def test_a_passage_is_near_by_its_sentences(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0, texts=2), embedded("b", 4, texts=2)])
    assert store.nearest([SHARED], ROWS[1], 1) == {"a"}
    assert store.nearest([SHARED], ROWS[5], 1) == {"b"}


def test_a_scope_holds_only_its_own(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0)])
    store.add(OURS, [embedded("b", 0)])
    assert store.nearest([SHARED], ROWS[0], 9) == {"a"}
    assert store.nearest([SHARED, OURS], ROWS[0], 9) == {"a", "b"}
    assert store.scopes() == {SHARED, OURS}


def test_missing_and_surplus_follow_what_is_live(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0), embedded("b", 1)])
    live = {Key("b"), Key("c")}
    assert store.missing(SHARED, live) == {"c"}
    assert store.surplus(SHARED, live) == {"a"}
    store.remove(SHARED, {Key("a")})
    assert store.keys(SHARED) == {"b"}
    assert store.surplus(SHARED, live) == set()


def test_records_of_an_older_form_are_dropped(store: VectorStore) -> None:
    for name in ("passages", "sentences"):
        store.client.create_collection(f"madoguchi.shared.{name}", metadata={"model": "ours", "dimension": DIMENSION})
    assert store.keys(SHARED) == set()
    assert [one.name for one in store.client.list_collections()] == ["madoguchi.shared.passages"]


@pytest.mark.parametrize(("model", "dimension"), [("another", DIMENSION), ("ours", DIMENSION + 8)])
def test_vectors_of_another_model_are_dropped(directory: Path, model: str, dimension: int) -> None:
    client = embedded_client(directory)
    VectorStore(client, "ours", DIMENSION).add(SHARED, [embedded("a", 0)])
    assert VectorStore(client, model, dimension).keys(SHARED) == set()
    client.close()


def test_vectors_outlive_the_process(directory: Path) -> None:
    first = embedded_client(directory)
    VectorStore(first, "ours", DIMENSION).add(SHARED, [embedded("a", 0)])
    first.close()
    second = embedded_client(directory)
    assert VectorStore(second, "ours", DIMENSION).keys(SHARED) == {"a"}
    second.close()


def test_more_than_one_batch_of_chroma_goes_in_and_out(store: VectorStore) -> None:
    many = [embedded(f"p{i}", i % DIMENSION, texts=1) for i in range(5_600)]
    store.add(SHARED, many)
    assert len(store.vectors([SHARED], [item.key for item in many])) == 5_600
    store.remove(SHARED, [item.key for item in many])
    assert store.keys(SHARED) == set()
