"""The corpus as the knowledge takes it: passages from the library, each call a reading of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, Passage, PassageId
from records.ledger import Ledger
from records.library import Library
from records.staging import Publication, Staging


@dataclass(frozen=True, slots=True)
class Due:
    """A publication that can be carried out."""

    ledger: Ledger
    publication: Publication

    @property
    def passages(self) -> Sequence[Passage]:
        return self.publication.passages

    def publish(self) -> bool:
        if not self.publication.versions | self.publication.leaving:
            return True
        return self.ledger.write(lambda session: Staging(session).publish(self.publication))


class LibraryCorpus:
    """The library behind knowledge's Corpus protocols."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def live(self) -> Sequence[Passage]:
        return self._ledger.read(lambda session: Library(session).live())

    def coming(self) -> Due:
        return Due(self._ledger, self._ledger.read(lambda session: Staging(session).coming()))

    def held(self) -> Sequence[Passage]:
        return self._ledger.read(lambda session: Staging(session).held())

    def visible(self, ids: Sequence[PassageId], tenant: MunicipalityCode, on: date) -> Mapping[PassageId, Passage]:
        return self._ledger.read(lambda session: Library(session).visible(ids, tenant, on))

    def earlier(self, document_id: DocumentId, tenant: MunicipalityCode) -> Sequence[Passage]:
        """For answering: the edition before the live one, where the tenant may see it."""
        return self._ledger.read(lambda session: Library(session).earlier(document_id, tenant))
