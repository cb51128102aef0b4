"""An answer shown while it is written: a draft of the outcome's post, noted before it stands, and replaced by it.

A draft is a row of the deliveries that no lane posts; the outcome's post takes its message over, whatever came of it.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

import structlog

from answering.telling import Stopped, Tell, silent
from consultation.inquiry import Channel, InquiryId, Place
from records.ledger import Ledger
from records.pages import Pages
from records.postbook import PostBook
from records.rows import InquiryRow

log = structlog.get_logger()

BETWEEN_S = 1.0  # one place takes about a call a second


class Streamer(Protocol):
    """Shows a message that grows. Both methods end within a few seconds; any error of theirs ends the show."""

    def start(self, place: Place, asker_id: str, text: str) -> str:
        """Begin in the place's thread, for the asker. The message's reference."""

    def append(self, place: Place, ref: str, text: str) -> None:
        """Add to it."""


class Streaming:
    """Tells drafts through the streamers, one per channel."""

    def __init__(self, ledger: Ledger, streamers: Mapping[Channel, Streamer], between_s: float = BETWEEN_S) -> None:
        self._ledger = ledger
        self._streamers = streamers
        self._between_s = between_s

    def teller(self, inquiry: InquiryRow, place: Place) -> Tell:
        """Where what is written to this question is shown; nowhere, if its channel cannot."""
        streamer = self._streamers.get(place.channel)
        if streamer is None or not place.thread:
            return silent
        return _Draft(self._ledger, streamer, inquiry, self._between_s, place)


class _Draft:
    """One growing message. What cannot be shown now is shown with the outcome; what was taken back ends the writing."""

    def __init__(self, ledger: Ledger, streamer: Streamer, inquiry: InquiryRow, between_s: float, place: Place) -> None:
        self._ledger = ledger
        self._streamer = streamer
        self._inquiry = inquiry
        self._place = place
        self._ref: str | None = None
        self._between_s = between_s
        self._is_over = False
        self._waiting: list[str] = []
        self._told_at = -between_s

    def __call__(self, sentence: str) -> None:
        self._waiting.append(sentence)
        if time.monotonic() - self._told_at < self._between_s:
            return
        said, self._waiting = "\n".join(self._waiting), []
        try:
            self._go_on(said)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001  a courtesy's border: the answer comes all the same
            log.warning("draft_not_shown", inquiry=self._inquiry.id, error=type(error).__name__)
            self._is_over = True
        self._told_at = time.monotonic()

    def _go_on(self, text: str) -> None:
        row = self._ledger.read(lambda session: Pages(session).inquiry(self._inquiry.id))
        if row.withdrawn_at is not None:
            raise Stopped
        if not self._is_over:
            self._tell(text)

    def _tell(self, text: str) -> None:
        if self._ref is not None:
            self._streamer.append(self._place, self._ref, f"\n{text}")
            return
        inquiry_id = InquiryId(self._inquiry.id)
        now = datetime.now(UTC)
        is_first = self._ledger.write(lambda session: PostBook(session).draft(inquiry_id, self._place, now))
        if not is_first:  # considered again after a crash or an edit: the outcome will replace what stands there
            self._is_over = True
            return
        ref = self._streamer.start(self._place, self._inquiry.asker_id, text)
        self._ledger.write(lambda session: PostBook(session).drafted(inquiry_id, ref))
        self._ref = ref
