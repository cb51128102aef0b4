"""「回答を書く」: opens the modal whose submission goes to the municipality; only for the case's owner."""

from slack_sdk.models.views import View

from bot.blocks.modals import reply_view
from bot.clicks import Click
from bot.inside import Inside


def compose(inside: Inside, click: Click) -> View:
    return reply_view(*inside.owned(click), with_files=inside.takes_files(click.team))
