"""「取り消す」 under the note of what was sent; Slack has asked whether it is meant."""

from bot.clicks import Click
from bot.inside import Inside, refusal


def recall(inside: Inside, click: Click) -> str | None:
    return refusal(inside.desk.replies.recall(click.value, inside.consultant(click)))
