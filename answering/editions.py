"""What a newer edition changed: the sentence of the edition before that tells other figures of the same subject."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from answering.figures import Figures
from answering.statements import Statement, nouns_in, ordinals_in, statements_in
from consultation.folding import folded
from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, Passage
from consultation.sentences import sentences_of


class Editions(Protocol):
    """Where the edition before is found."""

    def earlier(self, document_id: DocumentId, tenant: MunicipalityCode) -> Sequence[Passage]:
        """The passages of the edition that the live one took the place of, where the tenant may see it; else none."""


def changed(quote: str, passage: Passage, earlier: Sequence[Passage]) -> tuple[str, Passage] | None:
    """The earlier edition's sentence that tells other figures of what the quotation tells, with its passage."""
    ours = [
        (statement, sentence)
        for sentence in sentences_of(quote)
        for statement in statements_in(sentence, _innermost(passage))
    ]
    told = list(_told(earlier)) if ours else []
    for statement, sentence in ours:
        same = [other for other in told if _is_same(statement, f"{sentence}{passage.context}", passage, other)]
        if any(_differing(statement.figures, other.statement.figures) is False for other in same):
            continue  # one of them says the very same: nothing changed
        differing = [other for other in same if _differing(statement.figures, other.statement.figures)]
        likest = _likest(statement, differing)
        if likest is not None:
            return likest.sentence.strip(), likest.passage
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement of the edition before, and the sentence and passage it stands in."""

    statement: Statement
    sentence: str
    passage: Passage

    @property
    def context(self) -> str:
        return folded(f"{self.sentence}{self.passage.context}").lower()


def _likest(ours: Statement, differing: Sequence["_Told"]) -> "_Told | None":
    """The one that shares most words; where two tell different figures of it, none is sure."""
    shared = [len(ours.words & other.statement.words) for other in differing]
    best = [other for other, count in zip(differing, shared, strict=True) if count == max(shared)]
    return best[0] if best and all(other.statement.figures == best[0].statement.figures for other in best) else None


def _told(earlier: Sequence[Passage]) -> Iterator[_Told]:
    for passage in earlier:
        for sentence in passage.sentences:
            for statement in statements_in(sentence, _innermost(passage)):
                yield _Told(statement, sentence, passage)


def _is_same(ours: Statement, context: str, passage: Passage, other: _Told) -> bool:
    """Whether both speak of one thing: the same head, no word of the one unknown to the other, no other number."""
    theirs = other.statement
    if ours.years and theirs.years and not ours.years & theirs.years:
        return False  # a figure of another year is no other edition of this one
    if not ours.words or not theirs.words or ours.ordinals != theirs.ordinals:
        return False
    if not (_heads_meet(ours, theirs) and _headings_meet(passage, other)):
        return False
    known = nouns_in(other.context) | nouns_in(passage.title)  # the title says what the whole edition is about
    return ours.words <= known and theirs.words <= nouns_in(context) | nouns_in(other.passage.title)


def _heads_meet(ours: Statement, theirs: Statement) -> bool:
    if ours.is_row or theirs.is_row:
        return ours.head in theirs.words or theirs.head in ours.words or (ours.is_row and theirs.is_row)
    return ours.head == theirs.head


def _headings_meet(passage: Passage, other: _Told) -> bool:
    """Headings that share a word and bear no different numbers; a subject of several words speaks for itself."""
    mine, yours = _innermost(passage), _innermost(other.passage)
    if not mine or not yours:
        return True
    numbers, others = ordinals_in(mine), ordinals_in(yours)
    if numbers and others and numbers != others:
        return False
    return bool(nouns_in(mine) & nouns_in(yours)) or len(other.statement.words) > 1


def _innermost(passage: Passage) -> str:
    return passage.heading[-1] if passage.heading else ""


def _differing(ours: Figures, theirs: Figures) -> bool | None:
    """Whether each tells a figure, of a kind that both have, that the other does not; None without such a kind."""
    common = ours.keys() & theirs.keys()
    return any(ours[kind] - theirs[kind] and theirs[kind] - ours[kind] for kind in common) if common else None
