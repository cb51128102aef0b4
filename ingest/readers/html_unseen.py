"""What a page sets so that nobody sees it, by its own tags: without size, without opacity, white on white.

Style sheets are not computed: where one could lie behind white letters, they are read.
"""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

_GONE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?\.?0+(?:;|$|%)|font-size:[01]?(?:\.\d+)?(?:px|pt|em|rem|%)?(?:;|$|!)"
    r"|(?:^|;)color:transparent"
)
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff|#ffffff|rgba?\(255,255,255[^)]*\))(?:;|$|!)")
_WHITE_NAMES = frozenset({"white", "#fff", "#ffffff"})
_GROUND = re.compile(r"background(?:-color|-image)?:(?!transparent|none|white|#fff\b|#ffffff|inherit)")


def take_unseen(soup: BeautifulSoup) -> int:
    """Take out of the page what is not seen. Returns how many letters that were."""
    sheets = "".join(style.get_text() for style in soup.find_all("style"))
    painted = bool(soup.find("link", rel="stylesheet")) or bool(_GROUND.search(_plain(sheets)))
    taken = 0
    for tag in soup.find_all(_is_styled):
        if not tag.decomposed and _is_unseen(tag, painted=painted):
            taken += len("".join(tag.get_text().split()))
            tag.decompose()
    return taken


def _is_styled(tag: Tag) -> bool:
    return tag.has_attr("style") or (tag.name == "font" and tag.has_attr("color"))


def _is_unseen(tag: Tag, *, painted: bool) -> bool:
    style = _plain(str(tag.get("style", "")))
    if _GONE.search(style):
        return True
    white = bool(_WHITE.search(style)) or (tag.name == "font" and str(tag.get("color", "")).lower() in _WHITE_NAMES)
    return white and not any(_has_ground(above, painted=painted) for above in (tag, *tag.parents))


def _has_ground(tag: Tag, *, painted: bool) -> bool:
    """Whether something coloured may lie behind the letters of a tag."""
    if tag.has_attr("bgcolor") or tag.has_attr("background") or _GROUND.search(_plain(str(tag.get("style", "")))):
        return True
    return painted and (tag.has_attr("class") or tag.has_attr("id") or tag.name in {"body", "html"})


def _plain(style: str) -> str:
    return re.sub(r"\s", "", style.lower())
