"""Files that lie in Slack: fetched to a file of ours, never more than announced. desk.files.FileSource for Slack."""

from collections.abc import Callable
from typing import IO

from slack_sdk import WebClient

from bot.attached import attached
from bot.faults import asked
from bot.fetching import download
from bot.opening import workspaces_from
from bot.settings import SlackSettings
from consultation.attachment import LARGEST, Unfit
from consultation.errors import FileUnfit, PostRefused
from records.attachments import AttachmentBook
from records.ledger import Ledger
from records.rows import AttachmentRow

GONE = frozenset({"file_not_found", "file_deleted"})


def slack_files_from(settings: SlackSettings, ledger: Ledger) -> "SlackFiles | None":
    """None where Slack is not used."""
    if not settings.is_used:
        return None
    workspaces = workspaces_from(settings, ledger)
    return SlackFiles(lambda team: workspaces.of(team).posting, ledger, settings.largest_file)


class SlackFiles:
    """`client_of` gives the client of a workspace."""

    def __init__(self, client_of: Callable[[str], WebClient], ledger: Ledger, largest: int = LARGEST) -> None:
        self._client_of = client_of
        self._ledger = ledger
        self._largest = largest

    def fetch(self, file: AttachmentRow, into: IO[bytes]) -> str:
        """What Slack says of the file now counts, not what it said when it was shared."""
        client = self._client_of(file.team)
        try:
            told = asked(lambda: client.files_info(file=file.ref))["file"]
        except PostRefused as refusal:
            raise FileUnfit(Unfit.GONE if refusal.code in GONE else Unfit.UNREACHABLE) from refusal
        now = attached({"id": file.ref, **told}, file.team).within(self._largest)
        if now.unfit is not None:
            raise FileUnfit(now.unfit)
        if not now.name or now.size is None:
            raise FileUnfit(Unfit.UNREACHABLE)
        name, size = now.name, now.size
        if (file.name, file.size) != (name, size):
            self._ledger.write(lambda session: AttachmentBook(session).learn(file.id, name, size))
        download(client, str(told.get("url_private_download") or told.get("url_private") or ""), size, into)
        return name
