"""Word's letters that nobody sees: set hidden, white on white, or too small to read."""

from typing import Any

from docx.oxml.ns import qn

_Element = Any  # lxml comes without types

_WHITE = frozenset({"FFFFFF", "FEFEFE"})
_NO_SHADE = frozenset({"FFFFFF", "auto", None})
_SMALLEST = 4  # half points: a letter of one millimetre would be six


def is_unseen(run: _Element) -> bool:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    return _is_hidden(properties) or _is_tiny(properties) or (_is_white(properties) and not _has_ground(run))


def count_unseen(body: _Element) -> int:
    """How many letters of a document are not seen."""
    return sum(
        len((text.text or "").strip()) for run in body.iter(qn("w:r")) if is_unseen(run) for text in run.iter(qn("w:t"))
    )


def _is_hidden(properties: _Element) -> bool:
    vanish = properties.find(qn("w:vanish"))
    return vanish is not None and vanish.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _is_tiny(properties: _Element) -> bool:
    size = properties.find(qn("w:sz"))
    value = size.get(qn("w:val"), "") if size is not None else ""
    return bool(value.isdecimal() and int(value) < _SMALLEST)


def _is_white(properties: _Element) -> bool:
    colour = properties.find(qn("w:color"))
    return colour is not None and str(colour.get(qn("w:val"))).upper() in _WHITE


def _has_ground(run: _Element) -> bool:
    """Whether something coloured may lie behind: a shade, a highlight, a table's style, a text box."""
    if run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None or _is_shaded(run.find(qn("w:rPr"))):
        return True
    for above in run.iterancestors():
        if (
            above.tag == qn("w:txbxContent")
            or _is_shaded(above.find(qn("w:pPr")))
            or _is_shaded(above.find(qn("w:tcPr")))
        ):
            return True
        if above.tag == qn("w:tbl") and above.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None:
            return True
        if above.tag == qn("w:document") and above.find(qn("w:background")) is not None:
            return True
    return False


def _is_shaded(properties: _Element | None) -> bool:
    shade = properties.find(qn("w:shd")) if properties is not None else None
    return shade is not None and shade.get(qn("w:fill")) not in _NO_SHADE
