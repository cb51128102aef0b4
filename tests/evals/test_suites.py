"""The harness: figures against values found by hand, and a passage that is taken away leaves no trace."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from consultation.errors import BadInput
from consultation.passage import PassageId
from evals import extract, gate, retrieval
from evals.metrics import Decile, auroc, calibration_error, coverage_at, deciles, interval, ranking
from evals.suites import Bench, opened, read_suite
from knowledge.settings import KnowledgeSettings
from tests.knowledge.corpora import BigramEmbedder

PASSAGES = {
    "p1": ("保育所", "さいたま市では保育所の入所選考が数秒になりました。職員は30人でした。"),
    "p2": ("議事録", "弘前市では議事録の作成が3時間から1.5時間になりました。"),
    "p3": ("RPA", "つくば市ではRPAで市民税の入力を自動にしました。"),
    "p4": ("保育所", "港区では保育所の入所選考が約1分になりました。"),
}
QUESTIONS = [
    {"id": "q1", "question": "さいたま市の保育所の入所選考は", "relevant": ["p1"], "answers": ["数秒"]},
    {"id": "q2", "question": "議事録の作成は何時間になりましたか", "relevant": ["p2"], "answers": ["1.5時間"]},
    {"id": "q3", "question": "つくば市のRPAは", "relevant": ["p3"], "answers": ["夜間"]},
    {"id": "q4", "question": "火星の天気は", "relevant": [], "answers": []},
]


def written(folder: Path, questions: list[dict[str, object]]) -> Path:
    rows = [{"id": name, "title": title, "text": text} for name, (title, text) in PASSAGES.items()]
    for name, lines in (("passages", rows), ("questions", questions)):
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    suite = read_suite(written(tmp_path, QUESTIONS))
    with opened(suite, KnowledgeSettings(), tmp_path / "indexes", BigramEmbedder()) as bench:
        yield bench


def test_figures_of_a_ranking_are_those_found_by_hand() -> None:
    assert ranking(["a", "b", "c"], frozenset({"b", "z"})) == pytest.approx(
        {"hit@1": 0, "hit@3": 100, "hit@5": 100, "hit@10": 100, "MRR@10": 0.5, "nDCG@10": 0.6309 / 1.6309}, abs=1e-3
    )
    assert ranking([], frozenset({"b"}))["nDCG@10"] == 0


def test_figures_of_a_confidence_are_those_found_by_hand() -> None:
    scores, right = np.asarray([0.9, 0.8, 0.8, 0.1]), np.asarray([True, True, False, False])

    assert auroc(scores, right) == 0.875  # of four pairs three are in order and one ties
    assert coverage_at(scores, right, 0.05) == 25
    assert coverage_at(scores, right, 0.34) == 75
    among = deciles(np.asarray([0.85, 0.85, 1.0]), np.asarray([True, False, True]))
    assert among == [Decile(0.85, 0.5, 2), Decile(1.0, 1.0, 1)]
    assert calibration_error(among) == pytest.approx(0.35 * 2 / 3)


def test_an_interval_draws_whole_documents() -> None:
    same = interval([1.0, 1.0, 0.0, 0.0], ["a", "a", "b", "b"])

    assert same.mean == 0.5
    assert (same.low, same.high) == (0.0, 1.0)


def test_the_product_is_measured_beside_each_retriever(bench: Bench) -> None:
    rows = retrieval.found(bench, {})
    lines = retrieval.compared(bench, rows)

    assert [one.ranked[0] for one in rows["fusion"]] == ["p1", "p2", "p3"]  # q4 cannot be found by anybody
    assert [line.name for line in lines] == ["fusion", "vectors", "BM25", "coverage"]
    assert lines[0].figures["hit@1"].mean == 100
    assert "| fusion | 100.00" in retrieval.report(lines)


def test_what_is_taken_away_is_not_found_and_leaves_no_trace(bench: Bench, tmp_path: Path) -> None:
    question, hidden = QUESTIONS[0]["question"], frozenset({PassageId("p1")})

    found = bench.search(str(question), hidden=hidden)

    assert "p1" not in {hit.passage.id for hit in found.hits}
    assert found.hits[0].passage.id == "p4"
    whole = [item for item in bench.suite.passages if item.id not in hidden]
    without = type(bench.suite)(bench.suite.name, tuple(whole), ())
    with opened(without, KnowledgeSettings(), tmp_path / "smaller", BigramEmbedder()) as smaller:
        assert smaller.search(str(question)).features == pytest.approx(found.features, abs=0.05)
    assert bench.search(str(question)).hits[0].passage.id == "p1"


def test_an_answer_without_its_passage_is_wrong(bench: Bench) -> None:
    results = gate.judged(bench, seed=3)

    assert sum(one.removed for one in results) == 2
    assert all(one.is_right == (not one.removed and one.id != "q4") for one in results)
    assert all(not set(one.cited) & {f"p{one.id[1]}"} for one in results if one.removed)
    told = gate.told(results[0], 0.4, 0.5)
    assert set(told) == {"id", "outcome", "confidence", "cited", "removed", "text"}
    assert told["outcome"] == "handoff"


def test_the_answer_is_looked_for_in_what_is_quoted(bench: Bench) -> None:
    results = {one.id: one.at for one in extract.extracted(bench)}

    assert (results["q1"] > 0, results["q2"] > 0, results["q3"]) == (True, True, 0)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"id": "q1", "question": "何", "relevant": ["p9"]}, "p9"),
        ({"id": "q1", "question": "何"}, "relevant"),
    ],
)
def test_a_suite_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, question: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        read_suite(written(tmp_path, [question]))


def test_the_report_of_the_gate_tells_what_can_be_promised(bench: Bench) -> None:
    results = gate.judged(bench, seed=3) * 30
    confidences = np.asarray([0.95 if one.is_right else 0.05 for one in results])

    promise = gate.kept(results, confidences, alpha=0.05, delta=0.1)
    told = gate.report(gate.lines(results, confidences), results, [promise])

    assert promise.answered == sum(one.is_right for one in results)
    assert "error ≤ 5% can be promised" in told
    assert "| raw cosine |" in told
