"""Years that compete for an answer: a figure told alike for several years, where the question names none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from answering.amounts import asks_amount
from answering.checking import Standing
from consultation.folding import folded
from consultation.signals import content_of
from knowledge.retrieval import Hit
from knowledge.text import normalise
from knowledge.years import year_mentions

LONGEST = 45  # characters: a longer question with a year before it is no choice to press
ALIKE = 0.6  # of the shorter sentence's letter pairs, years and figures aside
HELD = 0.8  # of a word's letter pairs
_SETTLED = re.compile(r"今|いま|現在|最新|直近|最近|昨年|去年|前年|本年|来年|推移|移り変|年々|過去|何年|いつ|倍")
_SOURCE = re.compile(r"\([^()]*出典[^()]*\)")
_SKIPPED = re.compile(r"[0-9.,%\s]+")


def competing_years(question: str, hits: Iterable[Hit], standing: Sequence[Standing]) -> tuple[str, ...]:
    """The question for each year that what would be quoted first is told for, the latest first; none for one year."""
    asked = normalise(question).strip()
    if not standing or len(asked) > LONGEST or not asks_amount(question):
        return ()
    if _SETTLED.search(asked) or year_mentions(asked):
        return ()
    first = _plain(standing[0].citation.quote)
    years = [_year(first), *map(_year, _told_alike(first, content_of(question), hits))]
    told = {year: label for year, label in reversed(years) if year}
    if not years[0][0] or len(told) < 2:
        return ()
    return tuple(f"{told[year]}の{question.strip()}" for year in sorted(told, reverse=True))


def _told_alike(first: str, wanted: Sequence[str], hits: Iterable[Hit]) -> Iterator[str]:
    """Sentences that say of another year what the first one says, as far as words can tell."""
    for hit in hits:
        for sentence in map(_plain, hit.passage.sentences):
            if all(_stands_in(word, sentence) for word in wanted) and _likeness(first, sentence) >= ALIKE:
                yield sentence


def _stands_in(word: str, sentence: str) -> bool:
    """生成ai導入率 stands in 「生成aiの導入率」."""
    pairs = [one + other for one, other in pairwise(word)]
    return word in sentence or sum(pair in sentence for pair in pairs) >= max(1, HELD * len(pairs))


def _plain(sentence: str) -> str:
    return _SOURCE.sub("", folded(sentence)).lower()


def _year(sentence: str) -> tuple[str, str]:
    """The one year that a sentence tells of, to sort by and as written; empty where there is none, or several."""
    mentions = year_mentions(sentence)
    years = {min(mention.tokens, key=len) for mention in mentions}
    if len(years) != 1:
        return "", ""
    begin, end = mentions[0].span
    return years.pop(), sentence[begin:end].strip()


def _likeness(one: str, other: str) -> float:
    pairs = [_pairs(sentence) for sentence in (one, other)]
    return len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))


def _pairs(sentence: str) -> set[str]:
    for mention in reversed(year_mentions(sentence)):
        sentence = sentence[: mention.span[0]] + sentence[mention.span[1] :]
    letters = _SKIPPED.sub("", sentence)
    return {one + other for one, other in pairwise(letters)}
