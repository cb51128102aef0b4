"""The knowledge as one object for the house: opened over a corpus, searched, refreshed, closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from consultation.municipality import MunicipalityCode
from knowledge.candidates import Gathering
from knowledge.corpus import ChangingCorpus
from knowledge.embedding.embedder import Embedder
from knowledge.embedding.opening import open_embedder
from knowledge.gate import Gate, read_gate
from knowledge.index import IndexState, KnowledgeIndex
from knowledge.judging import Judge
from knowledge.lock import DirectoryLock
from knowledge.mending import sound_client
from knowledge.retrieval import Retrieval, Search
from knowledge.settings import KnowledgeSettings
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser
from knowledge.vectors import VectorStore, server_client


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Search works from the start, by keywords; vectors join once `refresh` has run."""

    judge: Judge
    index: KnowledgeIndex
    finding: Search
    _store: "_Opening"

    @property
    def gate(self) -> Gate:
        return self.judge.gate

    def search(
        self, question: str, tenant: MunicipalityCode, on: date, k: int = 10, *, dense: bool = True
    ) -> Retrieval:
        """See Search; without `dense` by words alone."""
        return self.finding(question, tenant, on, k, dense=dense)

    def refresh(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        """Follow the corpus after an ingest; long on the first run, so call it beside the desk."""
        return self.index.refresh(progress)

    def rebuild(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        """Embed everything anew."""
        return self.index.rebuild(progress)

    def state(self) -> IndexState:
        return self.index.state()

    def close(self) -> None:
        """Let go of the store, so that another process may open it."""
        self._store.close()


def open_knowledge(
    directory: Path,
    corpus: ChangingCorpus,
    settings: KnowledgeSettings,
    embedder: Embedder | None = None,
    gate_file: Path | None = None,
) -> Knowledge:
    """The knowledge over `corpus`, its vectors in `directory`, gated by the file where there is one.

    Raises StoreBusy while another process holds the directory, BadInput where the file is no gate.
    """
    embedder = embedder or open_embedder(settings.embedding_model, settings.embedding_threads)
    analyser = Analyser(read_synonyms(settings.synonyms))
    gate = read_gate(embedder.name, gate_file, settings.gate_threshold)
    store = _Opening(directory, settings.chroma_url)
    index = KnowledgeIndex(corpus, analyser, embedder, store.open)
    search = Search(index, Gathering(corpus, embedder, settings.candidates), analyser, settings.dense_weight)
    return Knowledge(Judge(analyser, gate), index, search, store)


class _Opening:
    """The lock at once, Chroma with the first refresh: it wants the model's dimension."""

    def __init__(self, directory: Path, url: str | None) -> None:
        self._directory, self._url = directory, url
        self._lock = DirectoryLock(directory)
        self._opened: VectorStore | None = None

    def open(self, embedder: Embedder) -> VectorStore:
        client = server_client(self._url) if self._url else sound_client(self._directory, embedder.dimension)
        self._opened = VectorStore(client, embedder.name, embedder.dimension)
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.client.close()
        self._lock.release()
