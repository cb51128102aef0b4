"""A catalogue beside materials: one row a file, saying kind, date (時点), source, validity and who may see it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from consultation.errors import BadInput, MaterialUnreadable
from consultation.municipality import MunicipalityCode, municipality_code
from consultation.passage import MaterialKind
from ingest import wording
from ingest.encodings import text_from

NAME = "catalogue.csv"
FILES = "files"  # the folder beside a catalogue in which its files may lie
LEVELS = 4  # how far above a file its catalogue may lie
FILE_KINDS = tuple(kind.value for kind in MaterialKind if kind is not MaterialKind.ARTICLE)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rows by file, resolved."""

    rows: Mapping[Path, Row]

    def row_of(self, path: Path) -> Row:
        """What is said of a file; empty where nothing is."""
        return self.rows.get(path, {})

    def under(self, root: Path) -> list[Path]:
        """The files that it names in a folder, in its order."""
        return [path for path in self.rows if path.is_relative_to(root)]


def catalogue_for(path: Path) -> Catalogue:
    """The catalogue that speaks of `path` (a file or a folder): beside it or above. Raises BadInput for a bad table."""
    folders = [path, *path.parents] if path.is_dir() else list(path.parents)
    for folder in folders[:LEVELS]:
        if (folder / NAME).is_file():
            return _read(folder / NAME)
    return Catalogue({})


def _read(path: Path) -> Catalogue:
    root = path.parent / FILES if (path.parent / FILES).is_dir() else path.parent
    try:
        reader = csv.DictReader(io.StringIO(text_from(path.read_bytes()), newline=""))
        table = [_row(row) for row in reader]
    except (OSError, csv.Error, MaterialUnreadable) as error:
        raise BadInput(wording.unreadable_catalogue(str(path))) from error
    if "file" not in (reader.fieldnames or ()):
        raise BadInput(wording.bad_catalogue(str(path)))
    rows: dict[Path, Row] = {}
    for row in table:
        if not row["file"]:
            continue
        file = (root / row["file"]).resolve()
        if file in rows:
            raise BadInput(wording.named_twice(str(path), row["file"]))
        replaced = row.get("supersedes")
        rows[file] = {**row, "supersedes": str((root / replaced).resolve())} if replaced else row
    return Catalogue(rows)


def _row(cells: Mapping[str | None, str | list[str] | None]) -> Row:
    """A row without the cells that have no column, and without None where it is too short."""
    return {column: cell.strip() if isinstance(cell, str) else "" for column, cell in cells.items() if column}


def day(row: Row, column: str) -> date | None:
    """A date of the row (2020-07-31), None where it is empty."""
    text = row.get(column) or ""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(wording.bad_date(column, text)) from error


def kind(text: str) -> MaterialKind:
    """The kind of a file. An article is none: it becomes one by a reviewer's approval alone."""
    if text not in FILE_KINDS:
        raise BadInput(wording.bad_kind(text, "、".join(FILE_KINDS)))
    return MaterialKind(text)


def bodies(text: str) -> frozenset[MunicipalityCode] | None:
    """Who may see it: `all` (or nothing) is None, else municipality codes between commas."""
    if text.strip() in {"", "all"}:
        return None
    return frozenset(municipality_code(code.strip()) for code in text.split(","))
