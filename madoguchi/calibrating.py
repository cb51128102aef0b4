"""Labelled questions through the whole desk, what came of them and the log's verdicts, as a gate."""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import isclose
from pathlib import Path

from answering.answerer import Answerer
from answering.estimates import estimate_in
from answering.question import Question
from consultation.calendar import tokyo_date
from consultation.errors import BadInput
from consultation.folding import folded
from consultation.masking import mask
from consultation.municipality import MunicipalityCode
from consultation.outcome import Answer
from knowledge.calibration import Example, calibrated, rethresholded
from knowledge.features import by_vectors
from knowledge.gate import CLOSED, GateFile, Logistic
from knowledge.index import IndexState
from knowledge.judging import Judge
from knowledge.retrieval import Retrieval
from madoguchi import wording
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House
from madoguchi.patience import PatientKnowledge
from records.corpus import LibraryCorpus
from records.ledger import Session
from records.verdicts import JudgedRow, Verdicts

OUTCOMES = ("answer", "clarify", "handoff", "refuse")


@dataclass(frozen=True, slots=True)
class Label:
    """A question, what a good desk does with it, and one of the words that a right answer says; see evals/labels."""

    id: str
    question: str
    expected: str
    facts: str
    document: str

    def is_right(self, text: str) -> bool:
        """Whether an answer of this text is one: alternatives stand apart by `|`, what must stand together by `&`."""
        said = _plain(text)
        return self.expected == "answer" and any(
            all(_stands(_plain(fact), said) for fact in way.split(" & ")) for way in self.facts.split(" | ") if way
        )


def labels_in(paths: Sequence[Path]) -> list[Label]:
    """The labels of tab-separated files, or of those in folders. Raises BadInput, which names what is wrong."""
    files = [file for path in paths for file in (sorted(path.glob("*.tsv")) if path.is_dir() else [path])]
    labels = [label for file in files for label in _labels(file)]
    if len({label.id for label in labels}) < len(labels):
        raise BadInput(wording.LABEL_TWICE)
    return labels


def _labels(file: Path) -> Iterator[Label]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(wording.label_file(str(file), 0)) from None
    for number, row in enumerate(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
        cells = {name: (row.get(name) or "").strip() for name in Label.__slots__}
        if not cells["id"] or not cells["question"] or cells["expected"] not in OUTCOMES:
            raise BadInput(wording.label_file(str(file), number))
        yield Label(**cells)


@dataclass(frozen=True, slots=True)
class Ungated:
    """The knowledge behind a gate that lets everything through."""

    knowledge: PatientKnowledge
    judge: Judge
    dense: bool

    def search(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        return self.knowledge.search(question, tenant, on, k, dense=self.dense)


def examples(house: House, labels: Sequence[Label], *, dense: bool) -> Iterator[tuple[Label, Example, str]]:
    """Of the questions that no rule decides, how the machine would have answered: the label, the evidence, the text."""
    corpus, judge, today = LibraryCorpus(house.ledger), house.knowledge.judge, tokyo_date(datetime.now(UTC))
    open_judge = replace(judge, gate=replace(judge.gate, threshold_set=0.0, raised_to={}))
    answerer = Answerer(Ungated(house.knowledge, open_judge, dense), corpus, corpus)
    for label in labels:
        asked = mask(label.question)  # as a question comes in
        finding = answerer.consider(Question(asked.text, asked.kinds, DEMO_BODY.code, today))
        if isinstance(finding.outcome, Answer) and finding.features and estimate_in(asked.text) is None:
            document = label.document or str(finding.outcome.citations[0].document_id)
            text = finding.outcome.text
            yield label, Example(document, finding.features, label.is_right(text)), text


def calibrate(house: House, labels: Sequence[Label], alphas: Sequence[float], delta: float) -> list[GateFile]:
    """For each limit the gate that these labels and the log's verdicts support. Raises BadInput: there are neither.

    Labels measure the promise, and verdicts teach the weights with them. Without labels the weights stay as they are:
    verdicts tell of what those let through, and of nothing below (docs/decisions/0022).
    """
    house.knowledge.refresh()
    state, gate = house.knowledge.state(), house.knowledge.judge.gate
    rows = [row for row in house.ledger.read(_judged) if row.versions.get("model") == state.model]
    if labels:
        ways = [_by_labels(house, labels, rows, dense=dense) for dense in (True, False)]
    else:
        ways = [_by_verdicts(gate.logistic(dense=dense), rows, dense=dense) for dense in (True, False)]
        if not any(way.verdicts for way in ways):
            raise BadInput(wording.NOTHING_TO_CALIBRATE)
    return [_gate_file(state, [way.logistic(alpha, delta) for way in ways]) for alpha in alphas]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one way of searching; `weights` stay as they are where they are given."""

    labels: Sequence[Example]
    verdicts: Sequence[Example]
    weights: Logistic | None = None

    def logistic(self, alpha: float, delta: float) -> Logistic:
        """The best that keeps a promise on it, and how much it was measured on."""
        if self.weights is not None:
            found = rethresholded(self.weights, self.verdicts, alpha, delta)
        else:
            found = calibrated([*self.labels, *self.verdicts], alpha, delta)
        counts = {"labels": len(self.labels), "verdicts": len(self.verdicts)}
        return found.model_copy(update={"promise": found.promise.model_copy(update=counts)})


def _by_labels(house: House, labels: Sequence[Label], rows: Sequence[JudgedRow], *, dense: bool) -> Evidence:
    """Labels, and verdicts on answers of which the same is known."""
    known = [example for _, example, _ in examples(house, labels, dense=dense)]
    names = frozenset(known[0].features) if known else frozenset()
    return Evidence(known, [_taught(row, CLOSED) for row in rows if frozenset(row.features) == names and names])


def _by_verdicts(weights: Logistic, rows: Sequence[JudgedRow], *, dense: bool) -> Evidence:
    """Verdicts on what these weights let through, in whichever version of the gate: their confidence is the same."""
    theirs = [
        row for row in rows if by_vectors(row.features) == dense and weights.weights.keys() <= row.features.keys()
    ]
    same = [row for row in theirs if isclose(weights.confidence(row.features), row.confidence, abs_tol=1e-9)]
    return Evidence((), [_taught(row, row.threshold) for row in same], weights)


def _taught(row: JudgedRow, counts_from: float) -> Example:
    return Example(row.document, row.features, row.is_right, counts_from)


def _judged(session: Session) -> list[JudgedRow]:
    return Verdicts(session).judged()


def _gate_file(state: IndexState, ways: Sequence[Logistic]) -> GateFile:
    dense, lexical = ways
    name = hashlib.sha256(f"{dense.model_dump_json()}{lexical.model_dump_json()}".encode()).hexdigest()[:8]
    return GateFile(
        version=f"fitted-{name}", model=state.model, corpus=state.corpus_version, dense=dense, lexical=lexical
    )


def _plain(text: str) -> str:
    return "".join(folded(text).lower().split())


def _stands(fact: str, text: str) -> bool:
    """Whether the fact stands in the text; a figure only where no other digit goes on."""
    before = r"(?<![\d.,])" if fact[:1].isdigit() else ""
    after = r"(?!\d)" if fact[-1:].isdigit() else ""
    return re.search(before + re.escape(fact) + after, text) is not None
