"""The keyword index: BM25 and the share of a question's terms that a passage holds. In memory, immutable."""

from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import Terms

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

K1, B = 0.9, 0.4  # best on JSQuAD with words and bigrams together, hit@1 92.0


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """Per row of the corpus; coverages in [0, 1], the share by IDF, where a term nobody uses counts as missing."""

    bm25: Floats
    coverage: Floats
    word_coverage: Floats


class LexicalIndex:
    """BM25 over the terms of a fixed list of texts; rows keep the list's order."""

    def __init__(self, texts: Sequence[Terms]) -> None:
        self._count = len(texts)
        self._bm25: bm25s.BM25 | None = None
        if any(terms.all for terms in texts):
            self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
            self._bm25.index([list(terms.all) for terms in texts], show_progress=False)

    def scores(self, question: Terms, allowed: Mask) -> LexicalScores:
        """The question against every row; rows not `allowed` (n,) score 0 and do not shape the coverage."""
        coverage = self._coverage(question.all, allowed)
        return LexicalScores(self._scores(question.all, allowed), coverage, self._coverage(question.words, allowed))

    def rows_with(self, term: str) -> NDArray[np.int32]:
        """The rows whose text holds the term."""
        if self._bm25 is None or term not in self._bm25.vocab_dict:
            return np.zeros(0, np.int32)
        column = self._bm25.vocab_dict[term]
        start, end = self._bm25.scores["indptr"][column : column + 2]
        rows: NDArray[np.int32] = self._bm25.scores["indices"][start:end]
        return rows

    def _scores(self, terms: Sequence[str], allowed: Mask) -> Floats:
        if self._bm25 is None or not terms:
            return np.zeros(self._count, np.float32)
        scores: Floats = self._bm25.get_scores(list(terms), weight_mask=allowed)
        return scores

    def _coverage(self, terms: Sequence[str], allowed: Mask) -> Floats:
        held, total = np.zeros(self._count, np.float32), 0.0
        for term in sorted(set(terms)):
            rows = self.rows_with(term)
            weight = _idf(int(allowed[rows].sum()), int(allowed.sum()))
            held[rows] += weight
            total += weight
        return held * allowed / np.float32(total or 1.0)


def _idf(holders: int, passages: int) -> float:
    """Lucene's form, never negative."""
    return float(np.log1p((passages - holders + 0.5) / (holders + 0.5)))
