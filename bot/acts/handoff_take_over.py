"""「代わりに担当する」: a colleague takes what another one owns."""

from bot.clicks import Click
from bot.inside import Inside, refusal
from consultation.case import CaseId


def take_over(inside: Inside, click: Click) -> str | None:
    return refusal(inside.desk.cases.take_over(CaseId(click.value), inside.consultant(click)))
