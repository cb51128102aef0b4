"""A file's bytes, wherever they lie: held by us, or in Slack (bot implements that); looked at before they are given."""

from typing import IO, Protocol

from consultation.attachment import HELD
from consultation.errors import FileUnfit, PostRefused
from desk.contents import unfit_inside
from desk.holding import Holding
from records.rows import AttachmentRow

NO_SLACK = "no_slack"
"""Ours, beside Slack's codes: the desk runs without it."""


class FileSource(Protocol):
    """Where files lie."""

    def fetch(self, file: AttachmentRow, into: IO[bytes]) -> str:
        """The file's bytes into a file of ours; its name. Raises FileUnfit, PostDelayed, PostRefused, PostUnknown."""


class Files:
    """FileSource for every file of the log: what comes out is what its name says."""

    def __init__(self, holding: Holding, slack: FileSource | None) -> None:
        self.holding = holding
        self._slack = slack

    def fetch(self, file: AttachmentRow, into: IO[bytes]) -> str:
        """As FileSource. Raises PostRefused (NO_SLACK) for a file of Slack's where there is none."""
        source = self.holding if file.team == HELD else self._slack
        if source is None:
            raise PostRefused(NO_SLACK)
        name = source.fetch(file, into)
        why = unfit_inside(name, into)
        if why is not None:
            raise FileUnfit(why)
        return name
