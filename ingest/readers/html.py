"""HTML: headings, paragraphs, lists, definitions and tables; what a browser would not show as content is left out."""

from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from ingest import wording
from ingest.blocks import BlockKind, Reading
from ingest.encodings import text_from
from ingest.readers.draft import Draft
from ingest.readers.html_unseen import take_unseen
from ingest.readers.letters import joined
from ingest.readers.tables import LEFT, rows_told

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
_UNSEEN = ["script", "style", "template", "noscript", "iframe", "nav", "form", "svg", "[hidden]", "[aria-hidden=true]"]
_UNSEEN += ["body > header nav", "body > footer"]
# What word processors put into their pages: running heads and feet, and the figure that sends to a footnote.
_UNSEEN += ["div[title=header]", "div[title=footer]", 'sup:has(> a[href^="#"])', 'a[href^="#"]:has(> sup:only-child)']
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em font i img kbd label mark q ruby rb rt rp s samp small span strong sub sup "
    "time tt u var wbr ins del br".split()
)


def read(path: Path) -> Reading:
    return reading_of(text_from(path.read_bytes()))


def reading_of(markup: str) -> Reading:
    """The reading of a page, or of a piece of one."""
    soup = BeautifulSoup(markup, "lxml")
    taken = take_unseen(soup)
    for unseen in soup.select(", ".join([*_UNSEEN, "rt", "rp"])):
        unseen.decompose()
    draft = Draft()
    if taken:
        draft.remark(wording.unseen_letters(taken))
    body = soup.body or soup
    draft.title = _title(soup, body)
    _walk(body, draft)
    return draft.reading()


def _title(soup: BeautifulSoup, body: Tag) -> str | None:
    """The only first-level heading is the page's title, not a heading above everything."""
    first_level = body.find_all("h1")
    if len(first_level) == 1:
        return _text(first_level[0].extract())
    return _text(soup.title) if soup.title else None


def _walk(parent: Tag, draft: Draft) -> None:
    """Blocks of a container, in order; loose text between them is a paragraph."""
    loose = ""
    for child in parent.children:
        if not isinstance(child, Tag):
            loose += _printed(child)
        elif child.name in _INLINE:
            loose += _raw(child)
        else:
            _add_lines(loose, draft)
            loose = ""
            _block(child, draft)
    _add_lines(loose, draft)


def _add_lines(raw: str, draft: Draft) -> None:
    for line in _shown_lines(raw):
        draft.add(line)


def _block(tag: Tag, draft: Draft) -> None:
    if tag.name in _HEADINGS:
        draft.head(_text(tag), _HEADINGS[tag.name])
    elif tag.name == "table":
        _table(tag, draft)
    elif tag.name in _LISTS:
        _list(tag, draft)
    elif tag.name == "dl":
        _definitions(tag, draft)
    elif tag.name == "summary":
        draft.head(_text(tag), max(_HEADINGS.values()) + 1)
    elif tag.name == "pre":
        draft.add(tag.get_text())
    else:
        _walk(tag, draft)


def _list(tag: Tag, draft: Draft) -> None:
    """Each item with its number, where the list has numbers; lists inside an item follow it."""
    number = int(start) if (start := str(tag.get("start", "1"))).isdecimal() else 1
    for item in tag.find_all("li", recursive=False):
        text, inner = _item(item)
        if told := " ".join(_shown_lines(text)):
            draft.add(f"{number}. {told}" if tag.name == "ol" else told, BlockKind.LIST_ITEM)
        number += 1
        for part in inner:
            _list(part, draft)


def _item(tag: Tag) -> tuple[str, list[Tag]]:
    """The raw text of an item, and the lists inside it."""
    text, lists = "", list[Tag]()
    for child in tag.children:
        if not isinstance(child, Tag) or child.name in _INLINE:
            text += _raw(child) if isinstance(child, Tag) else _printed(child)
        elif child.name in _LISTS:
            lists.append(child)
        else:
            words, inner = _item(child)
            text += f"\n\n{words}"
            lists += inner
    return text, lists


def _definitions(tag: Tag, draft: Draft) -> None:
    term = ""
    for part in tag.find_all(["dt", "dd"]):
        if part.name == "dt":
            term = _text(part)
        else:
            draft.add(f"{term}：{_text(part)}" if term else _text(part), BlockKind.LIST_ITEM)


def _table(table: Tag, draft: Draft) -> None:
    if caption := table.caption:
        draft.add(_text(caption.extract()))
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    number, place = draft.next_table(), draft.place
    headed = bool(rows) and (rows[0].parent is table.thead or not rows[0].find("td"))
    for at, text in rows_told(list(_grid(rows)), headed=headed):
        draft.add(text, BlockKind.TABLE_ROW, wording.row_of_table(place, at, number))


def _grid(rows: list[Tag]) -> Iterator[list[str]]:
    """Cells in place: LEFT where one spans columns, and one that spans rows is repeated below."""
    below: dict[int, tuple[int, str]] = {}  # column: rows still to fill, text
    for row in rows:
        cells: list[str] = []
        waiting = row.find_all(["td", "th"], recursive=False)
        while waiting or len(cells) in below:
            if len(cells) in below:
                left, text = below.pop(len(cells))
                if left > 1:
                    below[len(cells)] = (left - 1, text)
                cells.append(text)
                continue
            cell = waiting.pop(0)
            text = _text(cell)
            if (tall := _spanned(cell, "rowspan")) > 1:
                below[len(cells)] = (tall - 1, text)
            cells += [text, *[LEFT] * (_spanned(cell, "colspan") - 1)]
        yield cells


def _spanned(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute, "1"))
    return min(int(value), 100) if value.isdecimal() else 1


def _text(tag: Tag) -> str:
    """The text of a tag on one line."""
    return " ".join(_shown_lines(_raw(tag)))


def _raw(tag: Tag) -> str:
    """The text as it stands in the source, with an empty line for each break that a browser shows."""
    if tag.name == "br":
        return "\n\n"
    return "".join(_printed(part) for part in tag.descendants)


def _printed(part: PageElement) -> str:
    if isinstance(part, Tag):
        return "\n\n" if part.name == "br" else ""
    return str(part) if type(part) is NavigableString else ""  # its subclasses are comments, CDATA and the like


def _shown_lines(raw: str) -> Iterator[str]:
    """The lines that a browser shows: a single break in the source is none on the screen."""
    for shown in raw.split("\n\n"):
        if line := joined([" ".join(part.split()) for part in shown.split("\n")]):
            yield line
