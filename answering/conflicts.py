"""Sources that disagree: another document, in force beside the quoted one, tells other figures of the same thing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from answering.amounts import asks_for
from answering.brief import Quote
from answering.checking import Standing
from answering.figures import CLOCK, DAY, MONTH, Figures, figures_in, plain_figures, without_figures
from answering.places import places_in
from answering.quoting import quote_at
from answering.statements import cells_of, nouns_in, ordinals_in
from consultation.passage import MaterialKind, Passage
from consultation.programmes import Programmes
from consultation.sentences import sentences_of
from knowledge.retrieval import Hit
from knowledge.years import year_mentions

KNOWN = 0.7  # of one's content words that the other knows: from there on both tell of one thing (docs/decisions/0033)
FEWEST = 2  # content words: fewer tell of anything
ROUNDING = Decimal("0.05")  # of the larger figure: one and a half is no two
_DIGIT = re.compile(r"[0-9０-９]")
_SOURCE = re.compile(r"[(（][^()（）]*出典[^()（）]*[)）]")
_PARTICULARS = re.compile(r"\s*(?:番号|人口区分|年度|時点|出典|出典種別)\s*[:：]")
_WRITTEN = {DAY: "{}日", CLOCK: "{}分", "営業日": "{}日"}
_EXACT = frozenset({DAY, MONTH, CLOCK})
_NAMED = re.compile(
    r"\d+(?:回目|次|代|年目|年生|号|版)|第?[一二三四五六七八九十]+(?:回|次|期|部|号|章)(?:目)?|[前中後]期|[上下]半期"
)
# What sets two figures of one thing apart, where both say it: from when or until when, net or gross, as of when.
_SETTINGS = (
    re.compile(r"(?P<from>から|以降|以上)|(?P<until>まで|以内|以下|未満|締め?切)"),
    re.compile(r"(?P<net>税抜|税別)|(?P<gross>税込)"),
)
_MOMENT = re.compile(r"(\d{1,2}月(?:\d{1,2}日)?|[年月]末)(?:現在|時点|の時点)")
_BUT = re.compile(r"(?<=[たすいだん])が、|。")  # what follows is told of something else
_PREFECTURE = re.compile(r"[都道府県]$")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What would be quoted, and the sentence of another document that says otherwise."""

    ours: Standing
    theirs: Quote

    @property
    def is_settled(self) -> bool:
        """A person decided since: ours is an approved article that is not older than what says otherwise."""
        return _settles(self.ours.passage, self.theirs.passage)

    def is_out(self, passage: Passage) -> bool:
        """Whether a passage is told no more: an article settles it, and one figure is told, the other noted."""
        return self.is_settled and passage.id == self.theirs.passage.id


def conflict_in(
    question: str, standing: Sequence[Standing], hits: Iterable[Hit], programmes: Programmes
) -> Conflict | None:
    """The first one that matters to the question and is not settled; else one that is, which is worth a note.

    What a quoted article settles is seen from the article's side.
    """
    among, quoted = list(hits), {item.passage.document_id for item in standing}
    quotes = "\n".join(item.citation.quote for item in standing)
    found = [
        conflict
        for item in standing
        for conflict in _conflicts(_Asking(question, quotes, programmes), item, among)
        if conflict.theirs.passage.document_id not in quoted or not _settles(conflict.theirs.passage, item.passage)
    ]
    return next((one for one in found if not one.is_settled), next(iter(found), None))


def _settles(article: Passage, other: Passage) -> bool:
    if article.kind is not MaterialKind.ARTICLE or other.kind is MaterialKind.ARTICLE or article.as_of is None:
        return False
    return other.as_of is None or other.as_of <= article.as_of


@dataclass(frozen=True)
class _Asking:
    """What two tellings are held against each other for."""

    question: str
    quotes: str
    """All that would be told."""
    programmes: Programmes

    @cached_property
    def nouns(self) -> frozenset[str]:
        return nouns_in(self.question)


@dataclass(frozen=True)
class _Telling:
    """A clause of a sentence, or of a cell of a table's row (`sentence`), that tells figures."""

    words: str
    sentence: str
    passage: Passage

    @cached_property
    def figures(self) -> Figures:
        return figures_in(self._plain)

    @cached_property
    def ordinals(self) -> frozenset[str]:
        return ordinals_in(self._plain) | frozenset(_NAMED.findall(self._plain))

    @cached_property
    def years(self) -> frozenset[str]:
        """That it tells of: its own, else those over it."""
        over = (_SOURCE.sub("", self.sentence), "".join(self.passage.heading[-1:]), self.passage.title)
        return next(filter(None, map(_years, over)), frozenset[str]())

    @cached_property
    def moments(self) -> frozenset[str]:
        return frozenset(_MOMENT.findall(self._plain))

    @cached_property
    def settings(self) -> tuple[frozenset[str | None], ...]:
        return tuple(frozenset(match.lastgroup for match in one.finditer(self._plain)) for one in _SETTINGS)

    @property
    def is_clause(self) -> bool:
        """Whether its sentence tells of something else as well."""
        return _BUT.search(self.sentence.rstrip().rstrip("。")) is not None

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


def _conflicts(asking: _Asking, item: Standing, hits: Sequence[Hit]) -> Iterator[Conflict]:
    question, quoted = asking.question, item.passage
    told = [one for sentence in sentences_of(item.citation.quote) for one in _tellings(sentence, quoted)]
    mine = [one for one in told if is_asked(question, one.figures)]
    beside = list(_beside(quoted, hits)) if mine else []
    for ours in mine:
        same = [(quote, theirs) for quote, theirs in beside if _is_of_one_thing(asking, ours, theirs)]
        agreeing = {theirs.passage.document_id for _, theirs in same if _agree(ours.figures, theirs.figures)}
        for quote, theirs in same:  # what an agreeing document says elsewhere it says of something else
            if theirs.passage.document_id not in agreeing and _disagree(question, ours.figures, theirs.figures):
                yield Conflict(item, quote)


def _tellings(sentence: str, passage: Passage) -> Iterator[_Telling]:
    cells = cells_of(sentence)
    told = [cell for cell in cells if not _PARTICULARS.match(cell)] if cells else [sentence]
    for words in (clause for one in told for clause in _BUT.split(one)):
        if _DIGIT.search(words):
            yield _Telling(words, sentence, passage)


def _beside(quoted: Passage, hits: Iterable[Hit]) -> Iterator[tuple[Quote, _Telling]]:
    """What other documents tell, each with the sentence as it would be quoted."""
    for hit in hits:
        passage = hit.passage
        if passage.document_id != quoted.document_id:
            for at, sentence in enumerate(passage.sentences):
                yield from ((quote_at(passage, at, hit.score), one) for one in _tellings(sentence, passage))


def _is_of_one_thing(asking: _Asking, ours: _Telling, theirs: _Telling) -> bool:
    """Whether both tell of the same body's, programme's and year's same thing, and the question is about it."""
    asked, programmes = asking.nouns, asking.programmes
    if not ours.figures.keys() & theirs.figures.keys() or ours.bodies != theirs.bodies:
        return False
    if ours.ordinals != theirs.ordinals or not _may_meet(ours, theirs):
        return False
    if programmes.is_apart(programmes.told(ours.passage, ours.words), theirs.passage, theirs.words):
        return False
    if not asked & ours.around <= theirs.around | nouns_in(theirs.passage.title):
        return False
    return _tell_one(asking, ours, theirs)


def _tell_one(asking: _Asking, ours: _Telling, theirs: _Telling) -> bool:
    """Whether their words are of one thing."""
    asked = asking.nouns
    mine, other = asked & ours.nouns, asked & theirs.nouns
    if ours.is_clause or theirs.is_clause:  # of several: what the question names stands in the very one
        return bool(mine) and mine == other
    if len(mine & other) >= FEWEST and theirs.words.strip() in asking.quotes:
        return mine == other  # both would be told as the answer, whatever else they say
    is_about = (mine or other) and ours.nouns & theirs.nouns
    return bool(is_about) and (_is_part(asked, ours, theirs) or _is_part(asked, theirs, ours))


def _may_meet(ours: _Telling, theirs: _Telling) -> bool:
    """Whether nothing that both say of when and how sets them apart."""
    said = zip(
        (ours.years, ours.moments, *ours.settings), (theirs.years, theirs.moments, *theirs.settings), strict=True
    )
    return all(not mine or not other or mine & other for mine, other in said)


def _is_part(asked: frozenset[str], one: _Telling, other: _Telling) -> bool:
    """Whether the other tells what one tells: it knows most of its words, and all of those that are asked about."""
    known = one.nouns & other.around
    return len(one.nouns) >= FEWEST and len(known) >= KNOWN * len(one.nouns) and asked & one.nouns <= known


def _years(text: str) -> frozenset[str]:
    return frozenset(token for mention in year_mentions(text) for token in mention.tokens if token.startswith("y"))


def _agree(ours: Figures, theirs: Figures) -> bool:
    """Whether all figures of the kinds that both have are the same; false where they have none in common."""
    common = ours.keys() & theirs.keys()
    return bool(common) and not any(_are_others(kind, ours[kind], theirs[kind]) for kind in common)


def _disagree(question: str, ours: Figures, theirs: Figures) -> bool:
    """Whether figures of a kind that the question asks for are others."""
    others = {kind: ours[kind] for kind in ours.keys() & theirs.keys() if _are_others(kind, ours[kind], theirs[kind])}
    return is_asked(question, others)


def is_asked(question: str, figures: Figures) -> bool:
    """Whether one of the figures is of a kind that the question asks for; any is where it asks for none."""
    return any(
        asks_for(question, _WRITTEN.get(kind, "{}" + kind).format(value.replace("/", "月").replace(":", "時")))
        for kind, values in figures.items()
        for value in values
    )


def _are_others(kind: str, ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether values are others: none in common, or of as many (from … to …) one at the same place."""
    mine, other = sorted(map(_measure, ours)), sorted(map(_measure, theirs))
    is_same = Decimal.__eq__ if kind in _EXACT else _is_near
    found = [any(is_same(value, one) for one in other) for value in mine]
    if len(mine) != len(other):
        return not any(found)
    pairs = [is_same(*pair) for pair in zip(mine, other, strict=True)]
    return not all(pairs) and pairs == found


def _measure(value: str) -> Decimal:
    """A day in the order of the year, a time in that of the day."""
    first, mark, then = value.replace(":", "/").partition("/")
    return Decimal(f"{first}.{then:0>2}") if mark else Decimal(value)


def _is_near(one: Decimal, other: Decimal) -> bool:
    """Whether they are equal, or one is the other rounded (約50時間 and 49.2時間)."""
    is_close = abs(one - other) <= ROUNDING * max(one, other)
    return is_close and (one == other or _rounded(one, other) == other or _rounded(other, one) == one)


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """The value with as many digits as the other has."""
    return Decimal(f"{value:.{len(like.normalize().as_tuple().digits) - 1}e}")
