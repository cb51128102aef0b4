"""The claim check: a written sentence holds only if figures, years, names and polarity stand in what it cites."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from answering import facts
from answering.polarity import is_condition, is_conditional, keeps_restrictions, same_polarity
from consultation.passage import PassageId
from consultation.sentences import sentences_of

COVERED = 0.7
"""Share of the content's character pairs that the source must have: below it, the sentence adds something."""
_CLAUSE = re.compile(r"[、。\n！？!?／/]+(?!\d{3}(?!\d))")
_CONTENT = re.compile(r"[一-龥々ァ-ヴーa-z]{2,}")
_NONE: Mapping[PassageId, str] = MappingProxyType({})


class Flaw(StrEnum):
    """Why a sentence falls; the codes stand in the log."""

    NO_CITATION = "no_citation"
    UNKNOWN_CITATION = "unknown_citation"
    ELSEWHERE = "elsewhere"
    """Its figures or names stand in the passage, but of something else."""
    AMOUNT = "amount"
    YEAR = "year"
    NAME = "name"
    POLARITY = "polarity"
    CONDITION = "condition"
    """It says without its condition what holds only under one."""
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as a writer wrote it, with the passages it says it rests on."""

    text: str
    cited: tuple[PassageId, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    pass


@dataclass(frozen=True, slots=True)
class Falls:
    flaw: Flaw


Verdict = Holds | Falls


def check(claim: Claim, offered: Mapping[PassageId, str], headings: Mapping[PassageId, str] = _NONE) -> Verdict:
    """Whether the claim stands in the texts it cites; `offered` are the passages the writer was given.

    The only body in the `headings` (title and headings) of what is cited may be named in any sentence of it.
    """
    flaw = next(_flaws(claim, offered, headings), None)
    return Holds() if flaw is None else Falls(flaw)


def _flaws(claim: Claim, offered: Mapping[PassageId, str], headings: Mapping[PassageId, str]) -> Iterator[Flaw]:
    if not claim.cited:
        yield Flaw.NO_CITATION
    if any(passage not in offered for passage in claim.cited):
        yield Flaw.UNKNOWN_CITATION
        return
    said, source = facts.plain(claim.text), facts.plain("\n".join(offered[passage] for passage in claim.cited))
    subject = _subject(facts.plain("\n".join(headings.get(passage, "") for passage in claim.cited)), source)
    said = facts.whole(subject).sub("", said) if subject else said
    if not facts.years(said) <= facts.years(source):
        yield Flaw.YEAR
    if not facts.amounts(said) <= facts.amounts(source):
        yield Flaw.AMOUNT
    if not facts.names_stand(said, source):
        yield Flaw.NAME
    clauses = _clauses(source)
    nearest = [(clause.words, _nearest(clause.words, clauses)) for clause in _clauses(said)]
    if not all(any(same_polarity(clause, other.words) for other in others) for clause, others in nearest):
        yield Flaw.POLARITY
    if not all(any(_stands_in(clause, other.words) for other in others) for clause, others in nearest):
        yield Flaw.ELSEWHERE
    if not _has_conditions(said, nearest):
        yield Flaw.CONDITION
    if _uncovered(said, source):
        yield Flaw.UNCOVERED


@dataclass(frozen=True, slots=True)
class _Clause:
    words: str
    is_conditional: bool
    """A condition stands before it in its sentence."""


def _subject(headings: str, source: str) -> str:
    """The one body that passages are about: no other stands in their headings or their text. Else ""."""
    named = set(facts.bodies(headings))
    others = set(facts.bodies(source)) - named
    return next(iter(named)) if len(named) == 1 and not others else ""


def _clauses(text: str) -> list[_Clause]:
    found: list[_Clause] = []
    for sentence in sentences_of(text):
        clauses = [clause for clause in _CLAUSE.split(sentence) if clause.strip()]
        found += [_Clause(clause, any(map(is_condition, clauses[:at]))) for at, clause in enumerate(clauses)]
    return found


def _nearest(clause: str, others: Sequence[_Clause]) -> list[_Clause]:
    """The clauses of the source that are most like this one, by their words; figures may not decide."""
    ours = _word_pairs(clause)
    likeness = [(_like(ours, _word_pairs(other.words)), other) for other in others]
    best = max((like for like, _ in likeness), default=0.0)
    return [other for like, other in likeness if like == best]


def _like(ours: set[str], theirs: set[str]) -> float:
    return len(ours & theirs) / max(1, len(ours | theirs))


def _stands_in(clause: str, other: str) -> bool:
    """With no fact that the other has not, and those of a kind in the same order; swapped, they say something else."""
    return _facts(clause) <= _facts(other) and all(
        _is_part(kind(clause), kind(other)) for kind in (facts.in_order, facts.years_in_order, facts.bodies)
    )


def _is_part(ours: Sequence[object], theirs: Sequence[object]) -> bool:
    left = iter(theirs)
    return all(item in left for item in ours)


def _facts(clause: str) -> Counter[object]:
    """Figures, years and bodies, as often as they are said: a name said twice needs to stand twice."""
    return Counter([*facts.amounts(clause), *facts.years_in_order(clause), *facts.bodies(clause)])


def _has_conditions(said: str, nearest: Sequence[tuple[str, Sequence[_Clause]]]) -> bool:
    """Where the source says what holds under a condition or for some only, the sentence says so too."""
    found = [others for _, others in nearest if others]
    is_needed = any(all(other.is_conditional for other in others) for others in found)
    is_kept = all(any(keeps_restrictions(said, other.words) for other in others) for others in found)
    return is_kept and (not is_needed or is_conditional(said))


def _uncovered(said: str, source: str) -> bool:
    words = facts.AMOUNT.sub(" ", facts.without_years(said))
    ours = {pair for run in _CONTENT.findall(words) for pair in _pairs(run)}
    return len(ours & _pairs(source)) < COVERED * len(ours)


def _word_pairs(clause: str) -> set[str]:
    return _pairs(facts.AMOUNT.sub("", facts.without_years(clause))) or _pairs(clause)


def _pairs(text: str) -> set[str]:
    letters = "".join(text.split())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
