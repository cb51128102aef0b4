"""Posting the desk's letters to Slack, each with its delivery's id in the metadata, so that it can be found again.

Slack gives no idempotency: nothing is sent again here. The desk looks with `find` before it repeats a post.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time
from typing import Any

import structlog
from slack_sdk.web import SlackResponse

from bot import sessions
from bot.courtesy import COURTESY
from bot.faults import asked
from bot.ferry import Ferry
from bot.links import Links
from bot.opening import workspaces_from
from bot.roots import ROOT
from bot.settings import SlackSettings
from bot.sources import Source, sources_of
from bot.workspace import Workspace, Workspaces
from bot.writing import Writing, announced, written
from consultation.calendar import TOKYO, tokyo_date
from consultation.errors import PostRefused, WrongSetting
from desk.files import FileSource
from desk.letters import CARD_THREAD, CARRIES, Bulletin, Expiring, Letter, Morning, Purpose
from records.ledger import Ledger
from records.postbook import PostBook

log = structlog.get_logger()

EVENT_TYPE = "madoguchi_delivery"
PAGE = 200
MOST_PAGES = 25
PEOPLE = ("U", "W")  # how Slack's ids of people begin
EARLIER_S = 60.0  # clocks differ: look this much before the case was opened

SHOWS_SOURCES = frozenset({Purpose.OUTCOME, Purpose.CARD, Purpose.CARD_STATE})


def postman_from(settings: SlackSettings, ledger: Ledger, files: FileSource) -> "SlackPostman | None":
    """Slack's postman, or None where Slack is not used. `files` gives the bytes of what it carries."""
    if not settings.is_used:
        return None
    workspaces = workspaces_from(settings, ledger)
    return SlackPostman(workspaces, ledger, Links(settings.public_url), files)


class SlackPostman:
    """desk.letters.Postman for Slack."""

    def __init__(self, workspaces: Workspaces, ledger: Ledger, links: Links, files: FileSource) -> None:
        self._workspaces = workspaces
        self._ledger = ledger
        self._links = links
        self._ferry = Ferry(lambda team: workspaces.of(team).posting, ledger, files)

    def find(self, letter: Letter | Bulletin) -> str | None:
        """Where the letter stands already. What is the same when it is made twice is never looked for."""
        if isinstance(letter, Letter) and (letter.is_update or letter.purpose is Purpose.FILE_GONE):
            return None
        wanted = _metadata(letter)
        try:
            if isinstance(letter, Letter) and letter.purpose in CARRIES:
                return self._ferry.find(letter, lambda: self._standing(letter))
            ours = self._here(letter).installation().bot_id
            return next((said["ts"] for said in self._standing(letter) if _is(said, ours, wanted)), None)
        except (PostRefused, WrongSetting):
            return None  # a thread, channel or token that is gone: posting will say so, and why

    def post(self, letter: Letter | Bulletin) -> str:
        """Post, bring up to date what stands, or carry a file. Slack's ts, or its id of the file."""
        if isinstance(letter, Bulletin):
            return str(asked(lambda: self._post(letter, announced(letter, self._links)))["ts"])
        if letter.purpose in CARRIES:
            return self._ferry.carry(letter, _thread(letter))
        if letter.purpose is Purpose.FILE_GONE:
            return self._ferry.take_away(letter)
        writing = written(letter, self._sources(letter), self._links)
        if letter.is_update:
            return str(asked(lambda: self._update(letter, writing))["ts"])
        ref = self._taken_over(letter, writing) if letter.draft is not None else None
        ref = ref or str(asked(lambda: self._post(letter, writing))["ts"])
        sessions.after(self._workspaces, letter)
        return ref

    def retract(self, letter: Letter) -> None:
        """Delete the draft; one that is gone already is well."""
        ref = self._draft_ref(letter)
        if ref is not None:
            self._end_stream(letter, ref)
            with suppress(PostRefused):
                asked(lambda: self._here(letter).posting.chat_delete(channel=letter.delivery.place.room, ts=ref))

    def _here(self, letter: Letter | Bulletin) -> Workspace:
        """Raises PostRefused where we are not installed any more."""
        return self._workspaces.of(letter.delivery.place.team)

    def _taken_over(self, letter: Letter, writing: Writing) -> str | None:
        """The draft's message, become the letter; None where it cannot, and nothing of it stands any more."""
        ref = self._draft_ref(letter)
        if ref is None:
            return None
        self._end_stream(letter, ref)
        try:
            asked(
                lambda: self._here(letter).posting.chat_update(
                    channel=letter.delivery.place.room,
                    ts=ref,
                    text=writing.text,
                    blocks=list(writing.blocks),
                    metadata=_metadata(letter),
                )
            )
        except PostRefused as refusal:
            log.warning("draft_not_taken_over", delivery=letter.delivery.id, code=refusal.code)
            with suppress(PostRefused):
                asked(lambda: self._here(letter).posting.chat_delete(channel=letter.delivery.place.room, ts=ref))
            return None
        return ref

    def _end_stream(self, letter: Letter, ref: str) -> None:
        """A message that still streams can be neither updated nor deleted; one that does not is well."""
        with suppress(PostRefused):
            asked(lambda: self._here(letter).posting.chat_stopStream(channel=letter.delivery.place.room, ts=ref))

    def _draft_ref(self, letter: Letter) -> str | None:
        """Where the draft stands, unless another question has taken that message."""
        draft = letter.draft
        if draft is None:
            return None
        taken = self._ledger.read(lambda session: PostBook(session).refs_of_others(draft))
        if draft.posted_ref is not None:
            return None if draft.posted_ref in taken else draft.posted_ref
        try:
            return self._lost_draft(letter, taken)
        except (PostRefused, WrongSetting):
            return None  # as in `find`

    def _lost_draft(self, letter: Letter, taken: frozenset[str]) -> str | None:
        """Where a crash kept the draft's ts from us: our message in the thread that bears no mark and is no other's."""
        ours = self._here(letter).installation().bot_id
        asked_at = letter.inquiry.received_at.timestamp() - EARLIER_S
        return next(
            (
                said["ts"]
                for said in self._standing(letter)
                if said.get("bot_id") == ours
                and (said.get("metadata") or {}).get("event_type") not in {EVENT_TYPE, COURTESY, ROOT}
                and said["ts"] not in taken
                and float(said["ts"]) >= asked_at
            ),
            None,
        )

    def _post(self, letter: Letter | Bulletin, writing: Writing) -> SlackResponse:
        return self._here(letter).posting.chat_postMessage(
            channel=self._room(letter),
            thread_ts=_thread(letter),
            text=writing.text,
            blocks=list(writing.blocks),
            metadata=_metadata(letter),
            username=writing.username,
            unfurl_links=False,
            unfurl_media=False,
        )

    def _update(self, letter: Letter, writing: Writing) -> SlackResponse:
        return self._here(letter).posting.chat_update(
            channel=letter.delivery.place.room,
            ts=letter.stands_at or letter.card_ref or "",
            text=writing.text,
            blocks=list(writing.blocks),
        )

    def _room(self, letter: Letter | Bulletin) -> str:
        """The channel; the direct conversation with a person, where the place is one."""
        room = letter.delivery.place.room
        if not room.startswith(PEOPLE):
            return room
        return str(asked(lambda: self._here(letter).posting.conversations_open(users=room))["channel"]["id"])

    def _sources(self, letter: Letter) -> tuple[Source, ...]:
        if letter.purpose not in SHOWS_SOURCES:
            return ()
        return self._ledger.read(sources_of(letter.inquiry, letter.consultation.municipality.code))

    def _standing(self, letter: Letter | Bulletin) -> Iterator[dict[str, Any]]:
        """The messages of the thread, or the channel's own since the case was opened, page by page."""
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = self._page(letter, cursor)
            yield from page.get("messages", [])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _page(self, letter: Letter | Bulletin, cursor: str | None) -> SlackResponse:
        room, thread, client = self._room(letter), _thread(letter), self._here(letter).posting
        if thread is not None:
            return asked(
                lambda: client.conversations_replies(
                    channel=room, ts=thread, include_all_metadata=True, limit=PAGE, cursor=cursor
                )
            )
        since = _since(letter).timestamp() - EARLIER_S
        return asked(
            lambda: client.conversations_history(
                channel=room, oldest=f"{since:.6f}", include_all_metadata=True, limit=PAGE, cursor=cursor
            )
        )


def _thread(letter: Letter | Bulletin) -> str | None:
    """The root that the letter stands under; None: a message of its own in the channel."""
    if isinstance(letter, Letter) and letter.purpose in CARD_THREAD:
        return letter.card_ref
    return letter.delivery.place.thread or None


def _since(letter: Letter | Bulletin) -> datetime:
    """From when on a message of its own may stand in the channel."""
    if isinstance(letter, Letter):
        return letter.case.opened_at if letter.case else letter.inquiry.received_at
    if isinstance(letter.tells, Morning):
        return datetime.combine(tokyo_date(letter.tells.at), time(), TOKYO)
    if isinstance(letter.tells, Expiring):
        return datetime.combine(letter.tells.since, time(), TOKYO)
    return letter.tells.figures.week.until


def _metadata(letter: Letter | Bulletin) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": letter.delivery.id}}


def _is(said: dict[str, Any], ours: str, wanted: dict[str, Any]) -> bool:
    metadata = said.get("metadata") or {}
    return (
        said.get("bot_id") == ours
        and metadata.get("event_type") == EVENT_TYPE
        and metadata.get("event_payload") == wanted["event_payload"]
    )
