"""An index that broke on disk is set aside and computed anew; meanwhile words find."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.mending import DATABASE
from knowledge.opening import Knowledge, open_knowledge
from knowledge.settings import KnowledgeSettings
from knowledge.vectors import embedded_client
from tests.knowledge.corpora import FIVE, TODAY, TSUKUBA, BigramEmbedder, ListCorpus


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "index"
    knowledge = opened(home)
    knowledge.refresh()
    knowledge.close()
    return home


def opened(home: Path) -> Knowledge:
    return open_knowledge(home, ListCorpus(list(FIVE)), KnowledgeSettings(), BigramEmbedder())


def truncate(home: Path) -> None:
    with (home / DATABASE).open("r+b") as file:
        file.truncate(file.seek(0, 2) // 2)


def empty(home: Path) -> None:
    (home / DATABASE).write_bytes(b"")


def write_garbage(home: Path) -> None:
    (home / DATABASE).write_bytes(b"no database at all " * 1000)


def lose_the_database(home: Path) -> None:
    (home / DATABASE).unlink()
    (home / "leftover.bin").write_bytes(b"x")


def store_another_dimension(home: Path) -> None:
    """A collection that claims our dimension and holds another."""
    client = embedded_client(home)
    name = "madoguchi.shared.passages"
    said = client.get_collection(name, embedding_function=None).metadata
    client.delete_collection(name)
    collection = client.create_collection(name, metadata=said, embedding_function=None)
    collection.add(ids=["a"], embeddings=np.ones((1, 3), np.float32))
    client.close()


@pytest.mark.parametrize("harm", [truncate, empty, write_garbage, lose_the_database, store_another_dimension])
def test_a_broken_index_is_set_aside_and_computed_anew(home: Path, harm: Callable[[Path], None]) -> None:
    harm(home)
    knowledge = opened(home)
    try:
        assert knowledge.search("保育園の選考", TSUKUBA, TODAY).hits[0].passage.id == "nursery"
        assert knowledge.refresh().vectors == 5
        assert knowledge.search("保育園の選考", TSUKUBA, TODAY).dense
        assert len(list(home.parent.glob("index.broken-*"))) == 1
    finally:
        knowledge.close()


def test_a_sound_index_is_left_as_it_is(home: Path) -> None:
    knowledge = opened(home)
    knowledge.refresh()
    knowledge.close()
    assert list(home.parent.glob("index.broken-*")) == []


def test_a_sound_index_under_a_relative_path_is_opened_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.parent)
    knowledge = opened(Path(home.name))
    assert knowledge.refresh().vectors == 5
    knowledge.close()


def test_a_deleted_index_is_computed_anew(home: Path) -> None:
    shutil.rmtree(home)
    knowledge = opened(home)
    assert knowledge.refresh().vectors == 5
    knowledge.close()
