"""Japanese text in the form it is searched in; what is shown stays as it was written."""

import re
import unicodedata

_CJK = "々〆ぁ-ゖァ-ヺー一-鿿"
_VARIANT_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# Before NFKC, which would turn a lone accent into a space and a combining mark (α´ is how many type α').
_PRIMES = str.maketrans(dict.fromkeys("´`′‵’‘ʹʼ＇｀", "'"))
_DASHES = "‐‑‒–—―−─━"
_TILDES = str.maketrans(dict.fromkeys("〜～∼", "~"))
_VARIANTS = str.maketrans(
    "髙﨑邉邊齋靱澤濵濱廣國櫻嶋渕惠眞ヶヵ",
    "高崎辺辺斎靭沢浜浜広国桜島淵恵真ケカ",
)
_LONG_VOWEL = re.compile(
    f"(?<=[ァ-ヺ])[{_DASHES}](?=[ァ-ヺ])"
)  # サ−バ is a server whose long vowel was typed as a minus
_DASH = re.compile(f"[{_DASHES}]|(?<=[a-z0-9])ー(?=[a-z0-9])")
_SPACED_OUT = re.compile(rf"(?<!\S)[{_CJK}](?: [{_CJK}](?!\S)){{2,}}")  # 予 算 編 成: letters set apart in print
_BROKEN_LINE = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The searched form: NFKC, lower case, folded dashes, primes and kanji variants, one kind of space. Idempotent."""
    once = _fold(text)
    # Folding may bring together what NFKC then joins (a base and its mark, once an invisible letter is gone).
    while (again := _fold(once)) != once:
        once = again
    return once


def _fold(text: str) -> str:
    text = _INVISIBLE.sub("", _VARIANT_SELECTORS.sub("", text)).translate(_PRIMES)
    text = unicodedata.normalize("NFKC", text).lower().translate(_TILDES).translate(_VARIANTS)
    text = _DASH.sub("-", _LONG_VOWEL.sub("ー", text))
    text = _SPACE.sub(" ", _BROKEN_LINE.sub("", text)).strip()
    return _SPACED_OUT.sub(lambda run: run.group().replace(" ", ""), text)
