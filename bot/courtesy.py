"""Words to one person that are no part of any consultation: why nothing happened. Nothing of them is stored."""

import threading
from collections import OrderedDict

from bot.blocks.text import FALLBACK, fitted
from bot.clicks import Click
from bot.faults import asked, attempted
from bot.parsing import Written
from bot.workspace import Workspaces
from consultation.inquiry import Place

REMEMBERED = 1_000
COURTESY = "madoguchi_courtesy"  # marks what could be taken for the draft of an answer (bot/post.py)


class Courtesy:
    """Ephemeral messages; in a direct conversation ordinary ones."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._lock = threading.Lock()
        self._told: OrderedDict[str, None] = OrderedDict()

    def answer(self, written: Written, sentence: str) -> None:
        """Tell the author, once: mention and message are one. Raises what faults.asked does; Slack then sends again."""
        with self._lock:
            if written.key in self._told:
                return
            self._say(written, sentence)
            self._told[written.key] = None
            while len(self._told) > REMEMBERED:
                self._told.popitem(last=False)

    def tell(self, click: Click, sentence: str) -> None:
        """Tell the one who pressed; best effort, since Slack does not send a click again."""
        attempted(lambda: self._whisper(click.team, click.channel, click.user, click.thread, sentence))

    def note(self, place: Place, sentence: str) -> None:
        """A line in a thread, for all who read it; best effort."""
        words, mark = fitted(sentence, FALLBACK), {"event_type": COURTESY, "event_payload": {}}
        attempted(
            lambda: self._workspaces.of(place.team).quick.chat_postMessage(
                channel=place.room, thread_ts=place.thread, text=words, metadata=mark
            )
        )

    def _say(self, written: Written, sentence: str) -> None:
        if not written.is_direct:
            thread = written.thread if written.thread != written.ts else None
            self._whisper(written.team, written.channel, written.user, thread, sentence)
            return
        words, mark = fitted(sentence, FALLBACK), {"event_type": COURTESY, "event_payload": {}}
        asked(
            lambda: self._workspaces.of(written.team).quick.chat_postMessage(
                channel=written.channel, thread_ts=written.thread, text=words, metadata=mark
            )
        )

    def _whisper(self, team: str, channel: str, user: str, thread: str | None, sentence: str) -> None:
        words = fitted(sentence, FALLBACK)
        client = self._workspaces.of(team).quick
        asked(lambda: client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, text=words))
