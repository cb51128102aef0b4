"""Word: headings by style or outline level, paragraphs, lists, tables row by row, text boxes, footnotes.

Read from the XML itself: python-docx's `text` leaves out content controls, insertions and text boxes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.readers.docx_styles import Styles
from ingest.readers.docx_unseen import count_unseen, is_unseen
from ingest.readers.draft import Draft
from ingest.readers.headings import heading_level, item_of
from ingest.readers.tables import LEFT, rows_told

_Element = Any  # lxml comes without types

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands before it
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:rt"), _FALLBACK, qn("w:instrText")}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}
_TYPED_LEVEL = 10  # headings known only by their number come below all styled ones


def read(path: Path) -> Reading:
    document = docx.Document(str(path))
    draft = Draft()
    reader = _Reader(draft, Styles(document), _footnotes(document))
    for element in _opened(document.element.body):
        reader.take(element)
    if unseen := count_unseen(document.element.body):
        draft.remark(wording.unseen_letters(unseen))
    draft.title = draft.title or document.core_properties.title or None
    return draft.reading()


class _Reader:
    """Takes the paragraphs and tables of one document in order."""

    def __init__(self, draft: Draft, styles: Styles, footnotes: dict[str, str]) -> None:
        self._draft = draft
        self._styles = styles
        self._footnotes = footnotes

    def take(self, element: _Element) -> None:
        if element.tag == qn("w:p"):
            self._paragraph(element)
        elif element.tag == qn("w:tbl"):
            self._table(element)

    def _paragraph(self, paragraph: _Element) -> None:
        draft, text = self._draft, _text(paragraph).strip()
        if text and not self._styles.is_contents(paragraph):
            number = self._styles.number_of(paragraph)
            if self._styles.is_title(paragraph) and draft.title is None:
                draft.title = text
            elif (level := self._level(paragraph, text)) is not None:
                draft.head(f"{number} {text}".strip(), level)
            elif item := item_of(text):
                draft.add(item, BlockKind.LIST_ITEM)
            else:
                listed = self._styles.is_listed(paragraph)
                draft.add(f"{number} {text}".strip(), BlockKind.LIST_ITEM if listed else BlockKind.PROSE)
        for note in paragraph.iter(qn("w:footnoteReference")):
            draft.add(self._footnotes.get(note.get(qn("w:id")), ""), BlockKind.NOTE, wording.footnote_of(draft.place))
        for box in _outermost(paragraph, qn("w:txbxContent")):
            for element in _opened(box):
                self.take(element)

    def _level(self, paragraph: _Element, text: str) -> int | None:
        """By style; in documents that use none, by the number in front of a line set bold."""
        if (level := self._styles.level_of(paragraph)) is not None:
            return level
        if not self._styles.has_headings and _is_bold(paragraph) and (level := heading_level(text)) is not None:
            return _TYPED_LEVEL + level
        return None

    def _table(self, table: _Element) -> None:
        grid = list(_grid(table))
        number, place = self._draft.next_table(), self._draft.place
        headed = table.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for at, text in rows_told(grid, headed=headed):
            self._draft.add(text, BlockKind.TABLE_ROW, wording.row_of_table(place, at, number))


def _opened(parent: _Element) -> Iterator[_Element]:
    """The children, with those of content controls and insertions in their place."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _opened(child)
        else:
            yield child


def _outermost(element: _Element, tag: str) -> Iterator[_Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != _FALLBACK:
            yield from _outermost(child, tag)


def _text(element: _Element) -> str:
    """What is printed: no deletions, no letters that nobody sees, no ruby, no field codes, and text boxes apart."""
    if element.tag in _SKIPPED or (element.tag == qn("w:r") and is_unseen(element)):
        return ""
    if element.tag == qn("w:t"):
        return element.text or ""
    return _SIGNS.get(element.tag, "") + "".join(_text(child) for child in element if isinstance(child.tag, str))


def _is_bold(paragraph: _Element) -> bool:
    runs = [run for run in paragraph.iter(qn("w:r")) if _text(run).strip()]
    return bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)


def _grid(table: _Element) -> Iterator[list[str]]:
    """Cells in place: LEFT where one spans columns, and one that continues the cell above repeats it."""
    above: list[str] = []
    for row in (element for element in _opened(table) if element.tag == qn("w:tr")):
        cells: list[str] = []
        for cell in (element for element in _opened(row) if element.tag == qn("w:tc")):
            properties = cell.find(qn("w:tcPr"))
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            continued = merge is not None and merge.get(qn("w:val")) != "restart"
            text = above[len(cells)] if continued and len(cells) < len(above) else _cell_text(cell)
            cells += [text, *[LEFT] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0)]
        above = cells
        yield cells


def _cell_text(cell: _Element) -> str:
    """Paragraphs of a cell, and of tables inside it, each on a line."""
    return "\n".join(filter(None, (_text(paragraph).strip() for paragraph in cell.iter(qn("w:p")))))


def _footnotes(document: Any) -> dict[str, str]:
    """Footnote id: text."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    except KeyError:
        return {}
    notes = parse_xml(part.blob).iter(qn("w:footnote"))
    return {note.get(qn("w:id")): "".join(_text(child) for child in note).strip() for note in notes}
