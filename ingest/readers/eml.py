"""E-mail: subject as title, the text as its sender wrote it; addresses, quoted mails and attachments are left out."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from ingest import wording
from ingest.blocks import Reading
from ingest.readers import html, text
from ingest.readers.encodings import text_from

_QUOTED = re.compile(r"^[ \t]*[>＞].*$", re.MULTILINE)


def read(path: Path) -> Reading:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(preferencelist=("plain", "html"))
    reading = _body(body) if isinstance(body, EmailMessage) else Reading(None, ())
    names = [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()]
    remarks = tuple(wording.attachment_left(name) for name in names)
    return Reading(str(mail["subject"] or "").strip() or reading.title, reading.blocks, (*reading.remarks, *remarks))


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
