"""One programme an answer: quotations of a look-alike fall, and the reader is told which programme is meant."""

from collections.abc import Sequence

from answering.checking import Standing
from consultation.programmes import Programmes

Told = tuple[tuple[int, str], ...]
"""Which quotation, by its number, is of which programme."""


def of_one_programme(question: str, programmes: Programmes, standing: Sequence[Standing]) -> tuple[Standing, ...]:
    """The quotations that tell of what the question names; where it names none, of what the first one tells of."""
    asked = programmes.named(question)
    kept = [item for item in standing if not programmes.is_apart(asked, item.passage, item.citation.quote)]
    meant = asked or (programmes.told(kept[0].passage, kept[0].citation.quote) if kept else frozenset())
    return tuple(item for item in kept if not programmes.is_apart(meant, item.passage, item.citation.quote))


def programmes_told(question: str, programmes: Programmes, standing: Sequence[Standing]) -> Told:
    """What neither the question nor the quotation itself says: of which programme it is."""
    asked = programmes.named(question)
    told = [programmes.told(item.passage, item.citation.quote) for item in standing]
    known = asked if len(asked) == 1 else frozenset[str]()
    return tuple(
        (number, "・".join(sorted(names)))
        for number, (item, names) in enumerate(zip(standing, told, strict=True), start=1)
        if names and not names & known and not names <= programmes.named(item.citation.quote)
    )
