"""The corpus as the knowledge takes it: passages from the library, each call a reading of its own."""

from collections.abc import Mapping, Sequence
from datetime import date

from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, Passage, PassageId
from records.ledger import Ledger
from records.library import Library


class LibraryCorpus:
    """The library behind knowledge's Corpus protocol."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def live(self) -> Sequence[Passage]:
        return self._ledger.read(lambda session: Library(session).live())

    def visible(self, ids: Sequence[PassageId], tenant: MunicipalityCode, on: date) -> Mapping[PassageId, Passage]:
        return self._ledger.read(lambda session: Library(session).visible(ids, tenant, on))

    def earlier(self, document_id: DocumentId, tenant: MunicipalityCode) -> Sequence[Passage]:
        """For answering: the edition before the live one, where the tenant may see it."""
        return self._ledger.read(lambda session: Library(session).earlier(document_id, tenant))
