"""A figure that a question takes for granted (「充当率は75%ですよね」): it is looked up, not believed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from consultation.folding import folded

LONGEST = 300
"""Characters: who writes more asks for more than a confirmation."""

_CONFIRMS = re.compile(
    r"(?:なん|なの)?(?P<told>です|でした|ました|ます|だった|だ|った)よね(?:ぇ|え|ー)?[?？。!！\s]*$"
    r"|(?:なん|なの)?で(?:合って|あって|間違い(?:は)?な|正し)[^、。]{0,10}?(?:か|ね)?[?？。!！\s]*$"
)
_UNITS = (
    r"千円|万円|億円|円|%|パーセント|割|時間|分(?!の)|秒|日間|人日|人月|週間|年間|[かヶカケ箇]月|人|名|件|回|団体|社|枚|台|倍"
    r"|ポイント"
)
_NUMBER = r"(?<![\d.,億])\d[\d,]{0,14}(?:\.\d{1,4})?"
_FIGURE = re.compile(
    rf"(?:約|およそ)?(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})|(?P<day>(?:(?:令和)?\d{{1,4}}年)?(?<!\d)\d{{1,2}}月\d{{1,2}}日)"
)
_SAME = {
    "千円": ("円", 1_000),
    "万円": ("円", 10_000),
    "億円": ("円", 100_000_000),
    "割": ("%", 10),
    "パーセント": ("%", 1),
    "名": ("人", 1),
}
# 「27.4%って後の率ですよね」 asks about the figure, 「100件じゃないですよね」 against it: neither asks for it.
_NO_CLAIM = re.compile(r"(?:って|とは|という|は|が|から|じゃ|では)|[^、。]{0,8}(?:ない|ません)")


@dataclass(frozen=True, slots=True)
class Premise:
    """What is taken for granted, as written, and the question without it."""

    claimed: str
    open: str


def premise_in(question: str) -> Premise | None:
    """The last figure of a question that only asks for it to be confirmed."""
    confirms = _CONFIRMS.search(question) if len(question) <= LONGEST else None
    figures = [found for found in _FIGURE.finditer(folded(question)) if confirms and found.end() <= confirms.start()]
    if confirms is None or not figures or len(folded(question)) != len(question):
        return None
    figure = figures[-1]
    if _NO_CLAIM.match(question, figure.end(), confirms.start()):
        return None
    asked = "いつ" if figure["day"] else f"何{figure['unit']}"
    ending = f"{confirms['told']}か" if confirms["told"] in ("です", "でした", "ました", "ます") else "ですか"
    between = question[figure.end() : confirms.start()]
    return Premise(question[figure.start() : figure.end()], f"{question[: figure.start()]}{asked}{between}{ending}")


def asked_openly(question: str) -> str:
    """The question as it is searched: what it takes for granted would lead away from what contradicts it."""
    premise = premise_in(question)
    return premise.open if premise else question


def not_found(question: str, quotes: Iterable[str]) -> str:
    """The figure taken for granted, where none of the quotations holds it; else empty."""
    premise = premise_in(question)
    if premise is None:
        return ""
    claimed = _figures(premise.claimed)
    return "" if any(claimed & _figures(quote) for quote in quotes) else premise.claimed


def _figures(words: str) -> set[tuple[str, Decimal] | str]:
    """Days, and amounts in their base unit: 5万円 and 50,000円 are one."""
    return {_plain(found) for found in _FIGURE.finditer(folded(words))}


def _plain(figure: re.Match[str]) -> tuple[str, Decimal] | str:
    if figure["day"]:
        return figure["day"].rpartition("年")[2]
    unit, times = _SAME.get(figure["unit"], (figure["unit"], 1))
    return ("か月" if unit.endswith("月") else unit), Decimal(figure["number"].replace(",", "")) * times
