"""A Japanese TrueType font for PDF: Noto Sans JP (SIL OFL 1.1) from a package, cut to the characters in use.

The package carries CFF outlines, which reportlab cannot embed; so the few glyphs in use are turned into TrueType ones.
"""

import io

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from pylopdf_fonts_jp import sans_path
from reportlab.pdfbase import pdfmetrics, ttfonts

NAME = "NotoSansJP"
MAX_ERROR = 1.0  # of 1000 units per em: not to be seen


def register(text: str) -> None:
    """Make the font known to reportlab, with at least the characters of the text."""
    font = TTFont(sans_path(), recalcTimestamp=False)
    options = Options()
    options.layout_features, options.notdef_outline, options.drop_tables = [], True, ["GSUB", "GPOS", "BASE", "VORG"]
    subsetter = Subsetter(options)
    subsetter.populate(text=text + "0123456789-/ ")
    subsetter.subset(font)
    _to_truetype(font)
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    pdfmetrics.registerFont(ttfonts.TTFont(NAME, out))


def _to_truetype(font: TTFont) -> None:
    order, outlines = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], glyf = newTable("loca"), newTable("glyf")
    font["glyf"] = glyf
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    _set_limits(font)
    font["post"].formatType, font.sfntVersion = 3.0, "\x00\x01\x00\x00"


def _set_limits(font: TTFont) -> None:
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for name in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(limits, f"max{name}", int(name == "Zones"))
    limits.maxSizeOfInstructions = limits.maxComponentElements = 0
    font["glyf"].compile(font)
    limits.recalc(font)
