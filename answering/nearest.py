"""What stands near and is not the answer: the passages shown while a person looks into it, the document also named."""

from collections.abc import Sequence
from dataclasses import replace

from answering.brief import Brief, Quote
from answering.checking import Standing
from answering.frame import reference_text
from answering.quoting import best_of_each
from consultation.passage import Passage
from knowledge.judging import Judgement, tells_nothing
from knowledge.retrieval import Hit

MOST = 3
LONGEST = 700  # characters: with the words of the hand-over before them about as long as an answer
FLOOR = 0.1  # of the confidence: from there on the fact stood in what is shown for 27 of 43, below for 6 of 30 (0021)
NEAR = 0.7  # of the first passage's score: what lies below held no fact that the nearer ones did not (0021)
RELATED = 0.5  # of the first score: from there on another document is worth naming


def near(brief: Brief, judgement: Judgement) -> tuple[Quote, ...]:
    """A quotation of each passage near the question that tells something; none where nothing is near enough."""
    if judgement.confidence < FLOOR:
        return ()
    hits = tuple(hit for hit in brief.hits if hit.score >= NEAR * brief.hits[0].score)
    return tuple(quote for quote in best_of_each(replace(brief, hits=hits)) if not tells_nothing(quote.text))


def for_reference(standing: Sequence[Standing]) -> tuple[Standing, ...]:
    """Those that are shown, marked so; further ones fall first where all would be too long."""
    counts = range(min(MOST, len(standing)), 1, -1)
    count = next((count for count in counts if len(reference_text(standing[:count])) <= LONGEST), 1)
    return as_reference(standing[:count])


def as_reference(standing: Sequence[Standing]) -> tuple[Standing, ...]:
    """Marked as shown, and as not certain."""
    return tuple(replace(item, citation=replace(item.citation, is_reference=True)) for item in standing)


def related_to(hits: Sequence[Hit], standing: Sequence[Standing]) -> Passage | None:
    """The nearest passage of a document that an answer does not quote."""
    quoted = {item.passage.document_id for item in standing}
    others = (hit for hit in hits if hit.score >= RELATED * hits[0].score)
    return next((hit.passage for hit in others if hit.passage.document_id not in quoted), None)
