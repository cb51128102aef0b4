"""A passage: a piece of a material that can be found, quoted and cited."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from consultation.municipality import MunicipalityCode

PassageId = NewType("PassageId", str)
DocumentId = NewType("DocumentId", str)


class MaterialKind(StrEnum):
    """What a material is (資料の種別)."""

    WORKSHOP = "workshop"
    BEST_PRACTICE = "best-practice"
    E_LEARNING = "e-learning"
    PROGRAMME = "programme"
    FAQ = "faq"
    FORM = "form"
    ARTICLE = "article"
    """What a consultant answered and a reviewer approved (consultation/article.py); never a file."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage with what a citation needs. `sentences` are exact substrings of `text`, in order."""

    id: PassageId
    document_id: DocumentId
    document_version: int
    title: str
    heading: tuple[str, ...]
    locator: str
    text: str
    sentences: tuple[str, ...]
    kind: MaterialKind
    as_of: date | None
    source: str
    valid_from: date | None
    valid_until: date | None
    visible_to: frozenset[MunicipalityCode] | None
    """None: visible to all."""
    programme: str = ""
    """As the catalogue names it (consultation/programmes.py); empty: none, or of all."""

    @property
    def context(self) -> str:
        """Title and heading path, carried beside the text."""
        return " > ".join((self.title, *self.heading))
