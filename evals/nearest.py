"""What a hand-over for low confidence would show as a reference, by how sure the gate was: the floor stands on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from answering.answerer import Answerer
from answering.nearest import FLOOR
from answering.question import Question
from consultation.calendar import tokyo_date
from consultation.masking import mask
from consultation.municipality import MunicipalityCode
from consultation.outcome import Reason
from evals.consult import questions_in
from knowledge.judging import Judge, Judgement, Quoted
from knowledge.retrieval import Retrieval
from madoguchi.calibrating import Label, labels_in
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House
from madoguchi.patience import PatientKnowledge
from records.corpus import LibraryCorpus

FLOORS = (0.0, 0.05, 0.1, 0.2, 0.3)


@dataclass(frozen=True, slots=True)
class Lifting(Judge):
    """Says no less than the floor; `said` keeps what it would have said."""

    said: list[float]

    def __call__(self, question: str, found: Retrieval, quotes: Sequence[Quoted]) -> Judgement:
        judged = Judge.__call__(self, question, found, quotes)
        self.said.append(judged.confidence)
        return replace(judged, confidence=max(judged.confidence, FLOOR))


@dataclass(frozen=True, slots=True)
class Floorless:
    """The knowledge, with whatever is nearest near enough."""

    knowledge: PatientKnowledge
    said: list[float]

    @property
    def judge(self) -> Judge:
        judge = self.knowledge.judge
        return Lifting(judge.analyser, judge.gate, self.said)

    def search(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        return self.knowledge.search(question, tenant, on, k)


@dataclass(frozen=True, slots=True)
class Shown:
    """A question handed over for low confidence, and whether its fact stands in what its asker would read."""

    label: Label
    confidence: float
    holds: bool


def asked_in(path: Path) -> list[Label]:
    """The questions of a file of labels, or of a curated one, whose note is the fact."""
    notes = {question.id: question.note for question in questions_in(path)}
    return [replace(label, facts=label.facts or notes[label.id]) for label in labels_in([path])]


def shown(house: House, labels: Sequence[Label]) -> Iterator[Shown]:
    """Those of the questions that are handed over for low confidence."""
    corpus, said = LibraryCorpus(house.ledger), list[float]()
    answerer = Answerer(Floorless(house.knowledge, said), corpus, corpus)
    today = tokyo_date(datetime.now(UTC))
    for label in labels:
        masked = mask(label.question)
        outcome = answerer.consider(Question(masked.text, masked.kinds, DEMO_BODY.code, today)).outcome
        if outcome.reason is Reason.LOW_CONFIDENCE:
            holds = any(label.is_right(cited.quote) for cited in outcome.citations if cited.is_reference)
            yield Shown(label, said[-1], holds)


def report(results: Sequence[Shown]) -> str:
    """A line per floor: the questions from there on, those with a fact, those that would be shown it."""
    return "\n".join(["floor   questions   with a fact   fact shown   without", *(_line(results, at) for at in FLOORS)])


def _line(results: Sequence[Shown], floor: float) -> str:
    above = [one for one in results if one.confidence >= floor]
    with_fact = [one for one in above if one.label.expected == "answer"]
    holding = sum(one.holds for one in with_fact)
    return f"{floor:5.2f}{len(above):12}{len(with_fact):14}{holding:13}{len(above) - len(with_fact):10}"
