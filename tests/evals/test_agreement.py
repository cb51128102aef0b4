"""What the killed ingest is held to: each way in which stores can disagree is seen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from consultation.inquiry import InquiryId
from evals.killing.agreement import NEAREST, answer_faults, index_faults, text_faults, vector_faults
from knowledge.index import KnowledgeIndex
from knowledge.snapshot import key_of
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser
from knowledge.vectors import SHARED, EmbeddedPassage, Key, Scope, VectorStore, embedded_client
from records.book import DESK
from records.ledger import Ledger
from tests.knowledge.corpora import COST, FIVE, MINUTES, NURSERY, TSUKUBA, BigramEmbedder, ListCorpus, passage
from tests.records import stock
from tests.records.databases import sqlite_log
from tests.records.stock import SAITAMA, answer, enter, inquiry, record

SECRET = passage("secret", "つくば市だけの資料です。", visible_to=frozenset({TSUKUBA}))
LIVE = (*FIVE, SECRET)
EMBEDDER = BigramEmbedder()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    """The vectors of LIVE, as the index itself puts them in."""
    client = embedded_client(tmp_path / "vectors")
    store = VectorStore(client, EMBEDDER.name, EMBEDDER.dimension)
    KnowledgeIndex(ListCorpus(list(LIVE)), Analyser(read_synonyms()), EMBEDDER, lambda _: store).refresh()
    yield store
    client.close()


def anything(key: str, texts: int = 1) -> EmbeddedPassage:
    return EmbeddedPassage(Key(key), np.eye(EMBEDDER.dimension, dtype=np.float32)[:texts])


def test_an_index_that_agrees_has_no_fault(store: VectorStore) -> None:
    assert list(index_faults(LIVE, store)) == []
    assert list(vector_faults(LIVE, store, EMBEDDER)) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda store: store.remove(SHARED, {key_of(COST)}), "no vector of cost"),
        (lambda store: store.add(SHARED, [anything(key_of(COST))]), "has 1 vectors"),
        (lambda store: store.remove(Scope(TSUKUBA), {key_of(SECRET)}), "no vector of secret"),
        (lambda store: store.add(SHARED, [anything("gone@0")]), "without a passage in shared: gone"),
        (lambda store: store.add(Scope("011002"), [anything("gone@0")]), "without a passage in 011002: gone"),
        (lambda store: store.add(SHARED, [anything(key_of(SECRET))]), "without a passage in shared: secret"),
    ],
)
def test_a_vector_too_few_or_too_many_is_seen(
    store: VectorStore, spoil: Callable[[VectorStore], object], told: str
) -> None:
    spoil(store)

    (fault,) = index_faults(LIVE, store)

    assert told in fault


def test_a_passage_that_is_live_twice_is_seen(store: VectorStore) -> None:
    assert [fault.split("@")[0] for fault in index_faults((*LIVE, COST), store)] == ["passage cost"]


def test_a_vector_that_no_search_finds_is_seen(store: VectorStore) -> None:
    crowd = [passage(f"copy{n}", "同じ文です。") for n in range(5 * NEAREST)]
    store.add(SHARED, [anything(key_of(one)) for one in crowd])

    faults = list(index_faults((*LIVE, *crowd), store))

    assert len(faults) >= NEAREST
    assert all("is stored and not found" in fault for fault in faults)


def test_anothers_vector_is_seen(store: VectorStore) -> None:
    other = store.vectors([SHARED], [key_of(MINUTES)])[key_of(MINUTES)]
    store.add(SHARED, [EmbeddedPassage(key_of(COST), other)])

    (fault,) = vector_faults(LIVE, store, EMBEDDER)

    assert "cost" in fault


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (FIVE[1:], "lost: ('研修資料'"),
        ((*FIVE, NURSERY), "too much: ('研修資料'"),
        ((*FIVE, passage("old", "前の版の文です。")), "too much: ('研修資料'"),
    ],
)
def test_a_text_lost_or_doubled_is_seen(held: tuple, told: str) -> None:
    (fault,) = text_faults(held, FIVE)

    assert told in fault


def test_the_same_texts_under_other_ids_are_the_same() -> None:
    assert list(text_faults(FIVE, [replace(one, id="another") for one in reversed(FIVE)])) == []


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = sqlite_log(tmp_path)
    stock.register(ledger, SAITAMA)
    yield ledger
    ledger.close()


def asked(ledger: Ledger, *keys: str) -> list[InquiryId]:
    return [enter(ledger, inquiry(key, thread="one")).inquiry_id for key in keys]


def faults(ledger: Ledger, *keys: str) -> list[str]:
    return ledger.read(lambda session: list(answer_faults(keys, session)))


def test_questions_answered_once_have_no_fault(ledger: Ledger) -> None:
    for inquiry_id in asked(ledger, "k1", "k2"):
        record(ledger, inquiry_id, answer())

    assert faults(ledger, "k1", "k2") == []


def test_a_question_that_is_lost_open_or_doubled_is_seen(ledger: Ledger) -> None:
    first, *_ = asked(ledger, "k1", "k2", "k3")
    record(ledger, first, answer())

    assert faults(ledger, "k1", "k2", "k4") == [
        "k2 has 0 answers, outcome None",
        "k4 was taken and is not in the log",
        f"consultation {stock.row_of(ledger, first).consultation_id} holds 3 questions, 2 were asked",
    ]


def test_a_second_answer_is_seen(ledger: Ledger) -> None:
    (inquiry_id,) = asked(ledger, "k1")
    record(ledger, inquiry_id, answer())
    beside = "consultation_id, inquiry_id, speaker, name, text, at"
    again = f"INSERT INTO turn (id, ordinal, {beside}) SELECT 'again', 99, {beside} FROM turn"  # noqa: S608

    ledger.write(lambda session: session.execute(text(f"{again} WHERE speaker = '{DESK}'")))

    assert faults(ledger, "k1") == ["k1 has 2 answers, outcome answer"]
