"""Labelled questions through the whole desk, and what came of them as a gate."""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
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
from knowledge.calibration import Example, calibrated
from knowledge.gate import GateFile
from knowledge.judging import Judge
from knowledge.retrieval import Retrieval
from madoguchi import wording
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House
from madoguchi.patience import PatientKnowledge
from records.corpus import LibraryCorpus

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
    dense: bool

    @property
    def judge(self) -> Judge:
        judge = self.knowledge.judge
        return replace(judge, gate=replace(judge.gate, threshold_set=0.0))

    def search(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        return self.knowledge.search(question, tenant, on, k, dense=self.dense)


def examples(house: House, labels: Sequence[Label], *, dense: bool) -> Iterator[tuple[Label, Example, str]]:
    """Of the questions that no rule decides, how the machine would have answered: the label, the evidence, the text."""
    corpus = LibraryCorpus(house.ledger)
    answerer, today = Answerer(Ungated(house.knowledge, dense), corpus, corpus), tokyo_date(datetime.now(UTC))
    for label in labels:
        asked = mask(label.question)  # as a question comes in
        finding = answerer.consider(Question(asked.text, asked.kinds, DEMO_BODY.code, today))
        if isinstance(finding.outcome, Answer) and finding.features and estimate_in(asked.text) is None:
            document = label.document or str(finding.outcome.citations[0].document_id)
            text = finding.outcome.text
            yield label, Example(document, finding.features, label.is_right(text)), text


def calibrate(house: House, labels: Sequence[Label], alpha: float, delta: float) -> GateFile:
    """The gate that these labels support."""
    house.knowledge.refresh()
    ways = [[example for _, example, _ in examples(house, labels, dense=dense)] for dense in (True, False)]
    dense, lexical = (calibrated(way, alpha, delta) for way in ways)
    state = house.knowledge.state()
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
