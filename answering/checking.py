"""Nothing is said that does not stand: each quotation is held against its passage, read afresh for body and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answering.brief import Quote
from consultation.municipality import MunicipalityCode
from consultation.outcome import Citation
from consultation.passage import Passage
from knowledge.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Standing:
    """A citation that holds, and the passage as it stands now."""

    citation: Citation
    passage: Passage


@dataclass(frozen=True, slots=True)
class Checking:
    """Reads the passages again under the tenant's filter; what fails is dropped."""

    corpus: Corpus

    def standing(self, citations: Sequence[Citation], tenant: MunicipalityCode, on: date) -> tuple[Standing, ...]:
        """The citations whose words stand exactly so in a passage that is visible to the tenant and in force."""
        passages = self.corpus.visible([citation.passage_id for citation in citations], tenant, on)
        found = ((citation, passages.get(citation.passage_id)) for citation in citations)
        return tuple(
            Standing(citation, passage)
            for citation, passage in found
            if passage is not None and citation.quote.strip() and citation.quote in passage.text
        )

    def quoted(self, quotes: Sequence[Quote], tenant: MunicipalityCode, on: date) -> tuple[Standing, ...]:
        """The quotes that stand so."""
        return self.standing([citation_of(quote.passage, quote.text, quote.score) for quote in quotes], tenant, on)


def citation_of(passage: Passage, quote: str, score: float) -> Citation:
    """The citation of words in a passage."""
    return Citation(
        passage_id=passage.id,
        document_id=passage.document_id,
        document_version=passage.document_version,
        document=passage.title,
        locator=passage.locator,
        quote=quote,
        score=score,
    )
