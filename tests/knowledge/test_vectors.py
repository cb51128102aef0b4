"""The vector store, on real Chroma."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.vectors import SHARED, EmbeddedPassage, Key, Scope, VectorStore, embedded_client

DIMENSION = 8
OURS = Scope("082201")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "vectors"


@pytest.fixture
def store(directory: Path) -> Iterator[VectorStore]:
    client = embedded_client(directory)
    yield VectorStore(client, "ours", DIMENSION)
    client.close()


def embedded(name: str, axis: int, sentences: int = 2) -> EmbeddedPassage:
    """A passage along one axis, its sentences along the next ones."""
    rows = np.eye(DIMENSION, dtype=np.float32)
    return EmbeddedPassage(Key(name), rows[axis], rows[[(axis + 1 + i) % DIMENSION for i in range(sentences)]])


def test_what_was_added_comes_back_as_it_was(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0), embedded("b", 3, sentences=0)])
    found = store.vectors([SHARED], {Key("a"): 2, Key("b"): 0, Key("c"): 1})
    assert found.keys() == {"a", "b"}
    assert found[Key("a")].passage == pytest.approx(embedded("a", 0).passage)
    assert found[Key("a")].sentences == pytest.approx(embedded("a", 0).sentences)
    assert found[Key("b")].sentences.shape == (0, DIMENSION)


def test_adding_twice_keeps_the_newer_vector(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0)])
    store.add(SHARED, [embedded("a", 5)])
    assert store.vectors([SHARED], {Key("a"): 2})[Key("a")].passage == pytest.approx(embedded("a", 5).passage)


def test_a_passage_is_near_by_itself_or_by_a_sentence(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0, sentences=1), embedded("b", 4, sentences=1)])
    by_passage, by_sentence = np.eye(DIMENSION, dtype=np.float32)[[0, 5]]
    assert store.nearest([SHARED], by_passage, 1) >= {"a"}
    assert store.nearest([SHARED], by_sentence, 1) >= {"b"}


def test_a_scope_holds_only_its_own(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0)])
    store.add(OURS, [embedded("b", 0)])
    question = embedded("q", 0).passage
    assert store.nearest([SHARED], question, 9) == {"a"}
    assert store.nearest([SHARED, OURS], question, 9) == {"a", "b"}
    assert store.scopes() == {SHARED, OURS}


def test_missing_and_surplus_follow_what_is_live(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0), embedded("b", 1)])
    live = {Key("b"), Key("c")}
    assert store.missing(SHARED, live) == {"c"}
    assert store.surplus(SHARED, live) == {"a"}
    store.remove(SHARED, {Key("a")})
    assert store.keys(SHARED) == {"b"}
    assert store.surplus(SHARED, live) == set()


def test_a_passage_without_all_its_sentences_is_not_handed_out(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0, sentences=1)])
    assert store.vectors([SHARED], {Key("a"): 2}) == {}


def test_sentences_left_alone_are_surplus(store: VectorStore) -> None:
    store.add(SHARED, [embedded("a", 0)])
    store.client.get_collection("madoguchi.shared.passages", embedding_function=None).delete(ids=["a"])
    assert store.missing(SHARED, {Key("a")}) == {"a"}
    assert store.surplus(SHARED, set()) == {"a"}


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
    many = [embedded(f"p{i}", i % DIMENSION, sentences=0) for i in range(5_600)]
    store.add(SHARED, many)
    assert len(store.vectors([SHARED], {item.key: 0 for item in many})) == 5_600
    store.remove(SHARED, [item.key for item in many])
    assert store.keys(SHARED) == set()
