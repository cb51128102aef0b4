"""Files of the web: they have no home but ours, so we hold them, sealed, for as long as they are needed.

In pieces of their own transactions, before the words they come with: the log's database has one writer, and Slack's
acks wait for it. Words that stand have their files; a file whose words never came goes after a day.
"""

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO

import structlog

from consultation.attachment import HELD, LARGEST, Attached, Unfit
from consultation.errors import BadInput, FileUnfit, WrongSetting
from consultation.file_name import clean_name
from desk import wording
from desk.contents import unfit_inside
from desk.sealing import Seal
from records.held import HeldBook
from records.ledger import Ledger
from records.rows import AttachmentRow

log = structlog.get_logger()

MOST_FILES = 5
"""With one form."""
PIECE = 1024 * 1024
KEEP_DAYS = 30
WORDLESS = timedelta(days=1)
LOOK_S = 3600.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a form brought it: its name as given there, and its bytes."""

    name: str
    file: IO[bytes]


class Holding:
    """Takes uploads in, gives them out, and lets go of what nobody needs any more."""

    def __init__(self, ledger: Ledger, seal: Seal, largest: int = LARGEST, keep_days: int = KEEP_DAYS) -> None:
        self._ledger = ledger
        self._seal = seal
        self.largest = largest
        """Of one file, in bytes."""
        self._keep = timedelta(days=keep_days)
        self._looked_at = float("-inf")

    def take(self, key: str, uploads: Sequence[Upload]) -> tuple[Attached, ...]:
        """Hold the files of one form, all or none. `key` is the form's identity: sent again, they are the same files.

        Raises BadInput: too many, or one that is not passed on, and why.
        """
        if len(uploads) > MOST_FILES:
            raise BadInput(wording.TOO_MANY_FILES.format(most=MOST_FILES))
        announced = [self._announced(key, upload) for upload in uploads]
        for file, upload in zip(announced, uploads, strict=True):
            why = file.unfit or unfit_inside(file.name, upload.file)
            if why is not None:
                raise BadInput(wording.unfit(file.name, why))
        for file, upload in zip(announced, uploads, strict=True):
            self._keep_pieces(file.ref, upload.file)
        return tuple(announced)

    def fetch(self, file: AttachmentRow, into: IO[bytes]) -> str:
        """desk.files.FileSource for what is held."""
        got, piece = 0, 0
        while (sealed := self._piece(file.ref, piece)) is not None:
            try:
                got += into.write(self._seal.opened_bytes(sealed))
            except WrongSetting:
                log.error("held_file_under_another_key", attachment=file.id)
                raise FileUnfit(Unfit.UNREACHABLE) from None
            piece += 1
        if got != file.size or not piece:
            raise FileUnfit(Unfit.EXPIRED)
        return file.name

    def look(self, now: datetime) -> int:
        """Every hour: let go of what was uploaded long ago and no case needs. How many files."""
        if time.monotonic() - self._looked_at < LOOK_S:
            return 0
        self._looked_at = time.monotonic()
        return self.let_go(now)

    def let_go(self, now: datetime) -> int:
        """Of what is past, at once. How many files."""
        kept, wordless = now - self._keep, now - WORDLESS

        def let_go(ref: str) -> bool:
            return self._ledger.write(lambda session: HeldBook(session).let_go_unneeded(ref, kept, wordless, now))

        past = self._ledger.read(lambda session: {*HeldBook(session).past(kept), *HeldBook(session).wordless(wordless)})
        return sum(map(let_go, past))

    def renew(self) -> int:
        """Seal again what an older key sealed, so that it may be thrown away. How many pieces no key opens."""
        if not self._seal.is_changing:
            return 0
        shut = 0
        for ref, piece in self._ledger.read(lambda session: HeldBook(session).pieces()):
            shut += not self._renewed(ref, piece)
        if shut:
            log.error("held_files_under_another_key", pieces=shut)
        return shut

    def is_readable(self) -> bool:
        """Whether our keys open what was uploaded last; true where nothing is held."""
        newest = self._ledger.read(lambda session: HeldBook(session).pieces())[:1]
        try:
            for ref, piece in newest:
                self._seal.opened_bytes(self._piece(ref, piece) or b"")
        except WrongSetting:
            return False
        return True

    def _renewed(self, ref: str, piece: int) -> bool:
        sealed = self._piece(ref, piece)
        if sealed is None:
            return True
        try:
            renewed = self._seal.renewed_bytes(sealed)
        except WrongSetting:
            return False
        if renewed != sealed:
            self._ledger.write(lambda session: HeldBook(session).replace(ref, piece, renewed))
        return True

    def _announced(self, key: str, upload: Upload) -> Attached:
        name, size = clean_name(upload.name), upload.file.seek(0, os.SEEK_END)
        upload.file.seek(0)
        digest = hashlib.file_digest(upload.file, "sha256").hexdigest() if size <= self.largest else ""  # type: ignore[arg-type]
        ref = hashlib.sha256("\0".join((key, name, digest)).encode()).hexdigest()[:32]
        return Attached(HELD, ref, name, size).within(self.largest)

    def _keep_pieces(self, ref: str, file: IO[bytes]) -> None:
        file.seek(0)
        piece = 0
        while (data := file.read(PIECE)) or not piece:  # an empty file has one piece as well
            sealed, number = self._seal.closed_bytes(data), piece
            self._ledger.write(lambda session: HeldBook(session).keep(ref, number, sealed, _now()))  # noqa: B023
            piece += 1

    def _piece(self, ref: str, piece: int) -> bytes | None:
        return self._ledger.read(lambda session: HeldBook(session).piece(ref, piece))


def _now() -> datetime:
    return datetime.now(UTC)
