"""Markdown: rendered as every viewer renders it, then read like any page. Front matter is for machines and left out."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.blocks import Reading
from ingest.readers.encodings import text_from
from ingest.readers.html import reading_of

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_RENDERER = MarkdownIt("commonmark").enable("table")


def read(path: Path) -> Reading:
    source = text_from(path.read_bytes()).replace("\r\n", "\n")
    return reading_of(_RENDERER.render(_FRONT_MATTER.sub("", source)))
