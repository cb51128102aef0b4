"""Bytes to text: UTF-8 first, then what Japanese offices write, then a guess."""

import re

from charset_normalizer import from_bytes

from consultation.errors import MaterialUnreadable
from ingest import wording

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]")
_HALFWIDTH_KANA = re.compile(r"[\uff61-\uff9f]")


def text_from(raw: bytes) -> str:
    """The text of a file; raises MaterialUnreadable when no encoding fits."""
    for encoding in _candidates(raw):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    best = from_bytes(raw).best()
    if best is None:
        raise MaterialUnreadable(wording.UNKNOWN_LETTERS)
    return str(best)


def _candidates(raw: bytes) -> list[str]:
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return [encoding]
    if _JIS_ESCAPE.search(raw):
        return ["iso2022_jp_ext"]
    return ["utf-8", "euc_jp", "cp932"] if _looks_euc(raw) else ["utf-8", "cp932", "euc_jp"]


def _looks_euc(raw: bytes) -> bool:
    """Most EUC-JP also decodes as cp932, but into rows of half-width kana."""
    try:
        as_cp932, as_euc = raw.decode("cp932"), raw.decode("euc_jp")
    except UnicodeError:
        return False
    return len(_HALFWIDTH_KANA.findall(as_cp932)) > len(_HALFWIDTH_KANA.findall(as_euc))
