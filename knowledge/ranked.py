"""The candidates of a search, best first, with what speaks for each, passage by passage and sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consultation.passage import Passage
from knowledge.lexical import Coverage, Floats
from knowledge.ranking import Signals, scaled

COSINE, TERMS, WORDS = 60.0, 4.0, 4.0  # of a sentence's signals among the sentences of the best passages


@dataclass(frozen=True, slots=True)
class Ranked:
    """Columns in one order; rows are those of the corpus."""

    rows: Sequence[int]
    passages: Sequence[Passage]
    scores: Floats
    """Log-odds, see ranking.py."""
    bm25: Floats
    runs: Sequence[int]
    """Letters of the longest run of the question that stands in the passage."""
    signals: Signals
    cosines: Sequence[Floats] | None
    sentences: Sequence[Coverage]


def scored_sentences(ranked: Ranked, k: int) -> list[tuple[float, ...]]:
    """Of the best `k` passages the scores of their sentences, in [0, 1], comparable over all of them."""
    sentences = ranked.sentences[:k]
    if not sentences:
        return []
    scores = np.concatenate([TERMS * own.all + WORDS * own.words for own in sentences])
    if ranked.cosines is not None:
        scores = scores + COSINE * np.concatenate(ranked.cosines[:k])
    ends = np.cumsum([len(own.all) for own in sentences])[:-1]
    parts = np.split(scaled(np.asarray(scores, np.float32)), ends)
    # A passage without sentences has one text, which is no sentence to quote.
    return [
        tuple(map(float, part)) if passage.sentences else ()
        for part, passage in zip(parts, ranked.passages, strict=False)
    ]
