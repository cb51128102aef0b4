"""A message that grows while an answer is written: Slack's chat.startStream and chat.appendStream.

The outcome's post ends it (bot/post.py). Source: docs.slack.dev/reference/methods/chat.startStream.
"""

import re

from bot.blocks.text import escaped
from bot.faults import asked
from bot.settings import SlackSettings
from bot.workspace import Workspace
from consultation.inquiry import Place

# Marks of Markdown, mentions, emoji and addresses, in full width: a draft lives seconds, the answer is exact.
_WIDE = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in "*_`~[]|#@\\:"})
_BETWEEN_LETTERS = re.compile(r"(?<=[0-9A-Za-z])\.(?=[A-Za-z])")


def streamer_from(settings: SlackSettings) -> "SlackStreamer | None":
    """Slack's streamer, or None where Slack is not used or streaming is switched off."""
    return SlackStreamer(Workspace(settings)) if settings.is_used and settings.slack_stream else None


class SlackStreamer:
    """desk.streaming.Streamer for Slack, with the short-tempered client: nobody waits long for a courtesy."""

    def __init__(self, workspace: Workspace) -> None:
        self._client = workspace.quick

    def start(self, place: Place, asker_id: str, text: str) -> str:
        """Begin. Slack wants to know for whom, outside direct messages."""
        team, _, user = asker_id.partition(":")
        answer = asked(
            lambda: self._client.chat_startStream(
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
        asked(lambda: self._client.chat_appendStream(channel=place.room, ts=ref, markdown_text=plain_markdown(text)))


def plain_markdown(text: str) -> str:
    """Words that call nobody, link nowhere and look like themselves; a line's end is one in Markdown too."""
    return escaped(_BETWEEN_LETTERS.sub("．", text.translate(_WIDE))).replace("\n", "  \n")
