"""Search under the tenant's filter, with real Chroma and Sudachi."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.judging import Quoted
from knowledge.opening import Knowledge, open_knowledge
from knowledge.retrieval import Retrieval
from knowledge.settings import KnowledgeSettings
from knowledge.snapshot import key_of
from knowledge.vectors import SHARED, EmbeddedPassage, Scope, VectorStore, embedded_client
from tests.knowledge.corpora import FIVE, SAPPORO, TODAY, TSUKUBA, BigramEmbedder, ListCorpus, passage

CANARY = passage("canary", "札幌市だけの秘密は紫の金糸雀です。予算は五億円です。", visible_to=frozenset({SAPPORO}))
OLD_RULE = passage("old", "少額の随意契約の上限は50万円です。", valid_until=date(2025, 3, 31))


@pytest.fixture
def corpus() -> ListCorpus:
    return ListCorpus([*FIVE, CANARY, OLD_RULE])


@pytest.fixture(params=[True, False], ids=["vectors", "words"])
def knowledge(request: pytest.FixtureRequest, tmp_path: Path, corpus: ListCorpus) -> Iterator[Knowledge]:
    opened = open_knowledge(tmp_path / "index", corpus, KnowledgeSettings(), BigramEmbedder())
    if request.param:
        opened.refresh()
    yield opened
    opened.close()


def ids(retrieval: Retrieval) -> set[str]:
    return {hit.passage.id for hit in retrieval.hits}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("保育園の入所選考はどれくらい早くなりましたか", "nursery"),
        ("会議録の作成時間を教えてください", "minutes"),
        ("コスパの求め方", "cost"),
        ("エルジーワンの端末からクラウドを使うには", "network"),
        ("平成30年度のRPAの研究の結果は", "rpa"),
    ],
)
def test_the_passage_that_answers_comes_first(knowledge: Knowledge, question: str, expected: str) -> None:
    retrieval = knowledge.search(question, TSUKUBA, TODAY)
    assert retrieval.hits[0].passage.id == expected
    assert [hit.score for hit in retrieval.hits] == sorted((hit.score for hit in retrieval.hits), reverse=True)


def test_a_hit_points_at_the_sentence_that_answers_best(knowledge: Knowledge) -> None:
    hit = knowledge.search("職員は何人でしたか", TSUKUBA, TODAY).hits[0]
    assert hit.passage.sentences[hit.best_sentence] == "職員は約30人でした。"
    assert len(hit.sentence_scores) == len(hit.passage.sentences)


def test_no_more_hits_than_asked_for(knowledge: Knowledge) -> None:
    assert len(knowledge.search("AI", TSUKUBA, TODAY, k=1).hits) <= 1


def test_what_is_restricted_reaches_its_own_body(knowledge: Knowledge) -> None:
    assert "canary" in ids(knowledge.search("紫の金糸雀の秘密", SAPPORO, TODAY))


def test_what_is_restricted_reaches_nobody_else(knowledge: Knowledge) -> None:
    for question in ("紫の金糸雀の秘密", "札幌市の予算", CANARY.text, CANARY.sentences[0]):
        assert "canary" not in ids(knowledge.search(question, TSUKUBA, TODAY, k=100))


def test_another_bodys_passages_do_not_show_in_the_features(tmp_path: Path, corpus: ListCorpus) -> None:
    question, seen = "紫の金糸雀の秘密", {}
    for name, passages in {"with": corpus.passages, "without": [*FIVE, OLD_RULE]}.items():
        knowledge = open_knowledge(tmp_path / name, ListCorpus(list(passages)), KnowledgeSettings(), BigramEmbedder())
        knowledge.refresh()
        seen[name] = knowledge.search(question, TSUKUBA, TODAY)
        knowledge.close()
    assert seen["with"].features == pytest.approx(seen["without"].features)


def test_a_foreign_passage_smuggled_into_chroma_stays_hidden(tmp_path: Path, corpus: ListCorpus) -> None:
    embedder = BigramEmbedder()
    first = open_knowledge(tmp_path, corpus, KnowledgeSettings(), embedder)
    first.refresh()
    first.close()
    question = "紫の金糸雀の秘密"

    client = embedded_client(tmp_path)
    store = VectorStore(client, embedder.name, embedder.dimension)
    vector = embedder.queries([question])
    smuggled = EmbeddedPassage(key_of(CANARY), np.repeat(vector, len(CANARY.sentences), axis=0))
    opened = open_knowledge(tmp_path, corpus, KnowledgeSettings(), embedder)
    opened.refresh()
    for scope in (SHARED, Scope(TSUKUBA)):
        store.add(scope, [smuggled])
    assert key_of(CANARY) in store.nearest([SHARED], vector[0], 1)

    assert "canary" not in ids(opened.search(question, TSUKUBA, TODAY, k=100))
    opened.refresh()
    assert key_of(CANARY) not in store.keys(SHARED)
    opened.close()
    client.close()


def test_a_passage_restricted_since_the_last_refresh_is_hidden_at_once(
    knowledge: Knowledge, corpus: ListCorpus
) -> None:
    assert "nursery" in ids(knowledge.search("保育所の入所選考", TSUKUBA, TODAY))
    corpus.passages[0] = dataclasses.replace(corpus.passages[0], visible_to=frozenset({SAPPORO}))
    assert "nursery" not in ids(knowledge.search("保育所の入所選考", TSUKUBA, TODAY))


def test_an_expired_passage_is_hidden_from_the_day_after(knowledge: Knowledge) -> None:
    question = "少額の随意契約の上限"
    assert "old" in ids(knowledge.search(question, TSUKUBA, date(2025, 3, 31)))
    assert "old" not in ids(knowledge.search(question, TSUKUBA, date(2025, 4, 1)))


@pytest.mark.parametrize(
    ("asked", "foreign"),
    [
        ("さいたま市の保育所の入所選考の実証", "仙台市の保育所の入所選考の実証"),
        ("2017年の保育所の入所選考の実証", "令和5年の保育所の入所選考の実証"),
        ("約30人の職員の保育所の入所選考", "約77人の職員の保育所の入所選考"),
    ],
)
def test_a_place_year_or_number_the_passage_lacks_lowers_confidence_hard(
    knowledge: Knowledge, asked: str, foreign: str
) -> None:
    sure, unsure = judged(knowledge, asked), judged(knowledge, foreign)
    assert unsure < sure / 2
    assert unsure < knowledge.gate.file.dense.promise.threshold


def judged(knowledge: Knowledge, question: str) -> float:
    """The confidence if the best passage were quoted whole."""
    found = knowledge.search(question, TSUKUBA, TODAY)
    best = found.hits[0].passage
    return knowledge.judge(question, found, [Quoted(best.context, best.text)]).confidence


@pytest.mark.parametrize("question", ["", "？", "👍", "\0", "zzz", "あ" * 40_000, "ｷﾞｼﾞﾛｸ", "What is RPA?"])
def test_any_question_is_survived(knowledge: Knowledge, question: str) -> None:
    retrieval = knowledge.search(question, TSUKUBA, TODAY)
    quotes = [Quoted(hit.passage.context, hit.passage.text) for hit in retrieval.hits[:3]]
    assert 0 <= knowledge.judge(question, retrieval, quotes).confidence <= 1


def test_the_versions_it_stands_on_are_told(knowledge: Knowledge) -> None:
    retrieval = knowledge.search("保育所", TSUKUBA, TODAY)
    state = knowledge.state()
    assert (retrieval.model, retrieval.corpus_version) == (state.model, state.corpus_version)
