"""A message that grows while an answer is written: Slack's chat.startStream and chat.appendStream.

The outcome's post ends it (bot/post.py). Source: docs.slack.dev/reference/methods/chat.startStream.
"""

import re

from bot.blocks.text import escaped
from bot.faults import asked
from bot.opening import workspaces_from
from bot.settings import SlackSettings
from bot.workspace import Workspaces
from consultation.inquiry import Place
from records.ledger import Ledger

# Marks of Markdown, mentions, emoji and addresses, in full width: a draft lives seconds, the answer is exact.
_WIDE = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in "*_`~[]|#@\\:"})
_BETWEEN_LETTERS = re.compile(r"(?<=[0-9A-Za-z])\.(?=[A-Za-z])")


def streamer_from(settings: SlackSettings, ledger: Ledger) -> "SlackStreamer | None":
    """Slack's streamer, or None where Slack is not used or streaming is switched off."""
    return SlackStreamer(workspaces_from(settings, ledger)) if settings.is_used and settings.slack_stream else None


class SlackStreamer:
    """desk.streaming.Streamer for Slack, with the short-tempered client: nobody waits long for a courtesy."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    def start(self, place: Place, asker_id: str, text: str) -> str:
        """Begin. Slack wants to know for whom, outside direct messages."""
        team, _, user = asker_id.partition(":")
        answer = asked(
            lambda: self._workspaces.of(place.team).quick.chat_startStream(
                channel=place.room,
                thread_ts=place.thread,
                recipient_team_id=team,
                recipient_user_id=user,
                markdown_text=plain_markdown(text),
            )
        )
        return str(answer["ts"])

    def append(self, place: Place, ref: str, text: str) -> None:
        """Add to it."""
        client = self._workspaces.of(place.team).quick
        asked(lambda: client.chat_appendStream(channel=place.room, ts=ref, markdown_text=plain_markdown(text)))


def plain_markdown(text: str) -> str:
    """Words that call nobody, link nowhere and look like themselves; a line's end is one in Markdown too."""
    return escaped(_BETWEEN_LETTERS.sub("．", text.translate(_WIDE))).replace("\n", "  \n")
