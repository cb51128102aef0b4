"""👍 and 👎: kept with the answer; the last word of each person counts."""

from bot import wording
from bot.blocks.elements import HELPFUL
from bot.clicks import Click, pair
from bot.inside import Inside


def judge(inside: Inside, click: Click) -> str:
    inquiry_id, verdict = pair(click.value)
    inquiry = inside.inquiry(click, inquiry_id)
    is_helpful = verdict == HELPFUL
    inside.desk.judge(inquiry.id, click.person, helpful=is_helpful)
    return wording.THANKS if is_helpful else wording.THANKS_UNHELPFUL
