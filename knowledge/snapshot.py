"""The corpus as one search sees it: immutable, so that searches go on over the old one while a new one is made."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consultation.municipality import MunicipalityCode
from consultation.passage import Passage, PassageId
from consultation.programmes import Programmes
from knowledge.embedding.embedder import Text
from knowledge.lexical import LexicalIndex, Mask
from knowledge.tokens import Analyser
from knowledge.vectors import SHARED, Key, Scope


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Rows of the corpus, in one order for every column; texts are not kept."""

    version: str
    ids: tuple[PassageId, ...]
    keys: tuple[Key, ...]
    row_of: Mapping[Key, int]
    scopes: tuple[frozenset[Scope], ...]
    programmes: Mapping[str, frozenset[Scope]]
    """The catalogue's cells, and for whom a document with them stands here."""
    lexical: LexicalIndex

    def allowed(self, tenant: MunicipalityCode) -> Mask:
        """The rows worth ranking for the tenant, (n,). Only saves work: what may be seen, Corpus.visible decides."""
        mine = {SHARED, Scope(tenant)}
        return np.fromiter((not mine.isdisjoint(scopes) for scopes in self.scopes), np.bool_, len(self.scopes))

    def scopes_for(self, tenant: MunicipalityCode) -> tuple[Scope, ...]:
        """The scopes with something for the tenant, shared first."""
        standing = frozenset[Scope]().union(*self.scopes)
        return tuple(scope for scope in (SHARED, Scope(tenant)) if scope in standing)

    def programmes_for(self, tenant: MunicipalityCode) -> Programmes:
        """The programmes of what the tenant may see."""
        mine = {SHARED, Scope(tenant)}
        return Programmes.of(cell for cell, scopes in self.programmes.items() if not mine.isdisjoint(scopes))


def snapshot_of(passages: Sequence[Passage], analyser: Analyser) -> Snapshot:
    """The passages with their keyword index, about a second per thousand."""
    keys = tuple(map(key_of, passages))
    scopes = tuple(map(_scopes, passages))
    return Snapshot(
        version=version_of(passages),
        ids=tuple(passage.id for passage in passages),
        keys=keys,
        row_of={key: row for row, key in enumerate(keys)},
        scopes=scopes,
        programmes=_programmes(passages),
        lexical=LexicalIndex([analyser.terms(embedded_text(passage).whole) for passage in passages]),
    )


def by_scope(passages: Iterable[Passage]) -> dict[Scope, frozenset[Key]]:
    """The keys that belong into each scope."""
    keys: dict[Scope, set[Key]] = {}
    for passage in passages:
        for scope in _scopes(passage):
            keys.setdefault(scope, set()).add(key_of(passage))
    return {scope: frozenset(found) for scope, found in keys.items()}


def key_of(passage: Passage) -> Key:
    """Another digest wherever what is embedded has changed."""
    return Key(f"{passage.id}@{embedded_text(passage).digest.hex()[:12]}")


def version_of(passages: Sequence[Passage]) -> str:
    """A short name for exactly this corpus, texts and visibility, whatever their order."""
    rows = sorted(f"{key_of(passage)} {' '.join(sorted(_scopes(passage)))}" for passage in passages)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]


def embedded_text(passage: Passage) -> Text:
    """What stands for a passage, in words and in vectors: title and heading over the text."""
    return Text(passage.context, passage.text, passage.sentences)


def _programmes(passages: Sequence[Passage]) -> dict[str, frozenset[Scope]]:
    found: dict[str, frozenset[Scope]] = {}
    for passage in passages:
        if passage.programme:
            found[passage.programme] = found.get(passage.programme, frozenset()) | _scopes(passage)
    return found


def _scopes(passage: Passage) -> frozenset[Scope]:
    if passage.visible_to is None:
        return frozenset({SHARED})
    return frozenset(map(Scope, passage.visible_to))
