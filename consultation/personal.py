"""What personal data is called, and what the words around it say: a resident's, or a colleague's at the office."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum

from consultation.folding import FIRST_MARK

Span = tuple[int, int]

DASHES = r"\-‐‑‒–—―−ー⁃~〜"
MARKS = "\ufdd0-\ufdef"
"""What stands where something was already taken out (see folding.py)."""


class PersonalKind(StrEnum):
    """Each kind by the word that is shown in its place."""

    INDIVIDUAL_NUMBER = "個人番号"
    INSURED_NUMBER = "被保険者番号"
    ADDRESSEE_NUMBER = "宛名番号"
    HOUSEHOLD_NUMBER = "世帯番号"
    RESIDENT_NUMBER = "住民の番号"
    CARD = "カード番号"
    ACCOUNT = "口座番号"
    EMAIL = "メールアドレス"
    PHONE = "電話番号"
    BIRTH_DATE = "生年月日"
    ADDRESS = "住所"
    NAME = "氏名"

    @property
    def placeholder(self) -> str:
        return f"〔{self.value}〕"

    @property
    def mark(self) -> str:
        """The one character that stands in its place while detectors read the text."""
        return chr(FIRST_MARK + list(PersonalKind).index(self))


INCIDENTAL = frozenset({PersonalKind.EMAIL, PersonalKind.PHONE})
"""May as well be the asker's own; every other kind is taken for a resident's."""

RESIDENT_WORDS = re.compile(
    r"住民|市民|町民|村民|区民|県民|納税者|滞納|世帯|申請者|対象者|受給|被保険者|保護者|来庁者|本人|患者|児童|高齢者の|"
    r"要介護|生活保護|障害|障がい|手帳|扶養|お客|ひとり親|虐待|DV|戸籍|住民票|税額|未納"
)
WELFARE_WORDS = re.compile(
    r"税|滞納|未納|納付|国保|国民健康保険|介護|認定|生活保護|保護費|障害|障がい|手帳|手当|扶養|保育|虐待|年金|健診|検診|"
    r"病|疾患|治療|通院|受給|給付|被保険|世帯|申請|住民票|戸籍|DV|ひとり親|母子|相談に来|窓口に来|来庁|収入|所得|支援対象"
)
OFFICE_WORDS = re.compile(
    r"[課係局室]|担当|代表電話|代表番号|代表は|内線|直通|事務局|役場|役所|庁舎|支所|総務省|コンサル|事業者|会社|"
    r"お問い?合わせ先|問合せ先|フリーダイヤル"
)


class Segments:
    """A text cut at sentence ends and lines; asks of a place whether a word family stands in the same segment."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer(r"[。\n！？!?]", text))]
        self._known: dict[tuple[int, int], bool] = {}

    def has(self, words: re.Pattern[str], at: int) -> bool:
        """Whether the segment around `at` holds one of `words`; each segment is read once per family."""
        index = bisect_right(self._starts, at) - 1
        key = (index, id(words))
        if key not in self._known:
            start, end = self._starts[index], self._starts[index + 1 : index + 2]
            self._known[key] = words.search(self._text, start, *end) is not None
        return self._known[key]


def spans(pattern: re.Pattern[str], text: str, group: int | str = 0) -> Iterator[Span]:
    """Where the pattern (or its group) stands."""
    return (found.span(group) for found in pattern.finditer(text))
