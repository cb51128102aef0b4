"""How long a question takes and what the index costs, at a size; and indexing beside the plain way, in one run.

At a size the passages are drawn from the starter corpus, and their vectors are drawn, not computed: only time and
memory are measured there.
"""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from answering.brief import Brief
from answering.quoting import quote
from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from consultation.sentences import sentences_of
from evals.suites import EVERYBODY, TODAY, SuiteCorpus
from ingest.chunking import chunks_from
from ingest.readers import read
from knowledge.embedding.embedder import Vectors
from knowledge.embedding.nano import NanoEmbedder
from knowledge.judging import Quoted
from knowledge.opening import Knowledge, open_knowledge
from knowledge.settings import KnowledgeSettings
from knowledge.snapshot import embedded_texts
from knowledge.tokens import morphemes
from madoguchi.settings import read_settings

SENTENCES = 3  # of a drawn passage, as in JSQuAD
CLUSTERS = 2_000
WARM_UP = 20
QUESTIONS = Path("evals/topic-questions.tsv")


@dataclass(frozen=True, slots=True)
class Indexing:
    """How fast materials are embedded, in passages a second."""

    passages: int
    sentences: int
    plain: float
    ours: float
    cosine: float
    """Of the vectors of both, on the average."""

    def __str__(self) -> str:
        return (
            f"indexing {self.passages} passages, {self.sentences} sentences: plain fp32 {self.plain:.1f}, "
            f"ours {self.ours:.1f} passages/s: {self.ours / self.plain:.2f} times; mean cosine {self.cosine:.4f}"
        )


@dataclass(frozen=True, slots=True)
class AtSize:
    """A question to its sources, confidence and quotations, and what the index costs."""

    passages: int
    p50_ms: float
    p95_ms: float
    memory_mb: float
    """Above models and imports."""
    took_s: float
    opened_s: float

    def __str__(self) -> str:
        return (
            f"{self.passages} passages: question to sources, confidence and quotations p50 {self.p50_ms:.0f} ms, "
            f"p95 {self.p95_ms:.0f} ms; {self.memory_mb:.0f} MB above models and imports; "
            f"put in in {self.took_s:.0f} s, opened again in {self.opened_s:.0f} s"
        )


Measured = Indexing | AtSize


def measure(folder: Path, sizes: Sequence[int], sample: int) -> Iterator[Measured]:
    """The indexing, then each size."""
    chunks = [chunk for path in sorted(folder.rglob("*")) if path.is_file() for chunk in chunks_from(read(path))]
    passages = [_passage(f"p{at}", " ".join(one.heading), one.sentences) for at, one in enumerate(chunks)]
    yield _indexing(passages[:: max(1, len(passages) // sample)][:sample])
    for size in sizes:
        yield _at_size(passages, size)


def _indexing(passages: Sequence[Passage]) -> Indexing:
    from evals.plain import PlainEmbedder

    threads = _settings().embedding_threads
    plain, ours = PlainEmbedder(threads), NanoEmbedder(threads)
    texts = [text for passage in passages for text in embedded_texts(passage)]
    whole = [f"{passage.context}\n{passage.text}" for passage in passages]
    for embedder in (plain, ours):
        embedder.passages(texts[:8])  # loaded, warmed up
    plain_s = _took(lambda: (plain.passages(whole), plain.passages(texts)))
    ours_s = _took(lambda: ours.passages(texts))
    alike = float((plain.passages(texts[:64]) * ours.passages(texts[:64])).sum(axis=1).mean())
    return Indexing(len(passages), len(texts), len(passages) / plain_s, len(passages) / ours_s, alike)


def _at_size(passages: Sequence[Passage], size: int) -> AtSize:
    drawn = list(_drawn(passages, size))
    drawing = _Drawing()
    drawing.queries(["温める"])
    list(morphemes("温める"))
    before = _resident_mb()
    with TemporaryDirectory(prefix="speed-") as home:
        knowledge = open_knowledge(Path(home), SuiteCorpus(drawn), _settings(), drawing)
        took_s = _took(knowledge.refresh)
        knowledge.close()
        knowledge = open_knowledge(Path(home), SuiteCorpus(drawn), _settings(), drawing)
        opened_s = _took(knowledge.refresh)
        with QUESTIONS.open(encoding="utf-8", newline="") as rows:
            questions = [row["question"] for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)]
        times = [_took(partial(_ask, knowledge, asked)) for asked in questions[:WARM_UP] + questions][WARM_UP:]
        p50, p95 = np.quantile(times, (0.5, 0.95)) * 1_000
        costs = AtSize(size, float(p50), float(p95), _resident_mb() - before, took_s, opened_s)
        knowledge.close()
    return costs


def _ask(knowledge: Knowledge, question: str) -> None:
    found = knowledge.search(question, EVERYBODY, TODAY)
    quotes = quote(Brief(question, found.hits, TODAY)).quotes
    knowledge.judge(question, found, [Quoted(one.passage.context, one.text) for one in quotes])


class _Drawing:
    """Questions as the packaged model reads them; the vectors of passages are drawn around some centres."""

    def __init__(self) -> None:
        self._model = NanoEmbedder(_settings().embedding_threads)
        self._draw = np.random.default_rng(1)
        self._centres = self._draw.normal(size=(CLUSTERS, self.dimension)).astype(np.float32)
        self.name = self._model.name

    @property
    def dimension(self) -> int:
        return self._model.dimension

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._model.queries(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        around = self._centres[self._draw.integers(0, CLUSTERS, len(texts))]
        rows = around + self._draw.normal(size=around.shape).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _drawn(passages: Sequence[Passage], size: int) -> Iterator[Passage]:
    draw = np.random.default_rng(size)
    pool = [sentence for passage in passages for sentence in passage.sentences if 15 <= len(sentence) <= 120]
    for number in range(size):
        sentences = [pool[at] for at in draw.integers(0, len(pool), SENTENCES)]
        over = passages[int(draw.integers(0, len(passages)))].title
        yield _passage(f"d{number}", f"{over}（{number}番）", sentences)


def _passage(name: str, title: str, sentences: Sequence[str]) -> Passage:
    text = "".join(sentences)
    return Passage(
        PassageId(name), DocumentId(f"document-{name}"), 1, title, (), "", text, tuple(sentences) or sentences_of(text),
        MaterialKind.WORKSHOP, None, "", None, None, None,
    )  # fmt: skip


def _settings() -> KnowledgeSettings:
    return read_settings().knowledge


def _took(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4_096 / 1_000_000
