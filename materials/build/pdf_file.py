"""A source as PDF: an A4 document with header and page numbers, or slides as they are exported for handing out."""

import io
from dataclasses import dataclass
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as Grid

from materials.build.fixed import AUTHOR
from materials.build.font import NAME
from materials.build.source import Bullet, Note, Paragraph, Part, Section, Source, Table

MARGIN = 20 * mm
GREY = colors.HexColor("#444444")
GRID_LINES = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8eef4")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of one kind of page, all from the size of its running text in points."""

    size: float

    def style(self, factor: float = 1.0, **more: Any) -> ParagraphStyle:
        size = self.size * factor
        look = {"fontName": NAME, "fontSize": size, "leading": size * 1.6, "spaceAfter": size * 0.4}
        return ParagraphStyle("text", wordWrap="CJK", **(look | more))

    def drawn(self, part: Part, width: float) -> Flowable:
        match part:
            case Paragraph(text):
                return Flow(escape(text), self.style())
            case Bullet(text):
                indent: dict[str, Any] = {"leftIndent": self.size * 1.3, "bulletIndent": 2, "bulletFontName": NAME}
                return Flow(escape(text), self.style(**indent, bulletFontSize=self.size), bulletText="・")
            case Note(text):
                return Flow(f"※{escape(text)}", self.style(0.9, leftIndent=12, textColor=GREY))
            case Table(rows):
                cells = [[Flow(escape(cell), self.style(0.9, spaceAfter=0)) for cell in row] for row in rows]
                return Grid(cells, colWidths=_widths(rows, width), style=GRID_LINES, repeatRows=1, spaceAfter=8)


ON_PAPER, ON_SCREEN = Look(10), Look(16)


def document_pdf_from(source: Source) -> bytes:
    """An A4 document; the bytes of the .pdf file."""
    flow: list[Flowable] = [_headline(source.entry.title, 18), Spacer(0, 4 * mm)]
    for section in source.sections:
        flow += _heading(section, 13 if section.level <= 2 else 11)
        flow += [ON_PAPER.drawn(part, A4[0] - 2 * MARGIN) for part in section.parts]
    return _pdf(source, flow, A4)


def slides_pdf_from(source: Source) -> bytes:
    """Slides as pages, with what the speaker says printed below (「配布資料」); the bytes of the .pdf file."""
    page = landscape(A4)
    flow: list[Flowable] = [Spacer(0, 50 * mm), _headline(source.entry.title, 28)]
    for section in source.sections:
        flow += [PageBreak(), *_heading(section, 24), Spacer(0, 3 * mm)]
        flow += [ON_SCREEN.drawn(part, page[0] - 2 * MARGIN) for part in section.parts]
    return _pdf(source, flow, page)


def _heading(section: Section, size: float) -> list[Flowable]:
    return [_headline(section.title, size)] if section.title else []


def _headline(text: str, size: float) -> Flowable:
    return Flow(escape(text), Look(size).style(spaceBefore=8, spaceAfter=4, keepWithNext=1))


def _widths(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    """Columns as wide as their longest text asks for, within reason."""
    wish = [min(max(len(row[x]) for row in rows), 40) + 4 for x in range(len(rows[0]))]
    return [width * share / sum(wish) for share in wish]


def _pdf(source: Source, flow: list[Flowable], page: tuple[float, float]) -> bytes:
    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(NAME, 8)
        canvas.drawString(MARGIN, page[1] - 12 * mm, source.entry.title)
        canvas.drawCentredString(page[0] / 2, 10 * mm, f"- {template.page} -")

    out = io.BytesIO()
    margins = {f"{side}Margin": MARGIN for side in ("left", "right", "top", "bottom")}
    template = SimpleDocTemplate(
        out, pagesize=page, title=source.entry.title, author=AUTHOR, invariant=1, lang="ja", **margins
    )
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()
