"""「解決しましたか」 answered by the asker. The buttons name the consultation and mean its newest case."""

from bot import wording
from bot.clicks import Click
from bot.inside import Inside, refusal


def confirm(inside: Inside, click: Click) -> str | None:
    case = inside.last_case(inside.consultation(click, click.value))
    return refusal(inside.desk.cases.confirm(case, click.person)) if case else wording.GONE


def reopen(inside: Inside, click: Click) -> str | None:
    case = inside.last_case(inside.consultation(click, click.value))
    return refusal(inside.desk.cases.reopen(case, click.person)) if case else wording.GONE
