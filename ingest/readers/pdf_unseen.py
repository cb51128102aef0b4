"""White letters of a PDF that leave no ink on the page, told by a look at the page itself.

White on a coloured ground is common, and grounds come as rectangles, pictures or shadings: only the drawn page knows.
"""

from pathlib import Path
from typing import Any

import pypdfium2

_NEARLY = 0.95  # of white
_INK = 24  # of 255 shades between the darkest and the lightest dot: what an eye can tell
_LARGEST_SIDE = 1500  # dots
_MOST_LOOKS = 100  # pages of a document; the white letters of further ones are read
_COUNTED_UP = frozenset({"DeviceGray", "DeviceRGB", "CalGray", "CalRGB", "ICCBased"})  # here 1 is light, not ink

_Letter = dict[str, Any]


class Eye:
    """Looks at the pages of one document that have white letters."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looks = 0
        self.unseen = 0  # letters left out so far

    def seen(self, page: Any) -> list[_Letter]:
        """The letters of a pdfplumber page without those that nobody can see."""
        letters: list[_Letter] = page.chars
        if self._looks >= _MOST_LOOKS or not any(map(_is_white, letters)):
            return letters
        self._looks += 1
        picture, scale = self._drawn(page)
        left, top = page.cropbox[0], page.height - page.cropbox[3] if page.cropbox else 0
        kept = [letter for letter in letters if not _is_white(letter) or _has_ink(letter, picture, scale, (left, top))]
        self.unseen += sum(not letter["text"].isspace() for letter in letters)
        self.unseen -= sum(not letter["text"].isspace() for letter in kept)
        return kept

    def _drawn(self, page: Any) -> tuple[Any, float]:
        """The page in shades of grey, and how many dots a point has."""
        with pypdfium2.PdfDocument(self._path) as document:
            sheet = document[page.page_number - 1]
            scale = min(2.0, _LARGEST_SIDE / max(sheet.get_size()))
            return sheet.render(scale=scale, grayscale=True).to_pil(), scale


def _is_white(letter: _Letter) -> bool:
    colour = letter.get("non_stroking_color")
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    if len(colour) == 4:  # inks
        return all(part <= 1 - _NEARLY for part in colour)
    known = str(letter.get("ncs") or "DeviceGray") in _COUNTED_UP
    return len(colour) in {1, 3} and known and all(part >= _NEARLY for part in colour)


def _has_ink(letter: _Letter, picture: Any, scale: float, corner: tuple[float, float]) -> bool:
    x0, x1 = ((letter[edge] - corner[0]) * scale for edge in ("x0", "x1"))
    top, bottom = ((letter[edge] - corner[1]) * scale for edge in ("top", "bottom"))
    box = (max(0, int(x0)), max(0, int(top)), min(picture.width, int(x1) + 1), min(picture.height, int(bottom) + 1))
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    darkest, lightest = picture.crop(box).getextrema()
    return bool(lightest - darkest > _INK or lightest < 255 - _INK)
