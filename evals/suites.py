"""A suite: passages, and questions with the passages that answer them; searched by the product's own pipeline.

A folder with `passages.jsonl` ({"id", "title", "text"}) and `questions.jsonl`
({"id", "question", "relevant", "answers"}).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from consultation.errors import BadInput
from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from consultation.sentences import sentences_of
from knowledge.embedding.embedder import Embedder
from knowledge.index import IndexState, KnowledgeIndex
from knowledge.lexical import Mask
from knowledge.opening import Knowledge, open_knowledge
from knowledge.retrieval import Retrieval
from knowledge.settings import KnowledgeSettings
from knowledge.snapshot import Snapshot
from knowledge.vectors import VectorStore

EVERYBODY = MunicipalityCode("119997")
TODAY = date(2026, 11, 1)  # suites do not age


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a suite; without relevant passages it cannot be answered from its corpus."""

    id: str
    question: str
    relevant: frozenset[PassageId]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Suite:
    name: str
    passages: tuple[Passage, ...]
    questions: tuple[Asked, ...]

    @cached_property
    def documents(self) -> Mapping[PassageId, str]:
        """The document of each passage: what bootstraps and folds keep together; itself where it has no title."""
        return {passage.id: str(passage.document_id) for passage in self.passages}

    def document(self, asked: Asked) -> str:
        """The document that a question is of; its own id where nothing answers it."""
        documents = self.documents
        return min((documents[passage] for passage in asked.relevant), default=asked.id)


def read_suite(folder: Path) -> Suite:
    """The suite of a folder. Raises BadInput, which names file, line and what is wrong."""
    passages = tuple(_passage(row, where) for row, where in _rows(folder / "passages.jsonl"))
    questions = tuple(_asked(row, where) for row, where in _rows(folder / "questions.jsonl"))
    known = {passage.id for passage in passages}
    if len(known) < len(passages) or len({asked.id for asked in questions}) < len(questions):
        raise BadInput(f"{folder}: an id stands twice")
    for asked in questions:
        if lost := asked.relevant - known:
            raise BadInput(f"{folder / 'questions.jsonl'}: {asked.id} names {min(lost)}, which is no passage")
    return Suite(folder.resolve().name, passages, questions)


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    if not path.is_file():
        raise BadInput(f"{path} is missing")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield json.loads(line), f"{path}, line {number}"
            except ValueError:
                raise BadInput(f"{path}, line {number}: no JSON") from None


def _passage(row: dict[str, Any], where: str) -> Passage:
    try:
        name, title, text = str(row["id"]), str(row["title"]), str(row["text"])
    except (KeyError, TypeError):
        raise BadInput(f"{where}: id, title or text is missing") from None
    return Passage(
        PassageId(name), DocumentId(title or name), 1, title, (), "", text, sentences_of(text), MaterialKind.WORKSHOP,
        None, "", None, None, None,
    )  # fmt: skip


def _asked(row: dict[str, Any], where: str) -> Asked:
    try:
        relevant = frozenset(PassageId(str(name)) for name in row["relevant"])
        return Asked(str(row["id"]), str(row["question"]), relevant, tuple(map(str, row.get("answers", ()))))
    except (KeyError, TypeError):
        raise BadInput(f"{where}: id, question or relevant is missing") from None


@dataclass(slots=True)
class SuiteCorpus:
    """The passages of a suite as the knowledge takes them; `hidden` ones nobody sees for now."""

    passages: Sequence[Passage]
    hidden: frozenset[PassageId] = frozenset()
    _by_id: dict[PassageId, Passage] = field(init=False)

    def __post_init__(self) -> None:
        self._by_id = {passage.id: passage for passage in self.passages}

    def live(self) -> Sequence[Passage]:
        return self.passages

    def coming(self) -> Self:
        return self

    def publish(self) -> bool:
        return True

    def held(self) -> Sequence[Passage]:
        return ()

    def visible(self, ids: Sequence[PassageId], _: MunicipalityCode, __: date) -> Mapping[PassageId, Passage]:
        return {name: self._by_id[name] for name in ids if name in self._by_id and name not in self.hidden}


@dataclass(frozen=True, slots=True)
class _Masked(Snapshot):
    """A snapshot without some rows: they shape no score, not even the background that others stand out from."""

    rows: tuple[int, ...] = ()

    def allowed(self, tenant: MunicipalityCode) -> Mask:
        mask = Snapshot.allowed(self, tenant)
        mask[list(self.rows)] = False
        return mask


@dataclass(frozen=True, slots=True)
class _MaskedIndex:
    whole: KnowledgeIndex
    snapshot: Snapshot

    @property
    def store(self) -> VectorStore | None:
        return self.whole.store

    @property
    def model(self) -> str:
        return self.whole.model


@dataclass(frozen=True, slots=True)
class Bench:
    """A suite behind the product's knowledge."""

    suite: Suite
    corpus: SuiteCorpus
    knowledge: Knowledge

    def search(self, question: str, k: int = 10, hidden: frozenset[PassageId] = frozenset()) -> Retrieval:
        """As the product searches; for this one question the hidden passages are not there."""
        snapshot = self.knowledge.index.snapshot
        if not hidden:
            return self.knowledge.finding(question, EVERYBODY, TODAY, k)
        rows = tuple(row for row, name in enumerate(snapshot.ids) if name in hidden)
        kept = {name: getattr(snapshot, name) for name in Snapshot.__slots__}
        masked = _MaskedIndex(self.knowledge.index, _Masked(**kept, rows=rows))
        self.corpus.hidden = hidden
        try:
            return replace(self.knowledge.finding, index=masked)(question, EVERYBODY, TODAY, k)
        finally:
            self.corpus.hidden = frozenset()


@contextmanager
def opened(
    suite: Suite, settings: KnowledgeSettings, indexes: Path, embedder: Embedder | None = None
) -> Iterator[Bench]:
    """The suite, embedded with the settings' model; vectors that were computed before are used again."""
    corpus = SuiteCorpus(suite.passages)
    knowledge = open_knowledge(indexes / suite.name, corpus, settings, embedder)
    try:
        knowledge.refresh(_told)
        yield Bench(suite, corpus, knowledge)
    finally:
        knowledge.close()


def _told(state: IndexState) -> None:
    if state.pending and state.pending % 320 == 0:
        print(f"embedding: {state.vectors} of {state.passages}", flush=True)
