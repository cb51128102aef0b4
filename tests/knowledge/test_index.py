"""The index over a corpus that changes, with real Chroma."""

import dataclasses
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from consultation.errors import StoreBusy
from knowledge.opening import Knowledge, open_knowledge
from knowledge.settings import KnowledgeSettings
from tests.knowledge.corpora import (
    FIVE,
    NURSERY,
    RPA,
    SAPPORO,
    TODAY,
    TSUKUBA,
    BigramEmbedder,
    Killed,
    ListCorpus,
    passage,
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def corpus() -> ListCorpus:
    return ListCorpus(list(FIVE))


@pytest.fixture
def embedder() -> BigramEmbedder:
    return BigramEmbedder()


@pytest.fixture
def knowledge(home: Path, corpus: ListCorpus, embedder: BigramEmbedder) -> Iterator[Knowledge]:
    opened = open_knowledge(home, corpus, KnowledgeSettings(), embedder)
    yield opened
    opened.close()


def found(knowledge: Knowledge, question: str) -> list[str]:
    return [hit.passage.id for hit in knowledge.search(question, TSUKUBA, TODAY).hits]


def test_before_the_first_refresh_words_alone_find(knowledge: Knowledge) -> None:
    retrieval = knowledge.search("保育園の選考", TSUKUBA, TODAY)
    assert not retrieval.dense
    assert retrieval.hits[0].passage is NURSERY
    assert retrieval.hits[0].sentence_scores
    assert knowledge.state().pending == 5


def test_after_a_refresh_vectors_take_part(knowledge: Knowledge) -> None:
    state = knowledge.refresh()
    assert (state.passages, state.vectors, state.pending, state.model) == (5, 5, 0, "bigrams")
    assert knowledge.search("保育園の選考", TSUKUBA, TODAY).dense


def test_a_refresh_embeds_only_what_is_new(knowledge: Knowledge, corpus: ListCorpus, embedder: BigramEmbedder) -> None:
    knowledge.refresh()
    embedder.embedded.clear()
    corpus.passages.append(passage("new", "鹿嶋市は道路の損傷をAIで見つけました。"))
    knowledge.refresh()
    assert len(embedder.embedded) == 1
    assert found(knowledge, "道路の損傷")[0] == "new"


def test_a_refresh_without_a_change_does_nothing(knowledge: Knowledge, embedder: BigramEmbedder) -> None:
    before = knowledge.refresh()
    embedder.embedded.clear()
    assert knowledge.refresh() == before
    assert embedder.embedded == []


def test_what_is_gone_from_the_corpus_is_gone_from_the_index(knowledge: Knowledge, corpus: ListCorpus) -> None:
    knowledge.refresh()
    corpus.passages.remove(NURSERY)
    assert "nursery" not in found(knowledge, "保育所の入所選考")
    state = knowledge.refresh()
    assert (state.passages, state.vectors) == (4, 4)
    assert "nursery" not in found(knowledge, "保育所の入所選考")


def test_a_changed_text_is_embedded_anew_and_never_shown_with_old_scores(
    knowledge: Knowledge, corpus: ListCorpus
) -> None:
    knowledge.refresh()
    changed = dataclasses.replace(NURSERY, text="学童の話です。", sentences=("学童の話です。",))
    corpus.passages[0] = changed
    assert "nursery" not in found(knowledge, "保育所の入所選考")
    assert knowledge.refresh().pending == 0
    assert found(knowledge, "学童の話")[0] == "nursery"


def test_a_refresh_that_was_cut_off_goes_on_where_it_stopped(home: Path) -> None:
    corpus = ListCorpus([passage(f"p{i}", f"{i}番目の資料です。道路の話です。") for i in range(90)])
    dying = BigramEmbedder(fails_after=160)
    first = open_knowledge(home, corpus, KnowledgeSettings(), dying)
    with pytest.raises(Killed):
        first.refresh()
    assert 0 < first.state().vectors < 90
    first.close()

    going_on = BigramEmbedder()
    second = open_knowledge(home, corpus, KnowledgeSettings(), going_on)
    assert second.refresh().pending == 0
    assert len(dying.embedded) + len(going_on.embedded) == 180
    second.close()


def test_progress_tells_how_much_is_left(knowledge: Knowledge, corpus: ListCorpus) -> None:
    corpus.passages.extend(passage(f"p{i}", f"{i}番目。") for i in range(80))
    pending: list[int] = []
    knowledge.refresh(lambda state: pending.append(state.pending))
    assert pending == [85, 53, 21, 0]


def test_another_model_embeds_everything_anew(home: Path, corpus: ListCorpus) -> None:
    first = open_knowledge(home, corpus, KnowledgeSettings(), BigramEmbedder())
    first.refresh()
    first.close()
    other = BigramEmbedder(name="other", dimension=64)
    second = open_knowledge(home, corpus, KnowledgeSettings(), other)
    assert second.refresh().model == "other"
    assert len(other.embedded) == sum(len(item.sentences) for item in FIVE)
    assert second.search("保育所", TSUKUBA, TODAY).dense
    second.close()


def test_rebuilding_embeds_everything_anew(knowledge: Knowledge, embedder: BigramEmbedder) -> None:
    knowledge.refresh()
    before = len(embedder.embedded)
    assert knowledge.rebuild().pending == 0
    assert len(embedder.embedded) == 2 * before


def test_a_passage_opened_to_one_more_body_reaches_it(knowledge: Knowledge, corpus: ListCorpus) -> None:
    corpus.passages[0] = dataclasses.replace(NURSERY, visible_to=frozenset({SAPPORO}))
    knowledge.refresh()
    assert "nursery" not in found(knowledge, "保育所の入所選考")
    corpus.passages[0] = dataclasses.replace(NURSERY, visible_to=frozenset({SAPPORO, TSUKUBA}))
    knowledge.refresh()
    assert found(knowledge, "保育所の入所選考")[0] == "nursery"
    assert knowledge.search("保育所の入所選考", TSUKUBA, TODAY).dense


def test_the_corpus_version_follows_the_corpus_and_nothing_else(knowledge: Knowledge, corpus: ListCorpus) -> None:
    before = knowledge.state().corpus_version
    corpus.passages.reverse()
    assert knowledge.refresh().corpus_version == before
    corpus.passages.remove(RPA)
    assert knowledge.refresh().corpus_version != before


def test_searches_go_on_while_a_refresh_runs(knowledge: Knowledge, corpus: ListCorpus) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                assert "nursery" in found(knowledge, "保育所の入所選考")
        except BaseException as failure:
            failures.append(failure)

    asking = threading.Thread(target=ask)
    asking.start()
    for number in range(3):
        corpus.passages.extend(passage(f"r{number}-{i}", f"{number}回目の{i}番目の資料です。") for i in range(10))
        knowledge.refresh()
    done.set()
    asking.join()
    assert failures == []


def test_a_second_process_is_told_that_the_index_is_busy(knowledge: Knowledge, home: Path) -> None:
    code = "import sys, pathlib; from knowledge.lock import DirectoryLock; DirectoryLock(pathlib.Path(sys.argv[1]))"
    second = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False)
    assert second.returncode != 0
    assert "StoreBusy" in second.stderr


def test_a_second_opening_is_refused_until_the_first_is_closed(
    knowledge: Knowledge, home: Path, corpus: ListCorpus
) -> None:
    with pytest.raises(StoreBusy, match="使用中"):
        open_knowledge(home, corpus, KnowledgeSettings(), BigramEmbedder())
    knowledge.close()
    open_knowledge(home, corpus, KnowledgeSettings(), BigramEmbedder()).close()


def test_an_empty_corpus_finds_nothing(home: Path) -> None:
    knowledge = open_knowledge(home, ListCorpus(), KnowledgeSettings(), BigramEmbedder())
    assert knowledge.refresh().passages == 0
    retrieval = knowledge.search("保育所", TSUKUBA, TODAY)
    assert (retrieval.hits, dict(retrieval.features)) == ((), {})
    assert knowledge.judge("保育所", retrieval, []).confidence == 0
    knowledge.close()


def test_while_new_passages_are_embedded_searches_keep_their_vectors(knowledge: Knowledge, corpus: ListCorpus) -> None:
    knowledge.refresh()
    corpus.passages.append(passage("new", "保育園の選考について、新しい資料です。"))
    during: list[bool] = []

    knowledge.refresh(lambda _: during.append(knowledge.search("保育園の選考", TSUKUBA, TODAY).dense))

    assert during == [True, True]
    assert "new" in found(knowledge, "保育園の選考")
