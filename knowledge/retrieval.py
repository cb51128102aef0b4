"""A question to passages, best first, with a confidence that the first one answers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np

from consultation.municipality import MunicipalityCode
from consultation.passage import Passage
from consultation.programmes import Programmes
from knowledge.candidates import Asked, Candidates, Gathering
from knowledge.features import features
from knowledge.kinds import kind_of
from knowledge.lexical import AskedTerms, Floats, LexicalIndex
from knowledge.ranked import Ranked, scored_sentences
from knowledge.ranking import WEIGHTS, Signals, longest_run, scaled, scores
from knowledge.reading import key_terms
from knowledge.snapshot import Snapshot
from knowledge.text import normalise
from knowledge.tokens import Analyser
from knowledge.vectors import VectorStore

LONGEST_QUESTION = 1_000  # characters that are searched; more would only blur the vector
READ_CLOSELY = 10  # passages whose order is to be exact
ATTEMPTS = 3  # a search during which materials went live has looked for the old ones among the new


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its scores."""

    passage: Passage
    score: float
    """Fused, in [0, 1] inside this retrieval."""
    dense: float
    """The cosine with its nearest sentence; 0 without vectors."""
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
    words: Mapping[str, float]
    """The question's words with their weights, IDF among what the tenant may see."""
    dense: bool
    """False while vectors are not ready: found by keywords alone."""
    model: str
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
    dense_weight: float

    def __call__(
        self, question: str, tenant: MunicipalityCode, on: date, k: int = 10, *, dense: bool = True
    ) -> Retrieval:
        """The best `k` passages that the tenant may see and that are valid on the day; without `dense` by words."""
        asked = Asked(question[:LONGEST_QUESTION], tenant, on)
        for _ in range(ATTEMPTS):
            snapshot = self.index.snapshot
            found = self._over(snapshot, asked, k, self.index.store if dense else None)
            if self.index.snapshot is snapshot:
                break
        return found

    def _over(self, snapshot: Snapshot, asked: Asked, k: int, store: VectorStore | None) -> Retrieval:
        question, tenant = asked.question, asked.tenant
        terms, allowed = self.analyser.question_terms(question), snapshot.allowed(tenant)
        bm25 = snapshot.lexical.bm25(terms, allowed)
        found = self.gathering.gather(asked, snapshot, bm25, store)
        weighed = snapshot.lexical.asked(terms, allowed)
        ranked = self._ranked(question, found, bm25, weighed, snapshot.lexical)
        keys = key_terms(question, self.analyser)
        measured = features(ranked, bm25[allowed], weighed, keys, snapshot.lexical)
        return Retrieval(
            hits=tuple(_hits(ranked, k)),
            features=measured,
            words={word: snapshot.lexical.weight(word, allowed) for word in dict.fromkeys(terms.words)},
            dense=found.cosines is not None,
            model=self.index.model,
            corpus_version=snapshot.version,
            programmes=snapshot.programmes_for(tenant),
        )

    def _ranked(
        self, question: str, found: Candidates, bm25: Floats, asked: AskedTerms, lexical: LexicalIndex
    ) -> Ranked:
        """The candidates, best first."""
        rows = found.rows
        coverage, sentences = lexical.coverage(asked, rows), lexical.sentence_coverage(asked, rows)
        cosines, weights, plain = found.cosines, WEIGHTS[kind_of(question)], normalise(question)
        signals = Signals(
            cosine=None if cosines is None else np.asarray([own.max() for own in cosines], np.float32),
            coverage=coverage.all,
            words=coverage.words,
            sentence=np.asarray([own.all.max(initial=0.0) for own in sentences], np.float32),
            run=np.zeros(len(rows), np.float32),
        )
        runs = np.zeros(len(rows), np.int64)
        for at in _within_reach(scores(weights, signals, self.dense_weight), weights.run):
            passage = found.passages[at]
            runs[at] = longest_run(plain, normalise(f"{passage.context}\n{passage.text}"))
        signals = replace(signals, run=(runs / max(1, len(plain))).astype(np.float32))
        scored = scores(weights, signals, self.dense_weight)
        order = np.argsort(-scored, kind="stable")
        return Ranked(
            rows=[rows[at] for at in order],
            passages=[found.passages[at] for at in order],
            scores=scored[order],
            bm25=bm25[[rows[at] for at in order]],
            runs=[int(runs[at]) for at in order],
            signals=signals.at(order),
            cosines=None if cosines is None else [cosines[at] for at in order],
            sentences=[sentences[at] for at in order],
        )


def _within_reach(scored: Floats, most: float) -> list[int]:
    """Those that may be among the best ones yet if each could gain `most`: reading all of them takes half a search."""
    if not most or not len(scored):
        return []
    last = np.sort(scored)[-min(READ_CLOSELY, len(scored))]
    return [int(at) for at in np.flatnonzero(scored >= last - most)]


def _hits(ranked: Ranked, k: int) -> Iterator[Hit]:
    sentence_scores = scored_sentences(ranked, k)
    within = scaled(ranked.scores)
    for place, (passage, own) in enumerate(zip(ranked.passages, sentence_scores, strict=False)):
        cosine = ranked.signals.cosine
        yield Hit(
            passage=passage,
            score=float(within[place]),
            dense=0.0 if cosine is None else float(cosine[place]),
            bm25=float(ranked.bm25[place]),
            coverage=float(ranked.signals.coverage[place]),
            best_sentence=int(np.argmax(own)) if own else -1,
            sentence_scores=own,
        )
