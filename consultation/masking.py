"""Personal data taken out of a text before anything is stored; the rest stays as it was written.

What counts as personal data is told in personal_numbers.py and personal_words.py.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from consultation import personal_numbers, personal_words
from consultation.folding import Folded, fold
from consultation.personal import PersonalKind, Span

Detector = Callable[[str], Iterable[Span]]

_KIND = {kind.mark: kind for kind in PersonalKind}
_MARKED = re.compile(f"[{''.join(_KIND)}]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # half a character, or NUL: no database takes it

# In this order: what is named by its label first, names last, since they lean on what was found beside them.
_DETECTORS: tuple[tuple[PersonalKind, Detector], ...] = (
    *((kind, personal_numbers.labelled(kind)) for kind in personal_numbers.LABELS),
    (PersonalKind.INDIVIDUAL_NUMBER, personal_numbers.individual_numbers),
    (PersonalKind.CARD, personal_numbers.card_numbers),
    (PersonalKind.ACCOUNT, personal_numbers.account_numbers),
    (PersonalKind.EMAIL, personal_numbers.emails),
    (PersonalKind.PHONE, personal_numbers.phone_numbers),
    (PersonalKind.BIRTH_DATE, personal_words.birth_dates),
    (PersonalKind.ADDRESS, personal_words.addresses),
    (PersonalKind.NAME, personal_words.names),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and the kinds that were taken out (as shown), in order of the text."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """The text with placeholders such as 〔電話番号〕; masking again changes nothing."""
    current = _UNSTORABLE.sub("\ufffd", text)
    kinds: dict[str, None] = {}
    while True:  # a placeholder may stand where a detector could not see before: each round takes something out
        masked = _masked_once(current)
        kinds |= dict.fromkeys(masked.kinds)
        if masked.text == current:
            return Masked(current, tuple(kinds))
        current = masked.text


def _masked_once(text: str) -> Masked:
    bare = fold(text)
    earlier = page = _collapsed(bare, _placeholders(bare.text))
    for kind, detect in _DETECTORS:
        page = _collapsed(page, ((start, end, kind) for start, end in detect(page.text)))
    known = {earlier.begins[found.start()] for found in _MARKED.finditer(earlier.text)}
    kinds = [_KIND[page.text[at]] for at in _mark_places(page) if page.begins[at] not in known]
    return Masked(_restored(text, page), tuple(dict.fromkeys(kind.value for kind in kinds)))


def _placeholders(text: str) -> Iterator[tuple[int, int, PersonalKind]]:
    for kind in PersonalKind:
        yield from ((found.start(), found.end(), kind) for found in re.finditer(re.escape(kind.placeholder), text))


def _collapsed(page: Folded, found: Iterable[tuple[int, int, PersonalKind]]) -> Folded:
    """The page with each span found shrunk to one mark that still knows where the original stands."""
    pieces: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        begin, finish = page.original_span(start, end)
        pieces += page.text[at:start], kind.mark
        begins += *page.begins[at:start], begin
        ends += *page.ends[at:start], finish
        at = end
    return Folded("".join(pieces) + page.text[at:], (*begins, *page.begins[at:]), (*ends, *page.ends[at:]))


def _restored(original: str, page: Folded) -> str:
    pieces: list[str] = []
    at = 0
    for place in _mark_places(page):
        pieces += original[at : page.begins[place]], _KIND[page.text[place]].placeholder
        at = page.ends[place]
    return "".join(pieces) + original[at:]


def _mark_places(page: Folded) -> list[int]:
    return [found.start() for found in _MARKED.finditer(page.text)]
