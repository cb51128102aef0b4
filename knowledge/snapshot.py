"""The corpus as one search sees it: immutable, so that searches go on over the old one while a new one is made."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consultation.municipality import MunicipalityCode
from consultation.passage import Passage, PassageId
from consultation.programmes import Programmes
from knowledge.lexical import LexicalIndex, Mask
from knowledge.tokens import Analyser, Terms
from knowledge.vectors import SHARED, Key, Scope


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Rows of the corpus, in one order for every column; texts are not kept."""

    version: str
    ids: tuple[PassageId, ...]
    keys: tuple[Key, ...]
    row_of: Mapping[Key, int]
    audiences: tuple[frozenset[Scope], ...]
    """The sets of scopes that occur, and which of them each row has, (n,)."""
    audience_of: NDArray[np.int64]
    programmes: Mapping[str, frozenset[Scope]]
    """The catalogue's cells, and for whom a document with them stands here."""
    lexical: LexicalIndex

    def allowed(self, tenant: MunicipalityCode) -> Mask:
        """The rows worth ranking for the tenant, (n,). Only saves work: what may be seen, Corpus.visible decides."""
        mine = {SHARED, Scope(tenant)}
        open_to = np.fromiter((not mine.isdisjoint(scopes) for scopes in self.audiences), np.bool_, len(self.audiences))
        mask: Mask = open_to[self.audience_of]
        return mask

    def scopes_for(self, tenant: MunicipalityCode) -> tuple[Scope, ...]:
        """The scopes with something for the tenant, shared first."""
        standing = frozenset[Scope]().union(*self.audiences)
        return tuple(scope for scope in (SHARED, Scope(tenant)) if scope in standing)

    def programmes_for(self, tenant: MunicipalityCode) -> Programmes:
        """The programmes of what the tenant may see."""
        mine = {SHARED, Scope(tenant)}
        return Programmes.of(cell for cell, scopes in self.programmes.items() if not mine.isdisjoint(scopes))


def snapshot_of(passages: Sequence[Passage], analyser: Analyser) -> Snapshot:
    """The passages with their keyword index, about a second per thousand."""
    keys = tuple(map(key_of, passages))
    scopes = list(map(_scopes, passages))
    audiences = tuple(dict.fromkeys(scopes))
    place = {audience: at for at, audience in enumerate(audiences)}
    return Snapshot(
        version=version_of(passages),
        ids=tuple(passage.id for passage in passages),
        keys=keys,
        row_of={key: row for row, key in enumerate(keys)},
        audiences=audiences,
        audience_of=np.fromiter((place[audience] for audience in scopes), np.int64, len(scopes)),
        programmes=_programmes(passages),
        lexical=LexicalIndex(_parts(passages, analyser)),
    )


def _parts(passages: Sequence[Passage], analyser: Analyser) -> Iterator[list[Terms]]:
    heads: dict[str, Terms] = {}  # many passages stand under one
    for passage in passages:
        if passage.context not in heads:
            heads[passage.context] = analyser.terms(passage.context)
        yield [heads[passage.context], *map(analyser.terms, texts_of(passage))]


def by_scope(passages: Iterable[Passage]) -> dict[Scope, frozenset[Key]]:
    """The keys that belong into each scope."""
    keys: dict[Scope, set[Key]] = {}
    for passage in passages:
        for scope in _scopes(passage):
            keys.setdefault(scope, set()).add(key_of(passage))
    return {scope: frozenset(found) for scope, found in keys.items()}


def texts_of(passage: Passage) -> tuple[str, ...]:
    """What is embedded and searched of a passage, text by text: its sentences, or all of it where it has none."""
    return passage.sentences or (passage.text,)


def embedded_texts(passage: Passage) -> tuple[str, ...]:
    """Each of them under its title and headings: a text rarely names its subject, what stands over it does."""
    return tuple(f"{passage.context}\n{text}" for text in texts_of(passage))


def key_of(passage: Passage) -> Key:
    """Another digest wherever what is embedded or searched has changed."""
    content = "\0".join((passage.text, *embedded_texts(passage)))
    return Key(f"{passage.id}@{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}")


def version_of(passages: Sequence[Passage]) -> str:
    """A short name for exactly this corpus, texts and visibility, whatever their order."""
    rows = sorted(f"{key_of(passage)} {' '.join(sorted(_scopes(passage)))}" for passage in passages)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]


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
