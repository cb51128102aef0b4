"""Which bodies words name: another body's figure is none for the body that is asked about."""

import re

from consultation.folding import folded

_COMMON = re.compile(r"市区?町村|都道府県|市町|町村|(?<![一-龥々])[当本][市区町村]")
_PLACE = re.compile(
    r"(?:[一-龥々ァ-ヴー]{1,4}?|(?<![ぁ-ん])[ぁ-ん]{2,5}?)(?<![各全同他毎])[市区町村都県府](?![民役長内外分域間合場])"
)


def places_in(words: str) -> frozenset[str]:
    """The bodies named."""
    return frozenset(_PLACE.findall(_COMMON.sub("、", folded(words))))


def is_about(words: str, places: frozenset[str]) -> bool:
    """Whether words name one of the bodies; true where there is none to name."""
    text = folded(words)
    return not places or any(place in text for place in places)


def is_others(words: str, places: frozenset[str]) -> bool:
    """Whether words tell of other bodies than those that are asked about."""
    return bool(places) and bool(places_in(words)) and not is_about(words, places)
