"""「担当者に引き継ぐ」「引き継がない」: the asker's word, or a colleague's of the same body."""

from bot.clicks import Click
from bot.inside import Inside, refusal


def give(inside: Inside, click: Click) -> str | None:
    return refusal(inside.desk.consents.give(inside.inquiry(click, click.value).id, click.person))


def refuse(inside: Inside, click: Click) -> str | None:
    return inside.desk.consents.refuse(inside.inquiry(click, click.value).id)
