"""What a question names and an answer must therefore speak of: places, years, numbers, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sudachipy import Morpheme, SplitMode

from knowledge.tokens import Analyser, morphemes
from knowledge.years import year_mentions

Alternatives = frozenset[str]
"""Search terms of which any one will do."""

_WIDE_PLACES = frozenset({"日本", "日本国", "全国", "国内", "海外", "世界"})
_SUFFIXES = ("市", "区", "町", "村", "都", "道", "府", "県")
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"[a-z][a-z0-9]+|[ァ-ヺー]{3,}")
_EVERYWHERE = frozenset({"ai", "ict", "it"})  # the programme's own subject: a passage need not name it
_SMALL_COUNTS = frozenset({"0", "1", "2", "3"})  # 「2つ」「3点」 count things in the question, not in the materials


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a question names, each as the search terms that would hold it."""

    places: tuple[Alternatives, ...] = ()
    years: tuple[Alternatives, ...] = ()
    numbers: tuple[Alternatives, ...] = ()
    names: tuple[Alternatives, ...] = ()


def key_terms(question: str, analyser: Analyser) -> KeyTerms:
    """The key terms of a question, each once."""
    searched = analyser.searched(question)
    units = list(morphemes(_without_years(searched)))
    return KeyTerms(
        places=tuple(dict.fromkeys(_place(unit) for unit in units if _is_place(unit))),
        years=tuple(dict.fromkeys(frozenset(f"@{token}" for token in year.tokens) for year in year_mentions(searched))),
        numbers=tuple(dict.fromkeys(frozenset({number}) for number in _numbers(units))),
        names=tuple(dict.fromkeys(frozenset({name}) for name in _names(units))),
    )


def _without_years(text: str) -> str:
    for mention in reversed(year_mentions(text)):
        start, end = mention.span
        text = f"{text[:start]} {text[end:]}"
    return text


def _is_place(unit: Morpheme) -> bool:
    pos = unit.part_of_speech()
    return pos[1] == "固有名詞" and pos[2] == "地名" and unit.normalized_form() not in _WIDE_PLACES


def _place(unit: Morpheme) -> Alternatives:
    """札幌市 is also found as 札幌; 津市 only whole, since 津 stands in too many other words."""
    whole = unit.normalized_form().lower()
    short = whole[:-1] if whole.endswith(_SUFFIXES) and len(whole) > 2 else whole
    return frozenset({whole, short})


def _numbers(units: list[Morpheme]) -> Iterator[str]:
    for unit in units:
        number = unit.normalized_form()
        if unit.part_of_speech()[1] == "数詞" and _DIGIT.search(unit.surface()) and number not in _SMALL_COUNTS:
            yield number


def _names(units: list[Morpheme]) -> Iterator[str]:
    """Katakana and Latin words, and names that are no places: what a passage rarely says in other words."""
    for unit in units:
        pos, form = unit.part_of_speech(), unit.normalized_form().lower()
        if pos[0] != "名詞" or _is_place(unit) or pos[2] == "人名" or form in _EVERYWHERE:
            continue
        if pos[1] == "固有名詞" or _NAME.fullmatch(unit.surface()):
            yield form
            parts = unit.split(SplitMode.A, add_single=False)
            yield from (part.normalized_form().lower() for part in parts if _NAME.fullmatch(part.surface()))
