"""What a Word style says about a paragraph: heading level, list, title, and the number that Word prints before it."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_Element = Any  # lxml comes without types

_HEADING_NAME = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目次)\s*(?:[1-9]|heading|の見出し)", re.IGNORECASE)
_LIST_NAME = re.compile(r"list|箇条書き|段落番号|リスト", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "表題"})
_LAST_LEVEL = 9  # w:outlineLvl 9 means body text: ECMA-376 part 1, 17.3.1.20
_FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"


class Styles:
    """Styles and numbering of one document. Numbers are counted as they are asked for: ask once for each paragraph."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), None)
        self._lists = _Lists(document)
        self.has_headings = any(
            self.level_of(paragraph) is not None for paragraph in document.element.body.iter(qn("w:p"))
        )

    def level_of(self, paragraph: _Element) -> int | None:
        """0 for the highest heading, None for text."""
        value = self._found(paragraph, "w:outlineLvl")
        if value is not None:
            level = int(value.get(qn("w:val")))
            return level if level < _LAST_LEVEL else None
        match = _HEADING_NAME.fullmatch(self._name(paragraph))
        return int(match[1]) - 1 if match else None

    def is_title(self, paragraph: _Element) -> bool:
        return self._name(paragraph).lower() in _TITLE_NAMES

    def is_contents(self, paragraph: _Element) -> bool:
        """A line of the table of contents."""
        return bool(_CONTENTS_NAME.match(self._name(paragraph)))

    def is_listed(self, paragraph: _Element) -> bool:
        return self._found(paragraph, "w:numPr") is not None or bool(_LIST_NAME.search(self._name(paragraph)))

    def number_of(self, paragraph: _Element) -> str:
        """The number that Word prints before the paragraph, without trailing space; empty for bullets and text."""
        numbering = self._found(paragraph, "w:numPr")
        if numbering is None:
            return ""
        key, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
        if key is None:
            return ""
        style_level = self.level_of(paragraph) or 0
        return self._lists.next(key.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else style_level)

    def _name(self, paragraph: _Element) -> str:
        style = self._styles.get(_style_of(paragraph) or self._default)
        name = style.find(qn("w:name")) if style is not None else None
        return str(name.get(qn("w:val"))) if name is not None else ""

    def _found(self, paragraph: _Element, tag: str) -> _Element | None:
        """A paragraph property: its own, else its style's, else that of the style this one is based on."""
        holder, seen = paragraph, set[str]()
        key = _style_of(paragraph)
        while holder is not None:
            properties = holder.find(qn("w:pPr"))
            found = properties.find(qn(tag)) if properties is not None else None
            if found is not None or key is None or key in seen:
                return found
            seen.add(key)
            holder = self._styles.get(key)
            based = holder.find(qn("w:basedOn")) if holder is not None else None
            key = based.get(qn("w:val")) if based is not None else key
        return None


class _Lists:
    """Counters of the numbered lists."""

    def __init__(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the document has no lists
            self._levels: dict[str, dict[int, tuple[str, str]]] = {}
        else:
            kinds = {kind.get(qn("w:abstractNumId")): _levels(kind) for kind in root.findall(qn("w:abstractNum"))}
            self._levels = {
                number.get(qn("w:numId")): kinds.get(number.find(qn("w:abstractNumId")).get(qn("w:val")), {})
                for number in root.findall(qn("w:num"))
            }
        self._counts: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))

    def next(self, key: str, level: int) -> str:
        levels, counts = self._levels.get(key, {}), self._counts[key]
        counts[level] += 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        kind, pattern = levels.get(level, ("bullet", ""))
        if kind in {"bullet", "none"}:
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return _figure(counts[at] or 1, levels.get(at, ("decimal", ""))[0])

        return re.sub(r"%([1-9])", shown, pattern).strip()


def _levels(kind: _Element) -> dict[int, tuple[str, str]]:
    """Level: (how it counts, the pattern as %1.%2)."""
    levels = {}
    for level in kind.findall(qn("w:lvl")):
        form, pattern = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
        if form is not None and pattern is not None:
            levels[int(level.get(qn("w:ilvl")))] = (form.get(qn("w:val")), pattern.get(qn("w:val")) or "")
    return levels


def _figure(number: int, form: str) -> str:
    if form == "decimalFullWidth":
        return str(number).translate(_FULLWIDTH)
    if form == "decimalEnclosedCircle" and number <= 20:
        return chr(ord("①") + number - 1)
    if form in {"aiueo", "aiueoFullWidth"}:
        return _KANA[(number - 1) % len(_KANA)]
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return str(number)


def _style_of(paragraph: _Element) -> str | None:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(style.get(qn("w:val"))) if style is not None else None


def _is_default(style: _Element) -> bool:
    return bool(style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph")
