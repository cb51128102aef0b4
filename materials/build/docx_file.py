"""A source as a Word document: headings by style, paragraphs, lists, tables with a header row, remarks."""

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from materials.build.fixed import AUTHOR, MOMENT, without_clock
from materials.build.source import Bullet, Note, Paragraph, Part, Source, Table

FONT = "游ゴシック"  # named, not embedded: what Japanese Office opens a new document with


def docx_from(source: Source) -> bytes:
    """The bytes of the .docx file."""
    document = Document()
    _set_fonts(document)
    _set_properties(document, source.entry.title)
    document.add_heading(source.entry.title, 0)
    for section in source.sections:
        if section.title:
            document.add_heading(section.title, section.level)
        for part in section.parts:
            _add(document, part)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _set_fonts(document: DocxDocument) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), FONT)
        for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme"):
            fonts.attrib.pop(qn(theme), None)
    document.styles["Normal"].font.size = Pt(10.5)


def _set_properties(document: DocxDocument, title: str) -> None:
    about = document.core_properties
    about.title, about.author, about.comments = title, AUTHOR, ""
    about.created = about.modified = MOMENT
    document.sections[0].footer.paragraphs[0].text = title


def _add(document: DocxDocument, part: Part) -> None:
    match part:
        case Paragraph(text):
            document.add_paragraph(text)
        case Bullet(text):
            document.add_paragraph(text, "List Bullet")
        case Note(text):
            document.add_paragraph().add_run(f"（注）{text}").italic = True
        case Table(rows):
            _add_table(document, rows)


def _add_table(document: DocxDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]), "Table Grid")
    for y, row in enumerate(rows):
        for cell, text in zip(table.rows[y].cells, row, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph()
