"""「担当者に相談する」: the asker, or a colleague of the same body, wants a person."""

from bot.clicks import Click
from bot.inside import Inside, refusal


def request(inside: Inside, click: Click) -> str | None:
    inquiry = inside.inquiry(click, click.value)
    return refusal(inside.desk.cases.request_person(inquiry.id, click.person))
