"""The evidence for and against the first passage, as numbers for the gate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.fusion import Floats
from knowledge.lexical import LexicalIndex
from knowledge.reading import Alternatives, KeyTerms

# Of the packaged model: its cosines lie in a narrow band. More means nothing, and no other scale may swamp the rest.
MIDDLING_COSINE, COSINE_SPREAD, COSINE_BOUND = 0.87, 0.04, 1.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """Columns over the candidates, best first, rows being those of the corpus."""

    rows: Sequence[int]
    fused: Floats
    bm25: Floats
    coverage: Floats
    word_coverage: Floats
    passage_cosine: Floats | None
    sentence_cosine: Floats | None
    bm25_all: Floats
    """Over every passage the tenant may rank: the background that the first one must stand out from."""

    def dense_at(self, place: int) -> float:
        """The mean of both cosines; 0 without vectors."""
        if self.passage_cosine is None or self.sentence_cosine is None:
            return 0.0
        return float(self.passage_cosine[place] + self.sentence_cosine[place]) / 2


def features(evidence: Evidence, keys: KeyTerms, lexical: LexicalIndex) -> dict[str, float]:
    """All but the cosines lie in about [0, 1] (bm25_z: standard deviations). Without candidates there are none."""
    if not len(evidence.rows):
        return {}
    return _strength(evidence) | _cosines(evidence) | _missing(keys, evidence.rows[0], lexical)


def _strength(evidence: Evidence) -> dict[str, float]:
    spread = float(evidence.bm25_all.std())
    return {
        "fused_top": float(evidence.fused[0]),
        "fused_margin": _lead(evidence.fused),
        "bm25_z": (float(evidence.bm25[0]) - float(evidence.bm25_all.mean())) / spread if spread else 0.0,
        "coverage": float(evidence.coverage[0]),
        "word_coverage": float(evidence.word_coverage[0]),
        "coverage_margin": _lead(evidence.coverage),
    }


def _cosines(evidence: Evidence) -> dict[str, float]:
    if evidence.passage_cosine is None or evidence.sentence_cosine is None:
        return {}
    passage, sentence = float(evidence.passage_cosine[0]), float(evidence.sentence_cosine[0])
    return {
        "passage_cosine": passage,
        "sentence_cosine": sentence,
        "cosine": _bounded((max(passage, sentence) - MIDDLING_COSINE) / COSINE_SPREAD),
    }


def _bounded(value: float) -> float:
    return max(-COSINE_BOUND, min(COSINE_BOUND, value))


def _missing(keys: KeyTerms, row: int, lexical: LexicalIndex) -> dict[str, float]:
    """Shares of what the question names that the first passage does not speak of."""
    return {
        "places_missing": _share_missing(keys.places, row, lexical),
        "years_missing": _share_missing(keys.years, row, lexical),
        "numbers_missing": _share_missing(keys.numbers, row, lexical),
        "names_missing": _share_missing(keys.names, row, lexical),
    }


def _share_missing(named: Sequence[Alternatives], row: int, lexical: LexicalIndex) -> float:
    held = [any(row in lexical.rows_with(term) for term in alternatives) for alternatives in named]
    return 1 - float(np.mean(held)) if held else 0.0


def _lead(column: Floats) -> float:
    """How far the first candidate is ahead of the best other; negative where another is ahead of it."""
    return float(column[0] - column[1:].max()) if len(column) > 1 else float(column[0])
