"""What the ingest must know beside the files: one row per file, with kind, date, source and validity."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

KINDS = ("workshop", "best-practice", "e-learning", "programme", "faq", "form")
SOURCE_KINDS = ("公的", "報道", "事業者PR", "個人ブログ", "自作")


class SourceError(Exception):
    """A text source that people must mend; the message names the file and the field."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue. Dates are ISO; an empty `as_of` is unknown, an empty `valid_until` open.

    `supersedes` names another file.
    """

    file: str
    kind: str
    title: str
    as_of: str
    source: str
    source_kind: str
    valid_from: str
    valid_until: str = ""
    supersedes: str = ""
    visible_to: str = "all"
    programme: str = ""
    """Names between semicolons, other names in brackets: consultation/programmes.py reads them."""


def entry_from(meta: dict[str, object], where: str) -> Entry:
    """The row that a source's front matter describes; raises SourceError."""
    known = {field.name for field in fields(Entry)}
    values = {key: "" if value is None else str(value) for key, value in meta.items() if key in known}
    missing = {"file", "kind", "title", "as_of", "source", "source_kind"} - values.keys()
    if missing:
        raise SourceError(f"{where}: {', '.join(sorted(missing))} missing")
    if values["kind"] not in KINDS or values["source_kind"] not in SOURCE_KINDS:
        raise SourceError(f"{where}: unknown kind or source_kind")
    values.setdefault("valid_from", values["as_of"])
    if not values["valid_from"]:
        raise SourceError(f"{where}: without as_of, valid_from must be given")
    return Entry(**values)


def as_csv(entries: Iterable[Entry]) -> bytes:
    """The catalogue, sorted by file, UTF-8, LF."""
    names = [field.name for field in fields(Entry)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([getattr(entry, name) for name in names] for entry in sorted(entries, key=lambda e: e.file))
    return out.getvalue().encode()
