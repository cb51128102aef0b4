"""Slack's file objects to files as the desk knows them. Nothing is fetched here: an ack waits for it.

Source: docs.slack.dev/reference/objects/file-object.
"""

from collections.abc import Mapping
from typing import Any

from consultation.attachment import ALLOWED, Attached, Unfit, extension
from consultation.file_name import clean_name

LARGEST_NUMBER = 2**62
_GONE = frozenset({"tombstone", "hidden_by_limit"})
_UNSEEN = frozenset({"check_file_info", "file_not_found", "access_denied"})


def files_from(listed: object, team: str) -> tuple[Attached, ...]:
    """The files of a message, or of a file input; `team` is the workspace whose installation sees them."""
    every = listed if isinstance(listed, list) else []
    return tuple(attached(one, team) for one in every if isinstance(one, Mapping) and _text(one, "id"))


def attached(file: Mapping[str, Any], team: str) -> Attached:
    """One file. In a shared channel (`check_file_info`) Slack says of it only that it is."""
    size = file.get("size")
    is_size = isinstance(size, int) and not isinstance(size, bool) and 0 <= size < LARGEST_NUMBER
    is_seen = file.get("file_access") not in _UNSEEN
    return Attached(
        team=team,
        ref=_text(file, "id"),
        name=_name(file) if is_seen else "",
        size=size if is_size and is_seen else None,
        unfit=_unfit(file),
    )


def _unfit(file: Mapping[str, Any]) -> Unfit | None:
    if file.get("mode") in _GONE or file.get("is_deleted") is True:
        return Unfit.GONE
    return Unfit.EXTERNAL if file.get("mode") == "external" or file.get("is_external") is True else None


def _name(file: Mapping[str, Any]) -> str:
    """Its name; one without an extension gets that of Slack's filetype, which its bytes then have to bear out."""
    name, kind = _text(file, "name") or _text(file, "title"), _text(file, "filetype")
    kind = "txt" if kind == "text" else kind
    return clean_name(name if extension(name) or kind not in ALLOWED else f"{name}.{kind}")


def _text(file: Mapping[str, Any], name: str) -> str:
    found = file.get(name)
    return found if isinstance(found, str) else ""
