"""The fixed polite frame around quotations that stand: conclusion, grounds, points to note, next step."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from answering import wording
from answering.brief import Quote
from answering.checking import Standing
from answering.deadlines import past_deadline
from answering.programmes import Told
from consultation.calendar import fiscal_year, shown_date, shown_in_full
from consultation.passage import MaterialKind, Passage

MOST_NOTES = 3
LONGEST = 900  # characters of a whole answer: what is read in Slack without unfolding
LONGEST_ORIGIN = 60

_FIGURE = re.compile(r"[0-9０-９]")
_BODY = re.compile(r"[一-龥々ぁ-んァ-ヴー]{1,8}[市区町村県府都](?:では|は|が|の)")
_RESULT = re.compile(r"削減|短縮|減[っりらる]|増[えやし]|向上|改善|効果|正答|時間|[%％割件円]")


@dataclass(frozen=True, slots=True)
class Framing:
    """What the frame has to know beside the quotations."""

    on: date
    is_keyword_only: bool = False
    related: Passage | None = None
    """The nearest passage of a document that is not quoted."""
    changed: tuple[str, Passage] | None = None
    """What the edition before the quoted one said."""
    settled: Quote | None = None
    """What a material says otherwise than the approved article that is quoted."""
    said: tuple[str, ...] = ()
    """Sentences of a language model, each with the marks of its sources; without any, the first quotation answers."""
    programmes: Told = ()
    """Which quotation is of which programme, where the reader cannot see it."""
    claimed: str = ""
    """A figure that the question takes for granted and no quotation holds."""
    is_computed: bool = False
    """`said` is a computation with the asker's own figures."""


def answer_text(standing: Sequence[Standing], framing: Framing) -> str:
    """The answer as its reader sees it: at most LONGEST characters, further quotations falling first."""
    for count in range(len(standing), 0, -1):
        text = _text(standing[:count], framing)
        if len(text) <= LONGEST or count == 1:
            return text
    raise ValueError("an answer needs a quotation")


def fitting(standing: Sequence[Standing], framing: Framing) -> tuple[Standing, ...]:
    """The quotations that `answer_text` shows."""
    counts = (count for count in range(len(standing), 0, -1) if len(_text(standing[:count], framing)) <= LONGEST)
    return tuple(standing[: next(counts, 1)])


def sources_text(standing: Sequence[Standing]) -> str:
    """Where an earlier answer stands, each with its words."""
    return "\n".join([wording.SOURCES_LEAD, *_listed(standing), wording.SOURCES_NEXT])


def reference_text(near: Sequence[Standing], lead: str = wording.REFERENCE_LEAD) -> str:
    """What stands near a question that is handed over, or about which it is asked; the lead says it is not certain."""
    return "\n".join([wording.REFERENCE, lead, *_listed(near)])


def draft_text(standing: Sequence[Standing], *, is_contested: bool = False) -> str:
    """What a consultant starts from; `is_contested`: the quotations say different things."""
    if not standing:
        return f"{wording.DRAFT_LEAD}\n\n{wording.DRAFT_NOTHING}"
    found = wording.DRAFT_CONTESTED if is_contested else wording.DRAFT_FOUND
    return "\n".join([wording.DRAFT_LEAD, "", found, *_listed(standing)])


def _listed(standing: Sequence[Standing]) -> list[str]:
    return [f"{_source(number, item)}\n{_quoted(item)}" for number, item in enumerate(standing, start=1)]


def _text(standing: Sequence[Standing], framing: Framing) -> str:
    notes = list(_notes(standing, framing))[:MOST_NOTES]
    said = "\n".join(framing.said)
    parts = [
        _lead(framing),
        f"{wording.CONCLUSION}\n{said or f'「{_tidy(standing[0].citation.quote)}」[1]'}",
        "\n".join([wording.GROUNDS, *_grounds(standing, 0 if said else 1)]),
        "\n".join([wording.NOTES, *(f"・{note}" for note in notes)]) if notes else "",
        "\n".join([wording.NEXT, *(f"・{step}" for step in _next_steps(framing))]),
    ]
    return "\n".join(part for part in parts if part)


def _lead(framing: Framing) -> str:
    if framing.is_computed:
        return wording.LEAD_COMPUTED
    lead = wording.LEAD_WRITTEN if framing.said else wording.LEAD
    return wording.LEAD_CLAIMED.format(claimed=framing.claimed) + lead if framing.claimed else lead


def _grounds(standing: Sequence[Standing], concluded: int) -> Iterator[str]:
    """Each source once in full; the words of the first, where they are the conclusion, are not repeated."""
    for number, item in enumerate(standing, start=1):
        before = [other.passage.id for other in standing[: number - 1]]
        same = before.index(item.passage.id) + 1 if item.passage.id in before else None
        source = _source(number, item) if same is None else wording.SAME_SOURCE.format(number=number, same=same)
        yield source if number <= concluded else f"{source}\n{_quoted(item)}"


def _source(number: int, item: Standing) -> str:
    passage = item.passage
    source = wording.SOURCE.format(number=number, document=passage.title, locator=f"（{passage.locator}）")
    day = wording.AS_OF.format(day=shown_in_full(passage.as_of)) if passage.as_of else wording.NO_DATE
    origin = f"／{wording.ORIGIN.format(origin=_cut(passage.source))}" if passage.source.strip() else ""
    return f"{source}　{day}{origin}"


def _quoted(item: Standing) -> str:
    return wording.MORE.format(quote=_tidy(item.citation.quote))


def _tidy(quote: str) -> str:
    """A quotation on one line; the citation keeps the words exactly."""
    return " ".join(quote.split())


def _cut(origin: str) -> str:
    return origin if len(origin) <= LONGEST_ORIGIN else f"{origin[: LONGEST_ORIGIN - 1]}…"


def _notes(standing: Sequence[Standing], framing: Framing) -> Iterator[str]:
    passages = [item.passage for item in standing]
    if framing.is_computed:
        yield wording.NOTE_COMPUTED
    if framing.changed is not None:
        yield _change(*framing.changed)
    if framing.settled is not None:
        yield _settled(framing.settled)
    over = [day for item in standing if (day := past_deadline(item.citation.quote, framing.on)) is not None]
    if over:
        yield wording.NOTE_PAST.format(day=shown_date(max(over)))
    yield from _programmes([told for told in framing.programmes if told[0] <= len(standing)], len(standing))
    if any(_is_others_result(item) for item in standing):
        yield wording.NOTE_OTHERS
        if len({passage.document_id for passage in passages}) == 1:
            yield wording.NOTE_SINGLE
    ends = [passage.valid_until for passage in passages if passage.valid_until is not None]
    if ends:
        yield wording.NOTE_ENDS.format(day=shown_date(min(ends)))
    old = [
        passage.as_of for passage in passages if passage.as_of and fiscal_year(passage.as_of) < fiscal_year(framing.on)
    ]
    if old:
        yield wording.NOTE_OLD.format(day=shown_date(min(old)))
    if any(passage.as_of is None for passage in passages):
        yield wording.NOTE_NO_DATE
    if framing.is_keyword_only:
        yield wording.NOTE_KEYWORDS


def _programmes(told: Sequence[tuple[int, str]], shown: int) -> Iterator[str]:
    names = {name for _, name in told}
    if len(names) == 1 and len(told) == shown:
        yield wording.NOTE_PROGRAMME.format(programme=told[0][1])
    elif told:
        each = [wording.EACH_PROGRAMME.format(number=number, programme=name) for number, name in told]
        yield wording.NOTE_PROGRAMMES.format(programmes="、".join(each))


def _change(quote: str, passage: Passage) -> str:
    return wording.NOTE_CHANGED.format(
        document=passage.title, locator=passage.locator, day=_day(passage), quote=_tidy(quote)
    )


def _settled(other: Quote) -> str:
    passage = other.passage
    return wording.NOTE_SETTLED.format(
        document=passage.title, locator=passage.locator, day=_day(passage), quote=_tidy(other.text)
    )


def _day(passage: Passage) -> str:
    return shown_date(passage.as_of) + "時点" if passage.as_of else wording.NO_DATE


def _is_others_result(item: Standing) -> bool:
    """Figures of a body: in a best practice, or where a body's result is told."""
    quote = item.citation.quote
    if not _FIGURE.search(quote):
        return False
    is_told = _BODY.search(quote) is not None and _RESULT.search(quote) is not None
    return item.passage.kind is MaterialKind.BEST_PRACTICE or is_told


def _next_steps(framing: Framing) -> Iterator[str]:
    yield wording.NEXT_READ
    if framing.related is not None:
        yield wording.NEXT_RELATED.format(document=framing.related.title, locator=framing.related.locator)
    yield wording.NEXT_PERSON
