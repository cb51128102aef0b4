"""Passages, corpora and a small embedder for the tests of knowledge."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import numpy as np

from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from knowledge.embedding.embedder import Vectors

TSUKUBA, SAPPORO = MunicipalityCode("082201"), MunicipalityCode("011002")
TODAY = date(2026, 11, 22)


def passage(
    name: str,
    text: str,
    *,
    title: str = "研修資料",
    heading: tuple[str, ...] = (),
    visible_to: frozenset[MunicipalityCode] | None = None,
    valid_until: date | None = None,
) -> Passage:
    """A passage whose sentences end at each 「。」."""
    sentences = tuple(part + "。" for part in text.split("。") if part)
    return Passage(
        id=PassageId(name),
        document_id=DocumentId(f"document-of-{name}"),
        document_version=1,
        title=title,
        heading=heading,
        locator="1ページ",
        text=text,
        sentences=sentences,
        kind=MaterialKind.WORKSHOP,
        as_of=date(2026, 4, 1),
        source="架空",
        valid_from=None,
        valid_until=valid_until,
        visible_to=visible_to,
    )


@dataclass
class ListCorpus:
    """A corpus in a list, with the filter that records' corpus has."""

    passages: list[Passage] = field(default_factory=list)

    def live(self) -> Sequence[Passage]:
        return tuple(self.passages)

    def coming(self) -> Self:
        return self

    def publish(self) -> bool:
        return True

    def held(self) -> Sequence[Passage]:
        return ()

    def visible(self, ids: Sequence[PassageId], tenant: MunicipalityCode, on: date) -> Mapping[PassageId, Passage]:
        wanted = set(ids)
        return {item.id: item for item in self.passages if item.id in wanted and _may_see(item, tenant, on)}


def _may_see(item: Passage, tenant: MunicipalityCode, on: date) -> bool:
    begun = item.valid_from is None or item.valid_from <= on
    standing = item.valid_until is None or on <= item.valid_until
    return begun and standing and (item.visible_to is None or tenant in item.visible_to)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class BigramEmbedder:
    """Character bigrams hashed into a vector: quick, deterministic, and near for texts that share words."""

    name: str = "bigrams"
    dimension: int = 256
    embedded: list[str] = field(default_factory=list)
    fails_after: int | None = None
    """Texts after which embedding breaks off, as a killed process does."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        if self.fails_after is not None and len(self.embedded) + len(texts) > self.fails_after:
            raise Killed
        self.embedded.extend(texts)
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 1e-6, np.float32)
        for row, text in enumerate(texts):
            for start in range(len(text) - 1):
                vectors[row, zlib.crc32(text[start : start + 2].encode()) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


NURSERY = passage(
    "nursery",
    "さいたま市の2017年の実証では、保育所の入所選考が約50時間から数秒になりました。職員は約30人でした。",
)
MINUTES = passage(
    "minutes",
    "弘前市では、AIによる議事録作成の時間が3時間から1.5時間になりました。録音の質が大切です。",
)
COST = passage(
    "cost",
    "費用対効果は、削減時間に人件費単価を掛けて求めます。利用料と比べます。",
    heading=("試算の方法",),
)
NETWORK = passage("network", "LGWAN接続系では、αモデルの端末からクラウドを使うための措置が必要です。")
RPA = passage("rpa", "つくば市の2018年度のRPAの研究では、市民税課の5業務で79.2%の時間を削減しました。")
FIVE = (NURSERY, MINUTES, COST, NETWORK, RPA)
