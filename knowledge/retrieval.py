"""A question to passages, best first, with a confidence that the first one answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from consultation.municipality import MunicipalityCode
from consultation.passage import Passage
from consultation.programmes import Programmes
from knowledge.candidates import Asked, Candidates, Gathering
from knowledge.features import Evidence, features
from knowledge.fusion import Floats, Weights, fuse
from knowledge.gate import Gate
from knowledge.lexical import LexicalScores
from knowledge.reading import key_terms
from knowledge.sentences import sentence_scores
from knowledge.snapshot import Snapshot
from knowledge.tokens import Analyser, Terms
from knowledge.vectors import VectorStore

LONGEST_QUESTION = 1_000  # characters that are searched; more would only blur the vector
ATTEMPTS = 3  # a search during which materials went live has looked for the old ones among the new


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its scores."""

    passage: Passage
    score: float
    """Fused, in [0, 1] inside this retrieval."""
    dense: float
    """The mean of the cosines with the passage and with its best sentence; 0 without vectors."""
    bm25: float
    coverage: float
    """The share of the question's terms that the passage holds, by IDF."""
    best_sentence: int
    """-1 for a passage without sentences."""
    sentence_scores: tuple[float, ...]
    """In [0, 1], comparable over all hits of one retrieval."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found, best first, and on what: the log keeps the versions."""

    hits: tuple[Hit, ...]
    features: Mapping[str, float]
    confidence: float
    """That the first hit answers the question; uncalibrated, see gate.py."""
    dense: bool
    """False while vectors are not ready: found by keywords alone."""
    model: str
    gate: str
    corpus_version: str
    programmes: Programmes
    """All that the tenant's materials belong to, also those of which nothing was found."""


class Searched(Protocol):
    """The index, as far as a search needs it."""

    @property
    def snapshot(self) -> Snapshot:
        """Of what is live."""

    @property
    def store(self) -> VectorStore | None:
        """None: by keywords alone."""

    @property
    def model(self) -> str:
        """The embedding model's name."""


@dataclass(frozen=True, slots=True)
class Search:
    """The one way from a question to passages."""

    index: Searched
    gathering: Gathering
    analyser: Analyser
    gate: Gate
    weights: Weights

    def __call__(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        """The best `k` passages that the tenant may see and that are valid on the day."""
        asked = Asked(question[:LONGEST_QUESTION], tenant, on)
        for _ in range(ATTEMPTS):
            snapshot = self.index.snapshot
            found = self._over(snapshot, asked, k)
            if self.index.snapshot is snapshot:
                break
        return found

    def _over(self, snapshot: Snapshot, asked: Asked, k: int) -> Retrieval:
        question, tenant, store = asked.question, asked.tenant, self.index.store
        terms = self.analyser.question_terms(question)
        allowed = snapshot.allowed(tenant)
        lexical = snapshot.lexical.scores(terms, allowed)
        found = self.gathering.gather(asked, snapshot, lexical.bm25, store)
        evidence, order = _ranked(found, lexical, lexical.bm25[allowed], self.weights)
        measured = features(evidence, key_terms(question, self.analyser), snapshot.lexical)
        dense = found.cosines is not None
        return Retrieval(
            hits=self._hits(found, evidence, order[:k], terms),
            features=measured,
            confidence=self.gate.confidence(measured, dense=dense) if measured else 0.0,
            dense=dense,
            model=self.index.model,
            gate=self.gate.version,
            corpus_version=snapshot.version,
            programmes=snapshot.programmes_for(tenant),
        )

    def _hits(self, found: Candidates, evidence: Evidence, order: list[int], terms: Terms) -> tuple[Hit, ...]:
        passages = [found.passages[i] for i in order]
        cosines = None if found.cosines is None else [found.cosines.sentences[i] for i in order]
        sentences = sentence_scores(terms, [passage.sentences for passage in passages], cosines, self.analyser)
        return tuple(
            Hit(
                passage=passage,
                score=float(evidence.fused[place]),
                dense=evidence.dense_at(place),
                bm25=float(evidence.bm25[place]),
                coverage=float(evidence.coverage[place]),
                best_sentence=int(np.argmax(scores)) if scores else -1,
                sentence_scores=scores,
            )
            for place, (passage, scores) in enumerate(zip(passages, sentences, strict=True))
        )


def _ranked(
    found: Candidates, lexical: LexicalScores, background: Floats, weights: Weights
) -> tuple[Evidence, list[int]]:
    """The candidates' columns, best first, and their places in `found` in that order."""
    rows = np.asarray(found.rows, np.intp)
    best = None if found.cosines is None else found.cosines.best_sentences
    dense = None if found.cosines is None or best is None else found.cosines.passages + best
    fused = fuse(weights, lexical.bm25[rows], lexical.coverage[rows], dense)
    order = np.argsort(-fused, kind="stable")

    def column(scores: Floats) -> Floats:
        return scores[order]

    evidence = Evidence(
        rows=[int(row) for row in rows[order]],
        fused=column(fused),
        bm25=column(lexical.bm25[rows]),
        coverage=column(lexical.coverage[rows]),
        word_coverage=column(lexical.word_coverage[rows]),
        passage_cosine=None if found.cosines is None else column(found.cosines.passages),
        sentence_cosine=None if best is None else column(best),
        bm25_all=background,
    )
    return evidence, [int(place) for place in order]
