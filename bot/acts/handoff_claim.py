"""「担当する」: a consultant takes the case; who comes second is told who was first."""

from bot.clicks import Click
from bot.inside import Inside, refusal
from consultation.case import CaseId


def claim(inside: Inside, click: Click) -> str | None:
    return refusal(inside.desk.cases.claim(CaseId(click.value), inside.consultant(click)))
