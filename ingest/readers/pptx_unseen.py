"""PowerPoint's letters that nobody sees: white with nothing behind them, or too small to read."""

from collections.abc import Iterator
from typing import Any

from pptx.oxml.ns import qn

_Element = Any  # lxml and python-pptx come without types
_Box = tuple[int, int, int, int]

_WHITE = frozenset({"FFFFFF", "FEFEFE"})
_PAPER = frozenset({"bg1", "lt1"})  # the theme's colour of the page
_GROUNDS = ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill")
_SMALLEST = 200  # hundredths of a point


class Grounds:
    """What lies behind the letters of one slide."""

    def __init__(self, slide: Any) -> None:
        layout = slide.slide_layout
        self._is_coloured = any(_is_coloured(part) for part in (slide, layout, layout.slide_master))
        self._boxes = [box for part in (slide, layout, layout.slide_master) for box in _coloured_boxes(part.shapes)]
        self._filled_places = {place.placeholder_format.idx for place in layout.placeholders if _is_filled(place)}
        self._filled_kinds = {p.placeholder_format.type for p in layout.slide_master.placeholders if _is_filled(p)}
        self.unseen = 0  # letters left out so far

    def text_of(self, paragraph: Any, shape: Any) -> str:
        """The text of a paragraph without what nobody sees; a line break is a vertical tab, as in python-pptx."""
        return "".join(self._told(part, shape) for part in paragraph._p)

    def _told(self, part: _Element, shape: Any) -> str:
        if part.tag == qn("a:br"):
            return "\v"
        text = str(part.findtext(qn("a:t")) or "") if part.tag in {qn("a:r"), qn("a:fld")} else ""
        if text and self._is_unseen(part.find(qn("a:rPr")), shape):
            self.unseen += len(text.strip())
            return ""
        return text

    def _is_unseen(self, properties: _Element | None, shape: Any) -> bool:
        if properties is None:
            return False
        size = properties.get("sz", "")
        if size.isdecimal() and int(size) < _SMALLEST:
            return True
        if not _is_white(properties.find(qn("a:solidFill"))) or self._is_coloured:
            return False
        own = _box(shape)
        return not self._has_fill(shape) and own is not None and not any(_meet(own, box) for box in self._boxes)

    def _has_fill(self, shape: Any) -> bool:
        """Its own, or that of its place in the layout or the master."""
        if _is_filled(shape) or not shape.is_placeholder:
            return _is_filled(shape)
        place = shape.placeholder_format
        return place.idx in self._filled_places or place.type in self._filled_kinds


def _is_white(fill: _Element | None) -> bool:
    if fill is None or len(fill) == 0:
        return False
    colour = fill[0]
    return len(colour) == 0 and (str(colour.get("val")).upper() in _WHITE or colour.get("val") in _PAPER)


def _is_coloured(part: Any) -> bool:
    """Whether a slide, layout or master sets a background other than plain paper."""
    ground = part._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
    if ground is None:
        return False
    reference = ground.find(qn("p:bgRef"))
    if reference is not None:
        return not (len(reference) and reference[0].get("val") in _PAPER)
    return not _is_white(ground.find(f"{qn('p:bgPr')}/{qn('a:solidFill')}"))


def _coloured_boxes(shapes: Any) -> Iterator[_Box]:
    """Where pictures, charts, tables, groups and filled shapes stand."""
    for shape in shapes:
        box = _box(shape)
        if box is not None and (not shape.has_text_frame or _is_filled(shape)):
            yield box


def _is_filled(shape: Any) -> bool:
    properties = shape._element.find(qn("p:spPr"))
    if properties is not None:
        if any(properties.find(qn(kind)) is not None for kind in _GROUNDS):
            return not _is_white(properties.find(qn("a:solidFill")))
        if properties.find(qn("a:noFill")) is not None:
            return False
    style = shape._element.find(f"{qn('p:style')}/{qn('a:fillRef')}")
    return bool(style is not None and style.get("idx") != "0")


def _box(shape: Any) -> _Box | None:
    if shape.left is None or shape.width is None or shape.top is None or shape.height is None:
        return None
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
