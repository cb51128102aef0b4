"""Markdown: rendered as every viewer renders it, then read like any page. Front matter is for machines and left out."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.blocks import Reading
from ingest.encodings import text_from
from ingest.readers.html import reading_of

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_RENDERER = MarkdownIt("commonmark").enable("table")
_PLAIN_RENDERER = MarkdownIt("commonmark").enable("table").disable("emphasis")
_MOST_STARS = 1000  # in one paragraph: the renderer compares each with each, and nobody stresses so much


def read(path: Path) -> Reading:
    source = _FRONT_MATTER.sub("", text_from(path.read_bytes()).replace("\r\n", "\n"))
    starred = any(part.count("*") + part.count("_") > _MOST_STARS for part in source.split("\n\n"))
    return reading_of((_PLAIN_RENDERER if starred else _RENDERER).render(source))
