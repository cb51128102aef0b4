"""Letters as files garble them, set right: look-alike radicals, letters spaced apart, invisible signs, broken lines."""

import re
import unicodedata

_KANGXI = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}  # exporters write ⽇ for 日
# Of the supplement only these are written for the plain character; Unicode gives most of them no mapping.
_SUPPLEMENT = dict(zip(map(ord, "⺟⺠⻁⻄⻑⻘⻝⻤⻩⻫⻭⻯⻲"), "母民虎西長青食鬼黄斉歯竜亀", strict=True))
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
_SPACES = dict.fromkeys((0x09, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), " ")
_CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A}, "")
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
# Fonts for vertical lines have signs of their own; NFKC would make ASCII of some.
_VERTICAL = dict(
    zip(
        map(ord, "︐︑︒︓︔︕︖︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄"),
        "，、。：；！？（）｛｝〔〕【】《》〈〉「」『』",
        strict=True,
    )
)
_TABLE = {**_VERTICAL, **_KANGXI, **_SUPPLEMENT, **_INVISIBLE, **_CONTROLS, **_SPACES, **_BREAKS}

JAPANESE = r"\u3005-\u3007\u3041-\u30ff\u4e00-\u9fff\uf900-\ufaff"
_SPACED_APART = re.compile(rf"(?<!\S)(?:[{JAPANESE}][ \u3000]+){{2,}}[{JAPANESE}](?!\S)")
_SPACED_PAIR = re.compile(rf"\s*[{JAPANESE}][ \u3000]+[{JAPANESE}]\s*")
_ENDS_LATIN = re.compile(r"[!-~]$")
_STARTS_LATIN = re.compile(r"[!-~]")


def tidy(text: str) -> str:
    """The text with readable letters only; what a person sees stays as it was."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    text = "\n".join(_closed_up(line.strip()) for line in text.split("\n"))
    return text.strip()


def _closed_up(line: str) -> str:
    """概　要 is one word set wide; three single letters in a row, or two alone on a line, are never separate words."""
    if _SPACED_PAIR.fullmatch(line):
        return re.sub(r"\s", "", line)
    return _SPACED_APART.sub(lambda match: re.sub(r"[ \u3000]", "", match[0]), line)


def joined(lines: list[str]) -> str:
    """Lines broken inside a paragraph, made one again: Japanese without a space, Latin words with one."""
    text = ""
    for line in filter(None, (line.strip() for line in lines)):
        if _ENDS_LATIN.search(text) and _STARTS_LATIN.match(line):
            text += " "
        text += line
    return text


def unwrapped(text: str) -> str:
    """A text that a file keeps on several lines for its looks only, as one line."""
    return joined(text.split("\n"))
