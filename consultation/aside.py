"""What a consultant asks the machine inside a case's thread, unseen by the municipality (耳打ち)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AsideId = NewType("AsideId", str)


class AsideKind(StrEnum):
    DRAFT = "draft"
    """The case's question considered again, with what the consultant adds."""
    ALIKE = "alike"
    """Earlier cases like this one, with their answers."""
    PASSAGES = "passages"
    """Where something stands in the materials."""


@dataclass(frozen=True, slots=True)
class Aside:
    kind: AsideKind
    words: str
    """What is said besides; of PASSAGES what is looked for."""


_NAMES = {"下書き": AsideKind.DRAFT, "似た相談": AsideKind.ALIKE}
_POLITE = (
    r"(?:の?(?:作成|検索))?[をもは]?\s*(?:作って|作成して|書いて|出して|見せて|探して|教えて|お?願い)?"
    r"(?:下さい|ください|致します|いたします|します|ほしい)?"
)
_NAMED = re.compile(rf"[「『【]?({'|'.join(_NAMES)})[」』】]?(?:{_POLITE})[\s、。，．,.:：・!！?？]*(.*)", re.DOTALL)


def aside_from(text: str) -> Aside | None:
    """The aside that a message asks for; None: it says nothing."""
    words = unicodedata.normalize("NFKC", text).strip()
    if not words:
        return None
    named = _NAMED.fullmatch(words)
    if named is None:
        return Aside(AsideKind.PASSAGES, text.strip())
    return Aside(_NAMES[named[1]], named[2].strip())
