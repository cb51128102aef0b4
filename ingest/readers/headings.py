"""Headings and list items that only their first signs give away (第1章, １．, （２）, ■), for files without styles."""

import re

_LONGEST = 40  # characters: longer ones are sentences with a number in front
_SENTENCE_END = re.compile(r"[。．、，：:;；]$|です$|ます$")
_N = r"[0-9０-９一二三四五六七八九十]+"
_LEVELS = [
    re.compile(rf"第{_N}(?:章|部|編)"),
    re.compile(rf"第{_N}(?:節|条|回)|[■◆]\s*\S|【[^】]+】$"),
    re.compile(r"[0-9０-９]{1,2}[.．、]?[\s　]*(?![0-9０-９.．\-－])(?<=[.．、\s　])\S"),
    re.compile(r"[0-9０-９]{1,2}(?:[.．\-－][0-9０-９]{1,2}){1,3}[.．]?[\s　]+\S"),
    re.compile(rf"[（(]{_N}[)）]\s*\S"),
]
_BULLETS = "・•●○◦▪■◆◇▶➢✓✔\uf0b7\uf0d8\uf06c\uf0fc"  # the last four: Word's bullets in the Wingdings font
_ITEM = re.compile(rf"(?:[{_BULLETS}]\s*(?=[^\s・•●○])|[\-–*＊]\s+(?=\S))(.+)", re.DOTALL)


def heading_level(text: str) -> int | None:
    """How deep a line is that looks like a numbered heading (0 is a chapter), or None."""
    if len(text) > _LONGEST or "\n" in text or _SENTENCE_END.search(text):
        return None
    return next((level for level, sign in enumerate(_LEVELS) if sign.match(text)), None)


def item_of(text: str) -> str | None:
    """The text behind a bullet, or None when there is none."""
    match = _ITEM.fullmatch(text)
    return match[1].strip() if match else None
