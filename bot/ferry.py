"""Carries a file from one thread to another: fetched, looked at, uploaded, made visible.

Slack makes an upload visible with one call that knows no idempotency and does not say where the message stands. But the
upload's id is known before that call: it is noted in the log, and whoever tries again looks for that very file first.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import IO, Any

from slack_sdk import WebClient

from bot import wording
from bot.blocks.text import FALLBACK, fitted
from bot.faults import asked
from bot.fetching import upload
from bot.slack_files import GONE
from consultation.errors import PostRefused, PostUnknown
from desk.files import FileSource
from desk.letters import Letter, Purpose
from records.attachments import AttachmentBook
from records.ledger import Ledger
from records.rows import AttachmentRow

SHARING_S = 120.0  # a finished upload becomes visible a little later; after this it will not


class Ferry:
    """`client_of` gives the client of the workspace where a file goes to, `files` its bytes, looked at."""

    def __init__(self, client_of: Callable[[str], WebClient], ledger: Ledger, files: FileSource) -> None:
        self._client_of = client_of
        self._ledger = ledger
        self._files = files

    def carry(self, letter: Letter, thread: str | None) -> str:
        """Slack's id of the copy. Raises FileUnfit, PostDelayed, PostRefused, PostUnknown."""
        file = _file(letter)
        with tempfile.TemporaryFile() as held:  # without a name: a kill leaves nothing of it behind
            name = self._files.fetch(file, held)
            ref = self._uploaded(file, name, held, self._client_of(letter.delivery.place.team))
        self._shown(letter, thread, ref, name)
        return ref

    def find(self, letter: Letter, standing: Callable[[], Iterable[dict[str, Any]]]) -> str | None:
        """Where the copy stands, if it does. Raises PostUnknown while Slack is still about to show it."""
        ref, place = _file(letter).upload_ref, letter.delivery.place
        if ref is None:
            return None
        for said in standing():
            if any(one.get("id") == ref for one in said.get("files") or []):
                return str(said["ts"])
        try:
            info = asked(lambda: self._client_of(place.team).files_info(file=ref))["file"]
        except PostRefused:
            return None  # it was never finished, or is gone
        if time.time() - float(info.get("created") or 0) < SHARING_S:
            raise PostUnknown("not shown yet")
        return None

    def take_away(self, letter: Letter) -> str:
        """Delete the copy; one that is gone already is well."""
        ref = _file(letter).upload_ref or ""
        try:
            asked(lambda: self._client_of(letter.delivery.place.team).files_delete(file=ref))
        except PostRefused as refusal:
            if refusal.code not in GONE:
                raise
        return ref

    def _uploaded(self, file: AttachmentRow, name: str, held: IO[bytes], client: WebClient) -> str:
        length = held.seek(0, os.SEEK_END)
        held.seek(0)
        where = asked(lambda: client.files_getUploadURLExternal(filename=name, length=length))
        ref = str(where["file_id"])
        upload(client, str(where["upload_url"]), length, held)
        self._ledger.write(lambda session: AttachmentBook(session).uploaded(file.id, ref))
        return ref

    def _shown(self, letter: Letter, thread: str | None, ref: str, name: str) -> None:
        client, place, words = self._client_of(letter.delivery.place.team), letter.delivery.place, _words(letter)
        asked(
            lambda: client.files_completeUploadExternal(
                files=[{"id": ref, "title": name}], channel_id=place.room, thread_ts=thread, initial_comment=words
            )
        )


def _words(letter: Letter) -> str:
    if letter.purpose is Purpose.ASKER_FILE or letter.turn is None:
        return wording.ASKER_FILE
    return fitted(wording.REPLY_FILE.format(name=letter.turn.name), FALLBACK)


def _file(letter: Letter) -> AttachmentRow:
    if letter.file is None:
        raise ValueError(f"letter {letter.delivery.id} has no file")
    return letter.file
