"""The evidence for and against the first passage, as numbers for the gate."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.lexical import AskedTerms, Floats, LexicalIndex
from knowledge.ranked import Ranked
from knowledge.ranking import chances
from knowledge.reading import Alternatives, KeyTerms

# Of the packaged model: its cosines lie in a narrow band.
MIDDLING_COSINE, COSINE_SPREAD = 0.87, 0.04
BOUND = 4.0  # more means nothing, and no scale may swamp the rest


def features(
    ranked: Ranked, background: Floats, asked: AskedTerms, keys: KeyTerms, lexical: LexicalIndex
) -> dict[str, float]:
    """Each about in [-4, 4]; none without candidates. `background` is the BM25 of every passage the tenant may rank."""
    if not len(ranked.rows):
        return {}
    return _strength(ranked, background) | _cosines(ranked) | _question(asked) | _missing(keys, ranked.rows[0], lexical)


def by_vectors(features: Mapping[str, float]) -> bool:
    """Whether vectors took part in the search that these tell of."""
    return "cosine" in features


def _strength(ranked: Ranked, background: Floats) -> dict[str, float]:
    signals, chance, spread = ranked.signals, chances(ranked.scores), float(background.std())
    return {
        "chance": float(chance[0]),
        "chance_beyond": 1 - float(chance[:3].sum()),
        "bm25_z": _bounded((float(ranked.bm25[0]) - float(background.mean())) / spread / 4) if spread else 0.0,
        "coverage": float(signals.coverage[0]),
        "coverage_lead": _lead(signals.coverage),
        "sister_lead": _sister_lead(ranked),
        "words": float(signals.words[0]),
        "sentence_lead": _lead(signals.sentence),
        "run": float(np.log1p(ranked.runs[0])) / 2,
    }


def _cosines(ranked: Ranked) -> dict[str, float]:
    if ranked.cosines is None:
        return {}
    *_, second, first = np.sort(np.append(ranked.cosines[0], ranked.cosines[0].min()))
    return {"cosine": _cosine(first), "cosine_second": _cosine(second)}


def _cosine(value: float) -> float:
    return _bounded((float(value) - MIDDLING_COSINE) / COSINE_SPREAD)


def _question(asked: AskedTerms) -> dict[str, float]:
    """How much the question says, and how much of that nobody speaks of."""
    return {
        "weight": float(np.log1p(asked.total)) / 2,
        "unknown": 1 - float(asked.weights.sum()) / asked.total if asked.total else 0.0,
    }


def _missing(keys: KeyTerms, row: int, lexical: LexicalIndex) -> dict[str, float]:
    """Shares of what the question names that the first passage does not speak of."""
    return {
        "places_missing": _share_missing(keys.places, row, lexical),
        "years_missing": _share_missing(keys.years, row, lexical),
        "numbers_missing": _share_missing(keys.numbers, row, lexical),
        "names_missing": _share_missing(keys.names, row, lexical),
    }


def _share_missing(named: Sequence[Alternatives], row: int, lexical: LexicalIndex) -> float:
    held = [any(lexical.holds(row, term) for term in alternatives) for alternatives in named]
    return 1 - float(np.mean(held)) if held else 0.0


def _lead(column: Floats) -> float:
    """How far the first candidate is ahead of the best other; negative where another is ahead of it."""
    return float(column[0] - column[1:].max()) if len(column) > 1 else float(column[0])


def _sister_lead(ranked: Ranked) -> float:
    """The lead over the other passages of its document alone."""
    document = ranked.passages[0].document_id
    own = np.asarray([passage.document_id == document for passage in ranked.passages])
    return _lead(ranked.signals.coverage[own])


def _bounded(value: float) -> float:
    return max(-BOUND, min(BOUND, value))
