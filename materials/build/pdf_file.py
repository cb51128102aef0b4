"""A source as PDF: an A4 document with header and page numbers, or slides as they are exported for handing out."""

import io
from html import escape

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

BODY = ParagraphStyle("body", fontName=NAME, fontSize=10, leading=16, wordWrap="CJK", spaceAfter=4)
BULLET = ParagraphStyle("bullet", BODY, leftIndent=12, bulletIndent=2, bulletFontName=NAME)
NOTE = ParagraphStyle("note", BODY, fontSize=9, leading=14, leftIndent=12, textColor=colors.HexColor("#444444"))
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=13, spaceAfter=0)
HEADINGS = {
    size: ParagraphStyle(f"heading{size}", BODY, fontSize=size, leading=size * 1.5, spaceBefore=8, keepWithNext=1)
    for size in (18, 13, 11, 22)
}
GRID_LINES = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8eef4"))]


def document_pdf_from(source: Source) -> bytes:
    """An A4 document; the bytes of the .pdf file."""
    flow: list[Flowable] = [Flow(escape(source.entry.title), HEADINGS[18]), Spacer(0, 4 * mm)]
    for section in source.sections:
        flow += _heading(section, 13 if section.level <= 2 else 11)
        flow += [_drawn(part, A4[0] - 40 * mm) for part in section.parts]
    return _pdf(source, flow, A4)


def slides_pdf_from(source: Source) -> bytes:
    """Slides as pages, with what the speaker says printed below (「配布資料」); the bytes of the .pdf file."""
    page = landscape(A4)
    flow: list[Flowable] = [Spacer(0, 50 * mm), Flow(escape(source.entry.title), HEADINGS[22])]
    for section in source.sections:
        flow += [PageBreak(), *_heading(section, 18), Spacer(0, 3 * mm)]
        flow += [_drawn(part, page[0] - 40 * mm) for part in section.parts]
    return _pdf(source, flow, page)


def _heading(section: Section, size: int) -> list[Flowable]:
    return [Flow(escape(section.title), HEADINGS[size])] if section.title else []


def _drawn(part: Part, width: float) -> Flowable:
    match part:
        case Paragraph(text):
            return Flow(escape(text), BODY)
        case Bullet(text):
            return Flow(escape(text), BULLET, bulletText="・")
        case Note(text):
            return Flow(f"※{escape(text)}", NOTE)
        case Table(rows):
            cells = [[Flow(escape(cell), CELL) for cell in row] for row in rows]
            return Grid(cells, colWidths=_widths(rows, width), style=GRID_LINES, repeatRows=1, spaceAfter=8)


def _widths(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    """Columns as wide as their longest text asks for, within reason."""
    wish = [min(max(len(row[x]) for row in rows), 40) + 4 for x in range(len(rows[0]))]
    return [width * share / sum(wish) for share in wish]


def _pdf(source: Source, flow: list[Flowable], page: tuple[float, float]) -> bytes:
    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(NAME, 8)
        canvas.drawString(20 * mm, page[1] - 12 * mm, source.entry.title)
        canvas.drawCentredString(page[0] / 2, 10 * mm, f"- {template.page} -")

    out = io.BytesIO()
    margins = {f"{side}Margin": 20 * mm for side in ("left", "right", "top", "bottom")}
    template = SimpleDocTemplate(
        out, pagesize=page, title=source.entry.title, author=AUTHOR, invariant=1, lang="ja", **margins
    )
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()
