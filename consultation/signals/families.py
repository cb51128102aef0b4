"""The signals, and how the word families that give them are written down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Signal(StrEnum):
    """What a wording says."""

    EMPTY = "empty"
    EMOJI_ONLY = "emoji_only"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    MANY_QUESTIONS = "many_questions"
    THANKS = "thanks"
    GREETING = "greeting"
    ABOUT_SOURCES = "about_sources"
    ABOUT_DESK = "about_desk"
    ASKS_PERSON = "asks_person"
    COMPLAINT = "complaint"
    URGENT = "urgent"
    RESIDENT_DATA = "resident_data"
    UNLAWFUL = "unlawful"
    INSTRUCTION_ATTACK = "instruction_attack"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_BODY = "other_body"
    LEGAL = "legal"
    PROSPECT = "prospect"
    PRODUCT = "product"
    PLAN_REVIEW = "plan_review"
    ADMINISTRATIVE = "administrative"
    OWN_ESTIMATE = "own_estimate"
    NO_REFERENT = "no_referent"
    NETWORK_UNSAID = "network_unsaid"
    WORK_UNSAID = "work_unsaid"
    AT_A_LOSS = "at_a_loss"


class Span(Enum):
    """What a family is read in, piece by piece."""

    SENTENCE = auto()
    PAIR = auto()
    """Sentences, and two in a row as one: the thing in the first, what is asked of it in the second."""
    WHOLE = auto()
    """The whole message: a greeting before a question is no greeting."""


@dataclass(frozen=True, slots=True)
class Family:
    """A word family. Texts arrive folded and in small letters."""

    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    """Takes it back within the same piece: a question about a thing is no such thing."""
    span: Span

    def speaks(self, unit: str) -> bool:
        return self.says.search(unit) is not None and not (self.unless and self.unless.search(unit))


def family(says: str, unless: str = "", span: Span = Span.SENTENCE) -> Family:
    """A family of words, each argument as `any_of` takes it."""
    return Family(re.compile(any_of(says)), re.compile(any_of(unless)) if unless else None, span)


def any_of(*parts: str) -> str:
    """One pattern for all alternatives: white space parts them, and means nothing inside brackets."""
    return "|".join(f"(?:{alternative})" for part in parts for alternative in _alternatives(part))


def near(first: str, then: str, reach: int = 14) -> str:
    """`then` within `reach` characters behind `first`, each as `any_of` takes it."""
    return f"(?:{any_of(first)}).{{0,{reach}}}?(?:{any_of(then)})"


def _alternatives(part: str) -> Iterator[str]:
    depth = 0
    alternative = ""
    for piece in re.findall(r"\\.|\[[^\]]*\]|[\s\S]", part):
        depth += (piece == "(") - (piece == ")")
        if not piece.isspace():
            alternative += piece
        elif depth == 0 and alternative:
            yield alternative
            alternative = ""
    if alternative:
        yield alternative
