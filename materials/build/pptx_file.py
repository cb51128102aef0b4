"""A source as slides: a title slide, then one slide per section with bullets, tables and the speaker's notes."""

import io

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Pt

from materials.build.fixed import AUTHOR, MOMENT, without_clock
from materials.build.source import Note, Section, Source, Table

TITLE, CONTENT, TITLE_ONLY = 0, 1, 5  # layouts of the default template
TEXT_PT, TABLE_PT = 16, 13
CHARS_A_LINE = 52  # full-width characters of 16 pt on the 12.3 inch body
LINE_INCH = 0.31


def pptx_from(source: Source) -> bytes:
    """The bytes of the .pptx file (16:9)."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    about = deck.core_properties
    about.title, about.author, about.created, about.modified = source.entry.title, AUTHOR, MOMENT, MOMENT
    about.last_modified_by = AUTHOR
    _add_cover(deck, source)
    for section in source.sections:
        _add_slide(deck, section)
    out = io.BytesIO()
    deck.save(out)
    return without_clock(out.getvalue())


def _add_cover(deck: Deck, source: Source) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE])
    _place(slide, 0, (0.8, 2.4, 11.7, 1.4))
    _place(slide, 1, (0.8, 4.0, 11.7, 1.2))
    slide.shapes.title.text = source.entry.title
    slide.placeholders[1].text = f"時点：{source.entry.as_of}"


def _add_slide(deck: Deck, section: Section) -> None:
    bullets = [part.text for part in section.parts if not isinstance(part, Table | Note)]
    slide = deck.slides.add_slide(deck.slide_layouts[CONTENT if bullets else TITLE_ONLY])
    _place(slide, 0, (0.5, 0.3, 12.3, 1.0))
    slide.shapes.title.text = section.title
    slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(28)
    top = 1.45
    if bullets:
        height = LINE_INCH * lines_of(bullets)
        _place(slide, 1, (0.5, top, 12.3, height))
        _fill(slide, bullets)
        top += height + 0.15
    for part in section.parts:
        if isinstance(part, Table):
            top += _add_table(slide, part, top)
    notes = [part.text for part in section.parts if isinstance(part, Note)]
    if notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def lines_of(bullets: list[str]) -> int:
    """How many lines the bullets take on a slide."""
    return sum(1 + (len(text) - 1) // CHARS_A_LINE for text in bullets) + len(bullets) // 3


def _fill(slide: Slide, bullets: list[str]) -> None:
    frame = slide.placeholders[1].text_frame
    for number, text in enumerate(bullets):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.font.size = Pt(TEXT_PT)


def _add_table(slide: Slide, table: Table, top: float) -> float:
    """Draws the table and tells its height in inches."""
    height = sum(_row_inches(row) for row in table.rows)
    box = (Inches(0.5), Inches(top), Inches(12.3), Inches(height))
    grid = slide.shapes.add_table(len(table.rows), len(table.rows[0]), *box).table
    for y, row in enumerate(table.rows):
        grid.rows[y].height = Inches(_row_inches(row))
        for x, text in enumerate(row):
            cell = grid.cell(y, x)
            cell.text = text
            cell.text_frame.paragraphs[0].font.size = Pt(TABLE_PT)
    return height + 0.2


def _row_inches(row: tuple[str, ...]) -> float:
    """How high a row grows when its cells, of equal width, wrap."""
    chars = int(12.0 / len(row) / (TABLE_PT / 72))
    return 0.14 + 0.22 * max(1 + (len(text) - 1) // chars for text in row)


def _place(slide: Slide, placeholder: int, box: tuple[float, float, float, float]) -> None:
    shape = slide.placeholders[placeholder]
    shape.left, shape.top, shape.width, shape.height = (Inches(x) for x in box)
