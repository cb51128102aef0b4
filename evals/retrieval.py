"""What the retrieval finds: the product beside each of its retrievers alone, on the same questions."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from evals.metrics import DEPTH, Interval, interval, ranking
from evals.suites import EVERYBODY, Asked, Bench
from knowledge.lexical import Floats

FUSION = "fusion"
Rows = Mapping[str, Sequence["Found"]]
Way = Callable[[str], tuple[Sequence[str], Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Found:
    """What one way of searching found for one question."""

    id: str
    ranked: tuple[str, ...]
    scores: tuple[float, ...]
    took_s: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report."""

    name: str
    figures: Mapping[str, Interval]
    ahead: Interval | None
    """By how much the fusion's hit@1 is ahead, paired."""
    p50_ms: float
    p95_ms: float


def found(bench: Bench, others: Mapping[str, Way]) -> Rows:
    """Each way of searching over all questions that can be answered, warmed up; the product's own is the fusion."""
    questions = [asked for asked in bench.suite.questions if asked.relevant]
    alone = _Alone(bench)
    ways: dict[str, Way] = {
        FUSION: partial(_fused, bench),
        "vectors": alone.dense,
        "BM25": alone.bm25,
        "coverage": alone.coverage,
        **others,
    }
    for way in ways.values():
        _timed(questions[0], way)  # models load at their first question
    return {name: [_timed(asked, way) for asked in questions] for name, way in ways.items()}


def compared(bench: Bench, rows: Rows) -> list[Row]:
    """Figures with bootstrap intervals by document."""
    asked = {one.id: one for one in bench.suite.questions}
    groups = [bench.suite.document(asked[one.id]) for one in rows[FUSION]]
    figures = {
        name: [ranking(one.ranked, frozenset(map(str, asked[one.id].relevant))) for one in results]
        for name, results in rows.items()
    }
    first = [one["hit@1"] for one in figures[FUSION]]
    return [
        Row(
            name,
            {figure: interval([one[figure] for one in figures[name]], groups) for figure in figures[name][0]},
            None if name == FUSION else interval(_gaps(first, [one["hit@1"] for one in figures[name]]), groups),
            *(1000 * float(np.quantile([one.took_s for one in results], share)) for share in (0.5, 0.95)),
        )
        for name, results in rows.items()
    ]


def report(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    names = list(rows[0].figures)
    lines = [
        f"| | {' | '.join(names)} | fusion ahead, hit@1 | p50 / p95 ms |",
        f"|---|{'---|' * (len(names) + 2)}",
    ]
    for row in rows:
        cells = [_cell(name, row.figures[name]) for name in names]
        lines.append(f"| {row.name} | {' | '.join(cells)} | {row.ahead or '—'} | {row.p50_ms:.1f} / {row.p95_ms:.1f} |")
    return "\n".join(lines)


def _cell(name: str, figure: Interval) -> str:
    return str(figure) if name == "hit@1" else f"{figure.mean:.2f}" if name.startswith("hit") else f"{figure.mean:.4f}"


def _gaps(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [mine - theirs for mine, theirs in zip(one, other, strict=True)]


def _timed(asked: Asked, way: Way) -> Found:
    began = time.perf_counter()
    ranked, scores = way(asked.question)
    return Found(asked.id, tuple(ranked), tuple(map(float, scores)), time.perf_counter() - began)


def _fused(bench: Bench, question: str) -> tuple[list[str], list[float]]:
    hits = bench.search(question, DEPTH).hits
    return [str(hit.passage.id) for hit in hits], [hit.score for hit in hits]


class _Alone:
    """Each retriever over the whole corpus, without the others."""

    def __init__(self, bench: Bench) -> None:
        index = bench.knowledge.index
        self._gathering, self._analyser = bench.knowledge.finding.gathering, bench.knowledge.finding.analyser
        self._snapshot = index.snapshot
        self._allowed = self._snapshot.allowed(EVERYBODY)
        if index.store is None:
            raise RuntimeError("the suite has no vectors")
        keys = self._snapshot.keys
        vectors = index.store.vectors(self._snapshot.scopes_for(EVERYBODY), keys)
        self._starts = np.cumsum([0, *(len(vectors[key]) for key in keys)])[:-1]
        self._vectors = np.concatenate([vectors[key] for key in keys])

    def dense(self, question: str) -> tuple[list[str], list[float]]:
        """By the nearest sentence."""
        cosines = self._vectors @ self._gathering.embedder.queries([question])[0]
        return self._best(np.maximum.reduceat(cosines, self._starts))

    def bm25(self, question: str) -> tuple[list[str], list[float]]:
        terms = self._analyser.question_terms(question)
        return self._best(self._snapshot.lexical.bm25(terms, self._allowed))

    def coverage(self, question: str) -> tuple[list[str], list[float]]:
        lexical = self._snapshot.lexical
        asked = lexical.asked(self._analyser.question_terms(question), self._allowed)
        return self._best(lexical.coverage(asked, range(len(self._snapshot.keys))).all)

    def _best(self, scores: Floats) -> tuple[list[str], list[float]]:
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [str(self._snapshot.ids[row]) for row in best], [float(scores[row]) for row in best]
