"""Sources that disagree: how often the desk sees it when another document's figure is changed, and when none is.

Changed is what the materials tell twice: the quoted figure, wherever another document tells it in its own words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from answering.answerer import Answerer
from answering.conflicts import is_asked
from answering.figures import CLOCK, DAY, MONTH, figures_in, plain_figures
from answering.question import Question
from consultation.calendar import tokyo_date
from consultation.masking import mask
from consultation.municipality import MunicipalityCode
from consultation.outcome import Answer, Citation, Reason
from consultation.passage import DocumentId
from knowledge.judging import Judge
from knowledge.retrieval import Hit, Retrieval
from madoguchi.calibrating import Label
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House
from madoguchi.patience import PatientKnowledge
from records.corpus import LibraryCorpus

_CELLS = "／"  # between the cells of a row
SCALES = {"": 1, "千": 10**3, "万": 10**4, "億": 10**8}
LARGER = {"分": (("時間", 60),), "か月": (("年", 12),), "日": (("週間", 7),), "%": (("割", 10),)}
UNITS = {"人": "[人名]", "%": "(?:%|パーセント)", "団体": "(?:団体|自治体)"}


@dataclass(frozen=True, slots=True)
class Changing:
    """The knowledge, with figures changed in all documents but the quoted one."""

    knowledge: PatientKnowledge
    quoted: DocumentId
    figures: Sequence[tuple[str, str]]
    beside: list[str]
    """The sentences that were changed, as they stood."""

    @property
    def judge(self) -> Judge:
        return self.knowledge.judge

    def search(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        found = self.knowledge.search(question, tenant, on, k)
        return replace(found, hits=tuple(map(self._changed, found.hits)))

    def _changed(self, hit: Hit) -> Hit:
        passage = hit.passage
        if passage.document_id == self.quoted:
            return hit
        told = tuple(changed(sentence, self.figures) for sentence in passage.sentences)
        self.beside.extend(old for old, new in zip(passage.sentences, told, strict=True) if old != new)
        return replace(hit, passage=replace(passage, sentences=told, text="".join(told)))


@dataclass(frozen=True, slots=True)
class Result:
    """A question that is answered, or not for sources that disagree as they stand."""

    label: Label
    quote: str
    is_contested: bool
    """As the materials stand."""
    beside: tuple[str, ...] = ()
    """Sentences of other documents that tell the quoted figure."""
    is_seen: bool = False
    """That they disagree, when they tell another."""


def measure(house: House, labels: Sequence[Label]) -> Iterator[Result]:
    """Each question as the materials stand; an answered one again with other documents' figures changed."""
    today, corpus = tokyo_date(datetime.now(UTC)), LibraryCorpus(house.ledger)
    for label in labels:
        masked = mask(label.question)
        question = Question(masked.text, masked.kinds, DEMO_BODY.code, today)
        outcome = house.answerer.consider(question).outcome
        is_answer = isinstance(outcome, Answer) and outcome.reason is Reason.GROUNDED
        if not outcome.citations or not (is_answer or outcome.reason is Reason.CONFLICTING_SOURCES):
            continue
        lead = outcome.citations[0]
        if not is_answer:
            yield Result(label, lead.quote, is_contested=True)
            continue
        other = Changing(house.knowledge, lead.document_id, _asked(label.question, lead), [])
        reason = Answerer(other, corpus, corpus).consider(question).outcome.reason
        yield Result(label, lead.quote, False, tuple(dict.fromkeys(other.beside)), reason is Reason.CONFLICTING_SOURCES)


def changed(sentence: str, figures: Sequence[tuple[str, str]]) -> str:
    """The sentence with three times each of the figures (of a day, another day); a table's row stays one."""
    return _CELLS.join(_changed(cell, figures) for cell in sentence.split(_CELLS))


def _changed(words: str, figures: Sequence[tuple[str, str]]) -> str:
    plain = told = plain_figures(words)
    for kind, value in figures:
        if kind == DAY:
            month, _, day = value.partition("/")
            told = re.sub(rf"(?<!\d){month}月{day}日", f"{month}月{int(day) % 27 + 1}日", told)
        elif kind == MONTH:
            told = re.sub(rf"(?<!\d){value}月(?!間)", f"{int(value) % 12 + 1}月", told)
        elif kind != CLOCK:
            told = _threefold(told, kind, Decimal(value))
    return told if told != plain else words


def _threefold(told: str, kind: str, value: Decimal) -> str:
    for unit, of_kind in ((UNITS.get(kind, kind), 1), *LARGER.get(kind, ())):
        for scale, times in SCALES.items():
            number = value / times / of_kind
            written = rf"(?<![\d.]){re.escape(format(number.normalize(), 'f'))}(?={scale}\s*{unit})"
            told = re.sub(written, format((number * 3).normalize(), "f"), told)
    return told


def report(results: Sequence[Result]) -> str:
    """The counts, then what was not seen."""
    contested = [one for one in results if one.is_contested]
    beside = [one for one in results if one.beside]
    missed = [one for one in beside if not one.is_seen]
    return "\n".join(
        [
            f"as the materials stand: {len(results) - len(contested)} answered, {len(contested)} contested",
            *(f"  {one.label.id} {one.label.question}" for one in contested),
            f"with another figure beside the quoted one: {len(beside)} questions, {len(beside) - len(missed)} seen",
            *(line for one in missed for line in _missed(one)),
        ]
    )


def _missed(one: Result) -> Iterator[str]:
    yield f"  {one.label.id} {one.label.question}"
    yield f"      quoted: {one.quote}"
    yield from (f"      beside: {' '.join(sentence.split())[:160]}" for sentence in one.beside)


def _asked(question: str, lead: Citation) -> list[tuple[str, str]]:
    """The quoted figures that the question asks for, by kind and value."""
    told = figures_in(plain_figures(lead.quote))
    return [
        (kind, value)
        for kind, values in told.items()
        for value in sorted(values)
        if is_asked(question, {kind: frozenset({value})})
    ]
