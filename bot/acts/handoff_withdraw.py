"""「取り下げる」: the asker takes the hand-over back. The button names the consultation and means its open case."""

from bot import wording
from bot.clicks import Click
from bot.inside import Inside, refusal


def withdraw(inside: Inside, click: Click) -> str | None:
    case = inside.open_case(inside.consultation(click, click.value))
    return refusal(inside.desk.cases.withdraw(case, click.person)) if case else wording.GONE
