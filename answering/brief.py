"""The seam of writing: a brief in, a draft out. Quoting is one writer; a chat model's chain can be another."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from consultation.passage import Passage
from knowledge.retrieval import Hit

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable  # a second, which who only needs these words need not wait


@dataclass(frozen=True, slots=True)
class Brief:
    """What a writer gets: the words searched, and passages that the asker's body may see, best first."""

    question: str
    hits: tuple[Hit, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand exactly so in the passage."""

    passage: Passage
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer gives: quotes, the best first. Nothing in it is believed before it is checked."""

    quotes: tuple[Quote, ...]


Writer: TypeAlias = "Runnable[Brief, Draft]"
