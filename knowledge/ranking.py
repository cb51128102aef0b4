"""How much each signal counts for a passage to be the one that answers. Pure numbers.

A conditional logit over a search's candidates: exp(score), divided by the sum over all, is the chance that a passage is
the one. The weights were fitted on JSQuAD (questions), on labelled consultation questions (questions, half as much) and
on JSTS paraphrases (statements); how, and what was dropped, is in docs/decisions/0017.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.kinds import Kind
from knowledge.lexical import Floats


@dataclass(frozen=True, slots=True)
class Signals:
    """Of the same candidates, (n,) each."""

    cosine: Floats | None
    """Of the question with the passage's nearest sentence; None: go by words alone."""
    coverage: Floats
    """The share of the question's terms that the passage holds."""
    words: Floats
    """The same of words alone, without bigrams."""
    sentence: Floats
    """The share of terms that its best sentence holds."""
    run: Floats
    """The longest run of the question's letters that stands in the passage, as a share of the question."""

    def at(self, places: NDArray[np.intp]) -> Self:
        """Of some of the candidates, in that order."""
        cosine = None if self.cosine is None else self.cosine[places]
        return replace(
            self,
            cosine=cosine,
            coverage=self.coverage[places],
            words=self.words[places],
            sentence=self.sentence[places],
            run=self.run[places],
        )


@dataclass(frozen=True, slots=True)
class Weights:
    cosine: float
    coverage: float
    words: float
    sentence: float
    run: float


WEIGHTS: Mapping[Kind, Weights] = {
    Kind.QUESTION: Weights(cosine=89.6, coverage=7.44, words=5.68, sentence=3.54, run=2.91),
    Kind.STATEMENT: Weights(cosine=111.2, coverage=1.35, words=1.12, sentence=0.0, run=0.0),
}


def scores(weights: Weights, signals: Signals, dense: float = 1.0) -> Floats:
    """Log-odds among the candidates, (n,); `dense` scales the weight of vectors."""
    found = weights.coverage * signals.coverage + weights.words * signals.words
    found = found + weights.sentence * signals.sentence + weights.run * signals.run
    if signals.cosine is not None:
        found = found + dense * weights.cosine * signals.cosine
    return np.asarray(found, np.float32)


def scaled(values: Floats) -> Floats:
    """Min-max to [0, 1]; all 0 where none differs from another."""
    if not values.size or (spread := values.max() - values.min()) <= 0:
        return np.zeros_like(values)
    within: Floats = (values - values.min()) / spread
    return within


def chances(values: Floats) -> Floats:
    """Of each to be the one that answers, given that one of them does."""
    if not len(values):
        return values
    odds = np.exp(values - values.max())
    return np.asarray(odds / odds.sum(), np.float32)


def longest_run(asked: str, text: str) -> int:
    """Letters of the longest part of `asked` that stands in `text`."""
    longest = start = 0
    while start + longest < len(asked):
        if asked[start : start + longest + 1] in text:
            longest += 1
        else:
            start += 1
    return longest
