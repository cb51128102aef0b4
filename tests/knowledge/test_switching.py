"""From the old materials to the new: while vectors are computed the old are found, then the new, and never neither."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from consultation.errors import ModelMissing
from knowledge.embedding.embedder import Vectors
from knowledge.opening import Knowledge, open_knowledge
from knowledge.settings import KnowledgeSettings
from records.corpus import LibraryCorpus
from records.ledger import Ledger
from records.library import Library
from records.staging import Stage, Staging
from tests.knowledge.corpora import BigramEmbedder
from tests.records import stock
from tests.records.databases import sqlite_log
from tests.records.stock import NOW, SAITAMA, TODAY, material, piece

OLD, NEW = "入所選考は約50時間かかります。", "入所選考は数秒で終わります。"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = sqlite_log(tmp_path)
    stock.register(ledger, SAITAMA)
    stock.publish(ledger, "/a.md", material(), OLD)
    yield ledger
    ledger.close()


def opened(ledger: Ledger, tmp_path: Path, embedder: BigramEmbedder | None = None) -> Knowledge:
    return open_knowledge(tmp_path / "index", LibraryCorpus(ledger), KnowledgeSettings(), embedder or BigramEmbedder())


@pytest.fixture
def knowledge(ledger: Ledger, tmp_path: Path) -> Iterator[Knowledge]:
    knowledge = opened(ledger, tmp_path)
    knowledge.refresh()
    yield knowledge
    knowledge.close()


def put(ledger: Ledger, text: str, stage: Stage) -> None:
    """Another edition of the material, on its way."""

    def deed(session) -> None:
        Staging(session).settle("/a.md")
        Staging(session).put(Library(session).shelve("/a.md", text, material(), [piece(text)], NOW), stage)

    ledger.write(deed)


def found(knowledge: Knowledge) -> list[tuple[str, bool]]:
    """The texts found, and whether by vectors."""
    retrieval = knowledge.search("入所選考", SAITAMA.code, TODAY)
    return [(hit.passage.text, retrieval.dense) for hit in retrieval.hits]


def test_the_old_text_is_found_until_the_new_one_can_be(knowledge: Knowledge, ledger: Ledger) -> None:
    put(ledger, NEW, Stage.COMING)
    during: list[list[tuple[str, bool]]] = []

    knowledge.refresh(lambda _: during.append(found(knowledge)))

    assert during == [[(OLD, True)]] * 2
    assert found(knowledge) == [(NEW, True)]


def test_held_texts_have_their_vectors_and_are_not_found(knowledge: Knowledge, ledger: Ledger) -> None:
    put(ledger, NEW, Stage.HELD)

    state = knowledge.refresh()

    assert (state.passages, state.vectors) == (2, 2)
    assert found(knowledge) == [(OLD, True)]
    ledger.write(lambda session: Staging(session).release(None))
    assert knowledge.refresh().passages == 1
    assert found(knowledge) == [(NEW, True)]


def test_searches_find_the_old_or_the_new_at_every_moment(knowledge: Knowledge, ledger: Ledger) -> None:
    seen: list[int] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            seen.append(len(found(knowledge)))

    asking = threading.Thread(target=ask)
    asking.start()
    for number in range(15):
        put(ledger, f"入所選考は{number}秒で終わります。", Stage.COMING)
        knowledge.refresh()
    done.set()
    asking.join()
    assert set(seen) == {1}


def test_where_nothing_is_live_words_find_before_the_vectors_are_there(tmp_path: Path) -> None:
    ledger = sqlite_log(tmp_path, "empty.db")
    stock.register(ledger, SAITAMA)
    put(ledger, NEW, Stage.COMING)
    knowledge = opened(ledger, tmp_path)
    during: list[list[tuple[str, bool]]] = []

    knowledge.refresh(lambda _: during.append(found(knowledge)))

    assert during[0] == [(NEW, False)]
    knowledge.close()
    ledger.close()


class NoModel(BigramEmbedder):
    """An embedder whose model is not there."""

    def passages(self, _texts: object) -> list[Vectors]:
        raise ModelMissing("no model")


def test_without_a_model_new_texts_are_found_by_words(ledger: Ledger, tmp_path: Path) -> None:
    knowledge = opened(ledger, tmp_path, NoModel())
    put(ledger, NEW, Stage.COMING)

    with pytest.raises(ModelMissing):
        knowledge.refresh()

    assert found(knowledge) == [(NEW, False)]
    knowledge.close()
