"""A figure that a question takes for granted (「充当率は75%ですよね」): it is looked up, not believed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from consultation.folding import folded

_CONFIRMS = re.compile(
    r"(?:なん|なの)?(?P<told>です|でした|ました|ます|だ|った|んだ)よね(?:ぇ|え|ー)?[?？。!！\s]*$"
    r"|(?:なん|なの)?で(?:合って|あって|間違い(?:は)?な|正し)[^、。]{0,10}?(?:か|ね)?[?？。!！\s]*$"
)
_UNITS = (
    r"千円|万円|億円|円|%|パーセント|割|時間|分(?!の)|秒|日間|週間|年間|[かヶカケ箇]月|人|名|件|回|団体|社|枚|台|倍"
    r"|ポイント"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_FIGURE = re.compile(rf"(?:約|およそ)?(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})|(?P<day>\d{{1,2}}月\d{{1,2}}日)")
_SUBJECT = re.compile(r"(?:って|とは|という|は|が)")  # 「27.4%って上がった後の率ですよね」 asks about it, not for it


@dataclass(frozen=True, slots=True)
class Premise:
    """What is taken for granted, as written, and the question without it."""

    claimed: str
    open: str


def premise_in(question: str) -> Premise | None:
    """The last figure of a question that only asks for it to be confirmed."""
    confirms = _CONFIRMS.search(question)
    figures = [found for found in _FIGURE.finditer(folded(question)) if confirms and found.end() <= confirms.start()]
    if confirms is None or not figures or len(folded(question)) != len(question):
        return None
    figure = figures[-1]
    if _SUBJECT.match(question, figure.end()):
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
    said = "".join(folded(quote).replace(",", "") for quote in quotes)
    figure = "".join(folded(premise.claimed).replace(",", "").split()).removeprefix("約").removeprefix("およそ")
    return "" if re.search(rf"(?<![\d.]){re.escape(figure)}", "".join(said.split())) else premise.claimed
