"""Earlier cases like this one: by the words that their questions share, the rarer the weightier. Consultants only.

The weights are not squared: in a log of a few cases a shared word would count for little beside one that stands once.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from consultation.case import CaseId
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser
from records.book import CONSULTANT
from records.ledger import Session
from records.pages import Pages
from records.rows import CaseRow

MOST = 3
NEAR = 0.4  # of the cosine: of 120 questions, pairs above it share their subject (docs/decisions/0028)
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier case as it reads now; `answer` is empty where nobody has answered yet."""

    case: CaseRow
    answer: str


def alike(question: str, others: Sequence[tuple[CaseId, str]]) -> list[CaseId]:
    """The cases whose questions are near enough, the nearest first."""
    mine, theirs = _words(question), [(case_id, _words(text)) for case_id, text in others]
    often = Counter(word for words in (mine, *(words for _, words in theirs)) for word in words)
    count = len(theirs) + 1

    def weight(words: Words) -> float:
        return sum(math.log(1 + count / often[word]) for word in words)

    def nearness(words: Words) -> float:
        whole = math.sqrt(weight(mine) * weight(words))
        return weight(mine & words) / whole if whole else 0.0

    ranked = sorted(((nearness(words), case_id) for case_id, words in theirs), key=lambda one: -one[0])
    return [case_id for near, case_id in ranked[:MOST] if near >= NEAR]


def as_they_read(session: Session, found: Sequence[CaseId]) -> tuple[Alike, ...]:
    """With their answers; a case whose question was taken back since is left out."""
    cases = [Pages(session).case(case_id) for case_id in found]
    return tuple(Alike(case, _answer(session, case)) for case in cases if case.inquiry.withdrawn_at is None)


def _answer(session: Session, case: CaseRow) -> str:
    turns = Pages(session).file(case.consultation.id).turns
    said = [turn for turn in turns if turn.speaker == CONSULTANT and turn.at >= case.opened_at]
    return "\n\n".join(turn.text for turn in said if turn.withdrawn_at is None)


def _words(text: str) -> Words:
    return frozenset(_analyser().question_terms(text).words)


@cache
def _analyser() -> Analyser:
    return Analyser(read_synonyms())
