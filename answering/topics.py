"""What competes for the answer to a question that says too little, as choices to offer."""

from collections.abc import Iterable

from answering import wording
from consultation.folding import folded
from consultation.passage import Passage
from consultation.signals import Signal, content_of
from knowledge.retrieval import Hit

MOST, FEWEST = 4, 2
LONGEST = 60  # Slack's buttons hold 75 characters
VAGUE = 8  # letters: a question with no more content than this may mean several things
RELEVANT = 0.5  # of the first score: what lies below only shares a word
CLOSE = 0.9  # of the first score: passages that near compete
_BARE = 4  # characters: 「効果」 as a heading says nothing without its document


def offered(question: str, signals: frozenset[Signal], hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """The choices for what a question leaves unsaid; else what the materials hold on it."""
    unsaid = next((choices for signal, choices in wording.CHOICES.items() if signal in signals), None)
    if unsaid is not None:
        return unsaid
    return matching(question, hits) if Signal.TOO_SHORT in signals else competing(question, hits)


def matching(question: str, hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """What the materials hold on a single word."""
    return _offered(question, (hit.passage for hit in hits if hit.score >= RELEVANT * hits[0].score))


def competing(question: str, hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """Topics of different documents that answer a vague question about equally well; none for a clear question."""
    content = content_of(question)
    if not hits or len(content) > 1 or sum(map(len, content)) > VAGUE:
        return ()
    return _offered(question, (hit.passage for hit in hits if hit.score >= CLOSE * hits[0].score))


def _offered(question: str, passages: Iterable[Passage]) -> tuple[str, ...]:
    """Two to four different topics, one per document, or none."""
    labels: dict[str, str] = {}
    for passage in passages:
        labels.setdefault(passage.document_id, _label(passage, question))
    distinct = tuple({folded(label): label for label in labels.values()}.values())[:MOST]
    return distinct if len(distinct) >= FEWEST else ()


def _label(passage: Passage, question: str) -> str:
    """The heading where it says something of its own, else the title; both where the heading is the question's word."""
    leaf = passage.heading[-1].strip() if passage.heading else ""
    is_word = folded(leaf).lower() == folded(question).strip().lower()
    label = f"{leaf}（{passage.title}）" if is_word else leaf if len(leaf) > _BARE else passage.title
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
