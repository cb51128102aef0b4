"""Sources that disagree: another document, in force beside the quoted one, tells other figures of the same thing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from answering.amounts import asks_for
from answering.brief import Quote
from answering.checking import Standing
from answering.places import places_in
from answering.quoting import quote_at
from answering.statements import (
    DAY,
    MONTH,
    Figures,
    figures_in,
    lone_years,
    nouns_in,
    ordinals_in,
    plain_figures,
    without_figures,
)
from consultation.passage import MaterialKind, Passage
from consultation.programmes import Programmes
from consultation.sentences import sentences_of
from knowledge.retrieval import Hit

KNOWN = 0.7  # of one's content words that the other knows: from there on both tell of one thing (docs/decisions/0033)
FEWEST = 2  # content words: fewer tell of anything
ROUNDING = Decimal("0.05")  # of the larger figure: one and a half is no two
_CELLS = "／"
_DIGIT = re.compile(r"[0-9０-９]")
_SOURCE = re.compile(r"[(（][^()（）]*出典[^()（）]*[)）]")
_PARTICULARS = re.compile(r"\s*(?:番号|人口区分|年度|時点|出典|出典種別)\s*[:：]")
_NAME = re.compile(r"[a-zァ-ヴー]+")  # AI-OCR, チャットボット: what is told in kanji has more words than one
_PREFECTURE = re.compile(r"[都道府県]$")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What would be quoted, and the sentence of another document that says otherwise."""

    ours: Standing
    theirs: Quote

    @property
    def is_settled(self) -> bool:
        """A person decided since: ours is an approved article that is not older than what says otherwise."""
        mine, other = self.ours.passage, self.theirs.passage
        if mine.kind is not MaterialKind.ARTICLE or other.kind is MaterialKind.ARTICLE or mine.as_of is None:
            return False
        return other.as_of is None or other.as_of <= mine.as_of


def conflict_in(
    question: str, standing: Sequence[Standing], hits: Iterable[Hit], programmes: Programmes
) -> Conflict | None:
    """The first one that matters to the question and is not settled; else one that is, which is worth a note."""
    among = list(hits)
    found = [conflict for item in standing for conflict in _conflicts(question, item, among, programmes)]
    return next((one for one in found if not one.is_settled), next(iter(found), None))


@dataclass(frozen=True)
class _Telling:
    """A sentence, or a cell of a table's row (`sentence`), that tells figures."""

    words: str
    sentence: str
    passage: Passage

    @cached_property
    def figures(self) -> Figures:
        return figures_in(self._plain)

    @cached_property
    def ordinals(self) -> frozenset[str]:
        return ordinals_in(self._plain)

    @cached_property
    def years(self) -> frozenset[str]:
        return lone_years(plain_figures(self.sentence))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """What it tells of."""
        return nouns_in(without_figures(self._plain))

    @cached_property
    def around(self) -> frozenset[str]:
        """The same, with the row and the heading over it. The title tells of much that the sentence does not."""
        heading = "".join(self.passage.heading[-1:])
        return self.nouns | nouns_in(without_figures(plain_figures(f"{self.sentence} {heading}")))

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Whose figures they are: named beside them, else over them; a prefecture only where it stands alone."""
        named = next(filter(None, map(places_in, (self.words, self.sentence, self.passage.context))), frozenset[str]())
        return frozenset(name for name in named if not _PREFECTURE.search(name)) or named

    @property
    def _plain(self) -> str:
        return plain_figures(_SOURCE.sub("", self.words))


def _conflicts(question: str, item: Standing, hits: Sequence[Hit], programmes: Programmes) -> Iterator[Conflict]:
    asked, quoted = nouns_in(question), item.passage
    told = [one for sentence in sentences_of(item.citation.quote) for one in _tellings(sentence, quoted)]
    mine = [one for one in told if _is_asked(question, one.figures)]
    beside = list(_beside(quoted, hits)) if mine else []
    for ours in mine:
        same = [(quote, theirs) for quote, theirs in beside if _is_of_one_thing(asked, programmes, ours, theirs)]
        agreeing = {theirs.passage.document_id for _, theirs in same if _agree(ours.figures, theirs.figures)}
        for quote, theirs in same:  # what an agreeing document says elsewhere it says of something else
            if theirs.passage.document_id not in agreeing and _disagree(question, ours.figures, theirs.figures):
                yield Conflict(item, quote)


def _tellings(sentence: str, passage: Passage) -> Iterator[_Telling]:
    cells = sentence.split(_CELLS)
    is_row = len(cells) > 1 and any("：" in cell or ":" in cell for cell in cells)
    for words in cells if is_row else [sentence]:
        if _DIGIT.search(words) and not (is_row and _PARTICULARS.match(words)):
            yield _Telling(words, sentence, passage)


def _beside(quoted: Passage, hits: Iterable[Hit]) -> Iterator[tuple[Quote, _Telling]]:
    """What other documents tell, each with the sentence as it would be quoted."""
    for hit in hits:
        passage = hit.passage
        if passage.document_id != quoted.document_id:
            for at, sentence in enumerate(passage.sentences):
                yield from ((quote_at(passage, at, hit.score), one) for one in _tellings(sentence, passage))


def _is_of_one_thing(asked: frozenset[str], programmes: Programmes, ours: _Telling, theirs: _Telling) -> bool:
    """Whether both tell of the same body's, programme's and year's same thing, and the question is about it."""
    if not ours.figures.keys() & theirs.figures.keys() or ours.bodies != theirs.bodies:
        return False
    if ours.ordinals != theirs.ordinals or (ours.years and theirs.years and not ours.years & theirs.years):
        return False
    if programmes.is_apart(programmes.told(ours.passage, ours.words), theirs.passage, theirs.words):
        return False
    if not asked & (ours.nouns | theirs.nouns) or not ours.nouns & theirs.nouns:
        return False
    names = {word for word in asked & ours.nouns if _NAME.fullmatch(word)}
    if not names <= theirs.around | nouns_in(theirs.passage.title):
        return False
    return _is_part(asked, ours, theirs) or _is_part(asked, theirs, ours)


def _is_part(asked: frozenset[str], one: _Telling, other: _Telling) -> bool:
    """Whether the other tells what one tells: it knows most of its words, and all of those that are asked about."""
    known = one.nouns & other.around
    return len(one.nouns) >= FEWEST and len(known) >= KNOWN * len(one.nouns) and asked & one.nouns <= known


def _agree(ours: Figures, theirs: Figures) -> bool:
    """Whether all figures of the kinds that both have are the same; false where they have none in common."""
    common = ours.keys() & theirs.keys()
    return bool(common) and not any(_are_others(kind, ours[kind], theirs[kind]) for kind in common)


def _disagree(question: str, ours: Figures, theirs: Figures) -> bool:
    """Whether figures of a kind that the question asks for are others."""
    others = {kind: ours[kind] for kind in ours.keys() & theirs.keys() if _are_others(kind, ours[kind], theirs[kind])}
    return _is_asked(question, others)


def _is_asked(question: str, figures: Figures) -> bool:
    """Whether one of the figures is of a kind that the question asks for; any is where it asks for none."""
    return any(
        asks_for(question, f"{value.replace('/', '月')}日" if kind == DAY else f"{value}{kind}")
        for kind, values in figures.items()
        for value in values
    )


def _are_others(kind: str, ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether values are others: none in common, or of as many (from … to …) one at the same place."""
    mine, other = sorted(map(_measure, ours)), sorted(map(_measure, theirs))
    is_same = _is_near if kind not in (DAY, MONTH) else Decimal.__eq__
    found = [any(is_same(value, one) for one in other) for value in mine]
    if len(mine) != len(other):
        return not any(found)
    pairs = [is_same(*pair) for pair in zip(mine, other, strict=True)]
    return not all(pairs) and pairs == found


def _measure(value: str) -> Decimal:
    """A day in the order of the year."""
    month, slash, day = value.partition("/")
    return Decimal(f"{month}.{day:0>2}") if slash else Decimal(value)


def _is_near(one: Decimal, other: Decimal) -> bool:
    """Whether they are equal, or one is the other rounded (約50時間 and 49.2時間)."""
    is_close = abs(one - other) <= ROUNDING * max(one, other)
    return is_close and (one == other or _rounded(one, other) == other or _rounded(other, one) == one)


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """The value with as many digits as the other has."""
    return Decimal(f"{value:.{len(like.normalize().as_tuple().digits) - 1}e}")
