"""Sources as they are shown: a citation with its passage, re-read from the log under the tenant it is shown to."""

from collections.abc import Callable
from dataclasses import dataclass

from consultation.municipality import MunicipalityCode
from consultation.outcome import Citation
from consultation.passage import Passage
from records.ledger import Session
from records.library import Library
from records.rows import InquiryRow


@dataclass(frozen=True, slots=True)
class Source:
    """`rank` counts from 1, as the answer's [1], [2] do; `passage` None: not to be shown to this reader any more."""

    rank: int
    citation: Citation
    passage: Passage | None


def sources_of(inquiry: InquiryRow, body: MunicipalityCode) -> Callable[[Session], tuple[Source, ...]]:
    """A view for Ledger.read: the sources of an answer, as `body` may see them."""

    def view(session: Session) -> tuple[Source, ...]:
        library = Library(session)
        return tuple(
            Source(rank, citation, _visible(library.cited(citation.passage_id, citation.document_version), body))
            for rank, citation in enumerate(inquiry.citations, start=1)
        )

    return view


def _visible(passage: Passage | None, body: MunicipalityCode) -> Passage | None:
    may_see = passage is not None and (passage.visible_to is None or body in passage.visible_to)
    return passage if may_see else None
