"""「完了にする」: the owner closes the case."""

from bot.clicks import Click
from bot.inside import Inside, refusal
from consultation.case import CaseId


def resolve(inside: Inside, click: Click) -> str | None:
    return refusal(inside.desk.cases.resolve(CaseId(click.value), inside.consultant(click)))
