"""Sources as plain text formats: Markdown as it stands, a table as CSV, a page as HTML, lines as subtitles."""

import csv
import io
from html import escape
from itertools import accumulate, groupby

from materials.build.source import Bullet, Note, Paragraph, Part, Section, Source, Table

LETTERS_A_SECOND, SHORTEST_CUE_S = 6.0, 2.5  # how fast a calm voice reads Japanese


def markdown_from(source: Source) -> bytes:
    """The body under its title."""
    return f"# {source.entry.title}\n\n{source.body.strip()}\n".encode()


def csv_from(source: Source) -> bytes:
    """The first table, CRLF as Excel writes it; `encoding` in the front matter names the character set."""
    table = next(part for section in source.sections for part in section.parts if isinstance(part, Table))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(table.rows)
    return out.getvalue().encode(str(source.meta.get("encoding", "utf-8-sig")))


def vtt_from(source: Source) -> bytes:
    """Each list item as a subtitle, one after the other, as long as it takes to say it."""
    said = [part.text for section in source.sections for part in section.parts if isinstance(part, Bullet)]
    ends = list(accumulate(max(SHORTEST_CUE_S, len(text) / LETTERS_A_SECOND) for text in said))
    cues = (
        f"{number}\n{_time(start)} --> {_time(end)}\n{text}\n"
        for number, (start, end, text) in enumerate(zip([0.0, *ends], ends, said, strict=False), start=1)
    )
    return "\n".join(["WEBVTT", f"NOTE {source.entry.title}", "", *cues]).encode()


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}:{rest:06.3f}"


def html_from(source: Source) -> bytes:
    """A page that needs nothing but itself."""
    body = "\n".join(_section(section) for section in source.sections)
    title = escape(source.entry.title)
    page = (
        f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _section(section: Section) -> str:
    heading = f"<h{section.level}>{escape(section.title)}</h{section.level}>\n" if section.title else ""
    runs = groupby(section.parts, key=lambda part: isinstance(part, Bullet))
    return heading + "\n".join(_list(list(parts)) if bullets else _plain(list(parts)) for bullets, parts in runs)


def _list(parts: list[Part]) -> str:
    items = "\n".join(f"<li>{escape(part.text)}</li>" for part in parts if isinstance(part, Bullet))
    return f"<ul>\n{items}\n</ul>"


def _plain(parts: list[Part]) -> str:
    return "\n".join(_element(part) for part in parts)


def _element(part: Part) -> str:
    match part:
        case Paragraph(text) | Bullet(text):
            return f"<p>{escape(text)}</p>"
        case Note(text):
            return f"<p><small>{escape(text)}</small></p>"
        case Table(rows):
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
            lines = "\n".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows[1:])
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>"
