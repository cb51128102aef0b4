"""E-mail: subject as title, what its sender wrote, then what is attached; addresses and quoted mails are left out."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path, PurePosixPath

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.encodings import text_from
from ingest.readers import html, text
from ingest.readers.members import Member, Read, with_members

_QUOTED = re.compile(r"^[ \t]*[>＞].*$", re.MULTILINE)
_MAIL = "message/rfc822"


def read(path: Path, read_member: Read) -> Reading:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(preferencelist=("plain", "html"))
    reading = _body(body) if isinstance(body, EmailMessage) else Reading(None, ())
    title = str(mail["subject"] or "").strip() or reading.title
    return with_members(Reading(title, reading.blocks, reading.remarks), list(_attached(mail)), read_member)


def _body(body: EmailMessage) -> Reading:
    words = _text(body)
    if body.get_content_type() == "text/html":
        return html.reading_of(words)
    return text.reading_of(_QUOTED.sub("", words))


def _text(body: EmailMessage) -> str:
    """By its charset; by its bytes where the mail names one that does not exist or fit."""
    try:
        words = str(body.get_content(errors="strict"))
    except (LookupError, UnicodeError):
        raw = body.get_payload(decode=True)
        words = text_from(raw) if isinstance(raw, bytes) else ""
    return words


def _attached(mail: EmailMessage) -> Iterator[Member]:
    for part in mail.iter_attachments():
        yield Member(_name(part), partial(_save, part))


def _name(part: EmailMessage) -> str:
    """As its sender called it, without folders; a mail that was forwarded as a file goes by its subject."""
    given = PurePosixPath(str(part.get_filename() or "").replace("\\", "/")).name
    if part.get_content_type() != _MAIL:
        return given or part.get_content_type()
    subject = str(_inner(part)["subject"] or "").replace("/", "／").strip()
    return given if given.lower().endswith(".eml") else f"{given or subject or 'メール'}.eml"


def _save(part: EmailMessage, place: Path) -> None:
    raw = _inner(part).as_bytes() if part.get_content_type() == _MAIL else part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        raise MaterialUnreadable(wording.BROKEN)
    place.write_bytes(raw)


def _inner(part: EmailMessage) -> EmailMessage:
    inner = part.get_payload(0)
    return inner if isinstance(inner, EmailMessage) else EmailMessage()
