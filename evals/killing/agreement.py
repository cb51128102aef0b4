"""What must hold of a desk at rest: index and database agree, nothing is lost or doubled, each question has its answer.

Looked at from outside, on copies of the stores, with no word of the desk itself.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from consultation.inquiry import ConsultationId, MessageKey
from consultation.passage import Passage
from knowledge.embedding.embedder import Embedder
from knowledge.snapshot import embedded_texts, key_of, texts_of
from knowledge.vectors import SHARED, Key, Scope, VectorStore
from records.book import DESK
from records.ledger import Session
from records.pages import Pages

NEAREST = 10  # more passages of the very same text than this there are not
SAME = 0.99  # vectors are kept in 8 bits


def index_faults(passages: Sequence[Passage], store: VectorStore) -> Iterator[str]:
    """Each live passage has a vector for each sentence; nothing else is there; each is found by itself."""
    yield from (f"passage {key} is live twice" for key, times in _counted(passages).items() if times > 1)
    wanted = by_scope(passages)
    for scope in sorted(store.scopes() | wanted.keys()):
        live = wanted.get(scope, {})
        whole = store.vectors([scope], live)
        yield from (f"no vector of {key} in {scope}" for key in live.keys() - whole.keys())
        yield from (f"a vector without a passage in {scope}: {key}" for key in store.surplus(scope, live))
        for key, stored in whole.items():
            if len(stored) != len(texts_of(live[key])):
                yield f"{key} has {len(stored)} vectors in {scope}"
            if key not in store.nearest([scope], stored.mean(axis=0), NEAREST):
                yield f"{key} is stored and not found in {scope}"


def vector_faults(passages: Sequence[Passage], store: VectorStore, embedder: Embedder) -> Iterator[str]:
    """The passages' vectors are those of their texts. Computes each anew: give a sample."""
    for scope, live in by_scope(passages).items():
        stored = store.vectors([scope], live)
        for key, passage in live.items():
            fresh = embedder.passages(embedded_texts(passage))
            if key in stored and float((stored[key] * fresh).sum(axis=1).min()) < SAME:
                yield f"the vector of {key} is another text's"


def text_faults(passages: Sequence[Passage], clean: Sequence[Passage]) -> Iterator[str]:
    """What a clean ingest of the same folder gives, is there, once, and nothing else."""
    have, want = Counter(map(_said, passages)), Counter(map(_said, clean))
    yield from (f"lost: {said[:2]}" for said in (want - have).elements())
    yield from (f"too much: {said[:2]}" for said in (have - want).elements())


def answer_faults(keys: Sequence[str], session: Session) -> Iterator[str]:
    """Each question that the desk took was entered once and has one outcome, and one answer to be read."""
    pages, consultations = Pages(session), Counter[ConsultationId]()
    for key in keys:
        row = pages.inquiry_of(MessageKey(key))
        if row is None:
            yield f"{key} was taken and is not in the log"
            continue
        consultations[row.consultation_id] += 1
        told = [turn for turn in pages.file(row.consultation_id).turns if turn.inquiry_id == row.id]
        answers = sum(turn.speaker == DESK for turn in told)
        if row.outcome is None or answers != 1:
            yield f"{key} has {answers} answers, outcome {row.outcome}"
    for consultation, asked in consultations.items():
        entered = len(pages.file(consultation).inquiries)
        if entered != asked:
            yield f"consultation {consultation} holds {entered} questions, {asked} were asked"


def by_scope(passages: Sequence[Passage]) -> Mapping[Scope, Mapping[Key, Passage]]:
    """Where each passage's vectors belong."""
    scopes: dict[Scope, dict[Key, Passage]] = {}
    for passage in passages:
        for scope in (SHARED,) if passage.visible_to is None else map(Scope, passage.visible_to):
            scopes.setdefault(scope, {})[key_of(passage)] = passage
    return scopes


def _counted(passages: Sequence[Passage]) -> Counter[Key]:
    return Counter(map(key_of, passages))


def _said(passage: Passage) -> tuple[str, ...]:
    return (passage.title, passage.locator, *passage.heading, passage.text, *passage.sentences)
