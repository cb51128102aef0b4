"""A message that grows while an answer is written: Slack's chat.startStream and chat.appendStream.

The outcome's post ends it (bot/post.py). Source: docs.slack.dev/reference/methods/chat.startStream.
"""

from html import escape

from bot.faults import asked
from bot.settings import SlackSettings
from bot.workspace import Workspace
from consultation.inquiry import Place


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
                markdown_text=_plain(text),
            )
        )
        return str(answer["ts"])

    def append(self, place: Place, ref: str, text: str) -> None:
        """Add to it."""
        asked(lambda: self._client.chat_appendStream(channel=place.room, ts=ref, markdown_text=_plain(text)))


def _plain(text: str) -> str:
    """Words that call nobody and link nowhere; a line's end is one in Markdown too."""
    return escape(text, quote=False).replace("\n", "  \n")
