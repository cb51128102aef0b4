"""What kind of words a search is made of: a question is found by its words, a statement by what it means."""

import re
from enum import Enum

from knowledge.text import normalise
from knowledge.tokens import morphemes

_ASKS = re.compile(
    r"[?？]|何|誰|だれ|どこ|どの|どう|どれ|どちら|いつ|いくら|いくつ|なぜ|なに|(?:か|かな|かしら|よ|なさい|て|の|っけ)$"
    r"|教え|知りた|下さい|ください|欲し|ほしい|願い|願います"
)
_PREDICATES = frozenset({"動詞", "助動詞", "形容詞", "接尾辞"})
_MARKS = frozenset({"補助記号", "空白"})


class Kind(Enum):
    """Of a search's words. Keywords count as a question."""

    QUESTION = "question"
    STATEMENT = "statement"


def kind_of(text: str) -> Kind:
    """A statement ends in a predicate and asks for nothing."""
    plain = normalise(text).rstrip("。.!！ ")
    if _ASKS.search(plain):
        return Kind.QUESTION
    parts = [unit.part_of_speech()[0] for unit in morphemes(plain)]
    last = next((part for part in reversed(parts) if part not in _MARKS), "")
    return Kind.STATEMENT if last in _PREDICATES else Kind.QUESTION
