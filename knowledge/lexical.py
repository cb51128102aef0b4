"""The keyword index: BM25, and the share of a question's terms that a passage and its sentences hold. Immutable."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import Terms, is_word

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

K1, B = 0.9, 0.4  # best on JSQuAD with words and bigrams together, hit@1 92.0


@dataclass(frozen=True, slots=True)
class AskedTerms:
    """A question's terms that some allowed text uses, (k,), by number; the weights are IDF among the allowed passages.

    The totals count what nobody uses too: it is missing everywhere.
    """

    numbers: Numbers
    weights: Floats
    are_words: Mask
    total: float
    word_total: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of a question's terms in [0, 1], by IDF: of all terms and of words alone."""

    all: Floats
    words: Floats


class LexicalIndex:
    """Over a fixed list of passages, each a list of parts: the terms that stand over it, then those of its sentences.

    Rows keep the list's order. About 2 KB a passage of 300 letters.
    """

    def __init__(self, passages: Iterable[Sequence[Terms]]) -> None:
        vocabulary: dict[str, int] = {}
        texts: list[array[int]] = []
        sentences, ends, firsts = array("i"), array("q", [0]), array("q", [0])
        for parts in passages:
            numbered = [[vocabulary.setdefault(term, len(vocabulary)) for term in part.all] for part in parts]
            texts.append(array("i", chain.from_iterable(numbered)))
            for own in numbered[1:]:
                sentences.extend(sorted(set(own)))
                ends.append(len(sentences))
            firsts.append(len(ends) - 1)
        self._count = len(texts)
        self._vocabulary = vocabulary
        self._sentences, self._ends, self._firsts = (np.asarray(column) for column in (sentences, ends, firsts))
        self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        if vocabulary:
            self._bm25.index((texts, vocabulary), create_empty_token=False, show_progress=False)

    def asked(self, question: Terms, allowed: Mask) -> AskedTerms:
        """The question's terms, weighed among the `allowed` rows, (n,); what only others use counts as unused."""
        count, everything = int(allowed.sum()), bool(allowed.all())
        known, total, word_total = [], 0.0, 0.0
        for term in sorted(set(question.all)):
            holders = self._holders(term, allowed, everything=everything)
            weight = _idf(holders, count)
            total += weight
            word_total += weight * is_word(term)
            if holders:
                known.append((self._vocabulary[term], weight, is_word(term)))
        known.sort()
        return AskedTerms(
            np.asarray([number for number, _, _ in known], np.int64),
            np.asarray([weight for _, weight, _ in known], np.float32),
            np.asarray([word for _, _, word in known], np.bool_),
            total,
            word_total,
        )

    def weight(self, term: str, allowed: Mask) -> float:
        """Its IDF among the allowed rows."""
        return _idf(self._holders(term, allowed, everything=bool(allowed.all())), int(allowed.sum()))

    def bm25(self, question: Terms, allowed: Mask) -> Floats:
        """Of every row, (n,); 0 for one that is not allowed."""
        scores = np.zeros(self._count, np.float32)
        for term in question.all:
            if (number := self._vocabulary.get(term)) is not None:
                start, end = self._bm25.scores["indptr"][number : number + 2]
                scores[self._bm25.scores["indices"][start:end]] += self._bm25.scores["data"][start:end]
        return np.where(allowed, scores, np.float32(0))

    def coverage(self, asked: AskedTerms, rows: Sequence[int]) -> Coverage:
        """Of the passages with what stands over them, (len(rows),)."""
        wanted = np.asarray(rows, np.int64)
        held, words = np.zeros(len(wanted), np.float32), np.zeros(len(wanted), np.float32)
        for number, weight, is_a_word in zip(asked.numbers, asked.weights, asked.are_words, strict=True):
            found = _stand_in(self._rows_of(int(number)), wanted)
            held[found] += weight
            if is_a_word:
                words[found] += weight
        return _shares(held, words, asked)

    def sentence_coverage(self, asked: AskedTerms, rows: Sequence[int]) -> list[Coverage]:
        """Of each passage's sentences, alone, (its sentences,)."""
        spans = [(int(self._firsts[row]), int(self._firsts[row + 1])) for row in rows]
        counts = [end - first for first, end in spans]
        lines = np.fromiter(chain.from_iterable(range(*span) for span in spans), np.int64, sum(counts))
        sizes = self._ends[lines + 1] - self._ends[lines]
        pieces = [self._sentences[self._ends[line] : self._ends[line + 1]] for line in lines]
        terms = np.concatenate(pieces) if pieces else np.zeros(0, np.int32)
        owner = np.repeat(np.arange(len(lines)), sizes)
        held, words = (np.zeros(len(lines), np.float32) for _ in range(2))
        if len(asked.numbers):
            place = np.minimum(np.searchsorted(asked.numbers, terms), len(asked.numbers) - 1)
            hits = asked.numbers[place] == terms
            own, weights = owner[hits], asked.weights[place[hits]]
            held = np.bincount(own, weights, len(lines)).astype(np.float32)
            words = np.bincount(own, weights * asked.are_words[place[hits]], len(lines)).astype(np.float32)
        shares = _shares(held, words, asked)
        ends = np.cumsum(counts)[:-1]
        return list(map(Coverage, np.split(shares.all, ends), np.split(shares.words, ends))) if spans else []

    def holds(self, row: int, term: str) -> bool:
        """Whether the passage uses the term."""
        return bool(_stand_in(self._rows_with(term), np.asarray([row]))[0])

    def _holders(self, term: str, allowed: Mask, *, everything: bool) -> int:
        rows = self._rows_with(term)
        return len(rows) if everything else int(allowed[rows].sum())

    def _rows_with(self, term: str) -> NDArray[np.int32]:
        number = self._vocabulary.get(term)
        return np.zeros(0, np.int32) if number is None else self._rows_of(number)

    def _rows_of(self, number: int) -> NDArray[np.int32]:
        """In order."""
        start, end = self._bm25.scores["indptr"][number : number + 2]
        rows: NDArray[np.int32] = self._bm25.scores["indices"][start:end]
        return rows


def _shares(held: Floats, words: Floats, asked: AskedTerms) -> Coverage:
    return Coverage(held / np.float32(asked.total or 1.0), words / np.float32(asked.word_total or 1.0))


def _stand_in(rows: NDArray[np.int32], wanted: Numbers) -> Mask:
    """Which of the wanted rows are among `rows`, which are in order."""
    if not len(rows):
        return np.zeros(len(wanted), np.bool_)
    place = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
    found: Mask = rows[place] == wanted
    return found


def _idf(holders: int, passages: int) -> float:
    """Lucene's form, never negative."""
    return float(np.log1p((passages - holders + 0.5) / (holders + 0.5)))
