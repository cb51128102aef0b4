"""Files to the library, incrementally: unchanged nothing, changed replaced, gone removed; each file one transaction.

All of it waits (records/staging.py) until the knowledge has embedded it and lets it go live at once. An interrupted
run is resumed by running it again: what waits is unchanged by then.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from consultation.errors import BadInput, MaterialUnreadable, Unavailable
from consultation.municipality import MunicipalityCode
from consultation.passage import MaterialKind
from ingest import wording
from ingest.blocks import Reading
from ingest.catalogue import NAME, Catalogue, Row, bodies, catalogue_for, day, kind
from ingest.chunking import chunks_from
from records.ledger import Ledger, Session
from records.library import Library, Material, Piece, Standing
from records.registry import Registry
from records.staging import Stage, Staging
from records.versions import Versions

CHUNKING = "1"  # raise it when readers or chunking change what they make of the same file: all is read anew


class Fate(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    REMOVED = "removed"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileReport:
    path: str
    fate: Fate
    passages: int = 0
    reason: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator says of the files; None leaves it to the catalogue."""

    kind: MaterialKind | None = None
    visible_to: str | None = None
    hold: bool = False
    """It waits for a reviewer. What waits so goes on waiting, whatever a later run wishes."""


class Intake:
    """Brings files into the library."""

    def __init__(self, ledger: Ledger, read: Callable[[Path], Reading]) -> None:
        """`read` raises MaterialUnreadable; a desk gives one that reads each file in a confined process."""
        self._ledger = ledger
        self._read = read

    def bring_in(self, paths: Sequence[Path], wish: Wish) -> Iterator[FileReport]:
        """One report per file, as it is done; folders are followed, and what vanished from them is removed."""
        for path in paths:
            root = path.expanduser().resolve()
            try:
                catalogue = catalogue_for(root)
            except BadInput as no:  # it says who may see the files: without it none is taken
                yield FileReport(str(root), Fate.FAILED, reason=no.reason)
                continue
            if root.is_dir():
                yield from self._folder(root, catalogue, wish)
            elif root.is_file():
                yield self._file(root, catalogue, wish)
            else:
                yield self._missing(root, wish)

    def _folder(self, root: Path, catalogue: Catalogue, wish: Wish) -> Iterator[FileReport]:
        files = [path for path in sorted(root.rglob("*")) if _is_material(path, catalogue, root)]
        standing = self._ledger.read(lambda session: Library(session).paths(f"{root}/"))
        gone = set(standing) - {str(path) for path in files}
        arrived = [path for path in files if str(path) not in standing]
        moves = self._moves(sorted(gone), arrived, catalogue, wish)
        for path in files:
            moved_from = moves.get(path)
            taken = (
                self._file(path, catalogue, wish)
                if moved_from is None
                else self._moved(moved_from, path, catalogue, wish)
            )
            yield taken
        for vanished in sorted(gone - set(moves.values())):
            yield self._removed(vanished, wish)
        for named in catalogue.under(root):
            if named not in files and str(named) not in gone:
                yield FileReport(str(named), Fate.FAILED, reason=wording.NAMED_ONLY)

    def _moves(self, gone: Sequence[str], arrived: Sequence[Path], catalogue: Catalogue, wish: Wish) -> dict[Path, str]:
        """Which of the files that are new here stood elsewhere before: each new path with its old one."""
        left = {path: found for path in gone if (found := self._standing(path)) is not None}
        moves: dict[Path, str] = {}
        for path in arrived if left else ():
            likely = sorted(left, key=lambda old: Path(old).name != path.name)
            old = next((old for old in likely if _is_same(path, old, left[old], catalogue, wish)), None)
            if old is not None:
                moves[path] = old
                del left[old]
        return moves

    def _moved(self, old: str, path: Path, catalogue: Catalogue, wish: Wish) -> FileReport:
        try:
            self._ledger.write(lambda session: Versions(session).move(old, str(path)))
        except Unavailable:
            return FileReport(str(path), Fate.FAILED, reason=wording.LOG_LOCKED)
        taken = self._file(path, catalogue, wish)  # it may be called otherwise now
        if taken.fate is Fate.FAILED:
            return taken
        return replace(taken, fate=Fate.MOVED, reason=wording.moved_from(old))

    def _file(self, path: Path, catalogue: Catalogue, wish: Wish) -> FileReport:
        shown = str(path).encode(errors="replace").decode()
        if shown != str(path):
            return FileReport(shown, Fate.FAILED, reason=wording.BAD_NAME)
        try:
            return self._publish(path, catalogue.row_of(path), wish)
        except BadInput as no:
            return FileReport(shown, Fate.FAILED, reason=no.reason)
        except OSError:
            return FileReport(shown, Fate.FAILED, reason=wording.NOT_A_FILE)
        except Unavailable:
            return FileReport(shown, Fate.FAILED, reason=wording.LOG_LOCKED)

    def _publish(self, path: Path, row: Row, wish: Wish) -> FileReport:
        standing = self._standing(path)
        material = _material(path, row, wish, standing)
        self._check_bodies(material.visible_to)
        fingerprint = _fingerprint(path, material)
        if standing is not None and fingerprint in {standing.fingerprint, standing.live_fingerprint}:
            return self._known(path, standing, fingerprint)
        reading = self._read(path)
        pieces = [Piece(chunk.locator, chunk.heading, chunk.text, chunk.sentences) for chunk in chunks_from(reading)]
        if not pieces:
            raise MaterialUnreadable(wording.WITHOUT_TEXT)
        named = material if row.get("title") or not reading.title else replace(material, title=reading.title)
        now = datetime.now(UTC)

        def deed(session: Session) -> None:
            staging = Staging(session)
            staging.settle(str(path))
            shelved = Library(session).shelve(str(path), fingerprint, named, pieces, now)
            staging.put(shelved, _stage(standing, wish))

        self._ledger.write(deed)
        fate = Fate.ADDED if standing is None else Fate.CHANGED
        return FileReport(str(path), fate, len(pieces), _waits(standing, wish), reading.remarks)

    def _known(self, path: Path, standing: Standing, fingerprint: str) -> FileReport:
        """What was read before; where it is what is live, nothing else needs to wait, nor the document to leave."""
        if standing.leaving is None and standing.fingerprint == fingerprint:
            return FileReport(str(path), Fate.HELD if standing.stage == Stage.HELD else Fate.UNCHANGED)
        self._ledger.write(lambda session: Staging(session).settle(str(path)))
        return FileReport(str(path), Fate.UNCHANGED)

    def _standing(self, path: Path | str) -> Standing | None:
        return self._ledger.read(lambda session: Library(session).standing(str(path)))

    def _check_bodies(self, codes: frozenset[MunicipalityCode] | None) -> None:
        self._ledger.read(lambda session: [Registry(session).municipality(code) for code in sorted(codes or ())])

    def _missing(self, path: Path, wish: Wish) -> FileReport:
        """A path that is not there: removed where the library knew it, else a mistake."""
        if self._standing(path) is not None:
            return self._removed(str(path), wish)
        return FileReport(str(path), Fate.FAILED, reason=wording.NOT_A_FILE)

    def _removed(self, path: str, wish: Wish) -> FileReport:
        try:
            standing = self._standing(path)
            self._ledger.write(lambda session: Staging(session).leave(path, _stage(standing, wish)))
        except Unavailable:
            return FileReport(path, Fate.FAILED, reason=wording.LOG_LOCKED)
        was_live = standing is not None and standing.live_fingerprint is not None
        return FileReport(path, Fate.REMOVED, reason=_waits(standing, wish) if was_live else "")


def _stage(standing: Standing | None, wish: Wish) -> Stage:
    waits = standing is not None and Stage.HELD in {standing.stage, standing.leaving}
    return Stage.HELD if wish.hold or waits else Stage.COMING


def _waits(standing: Standing | None, wish: Wish) -> str:
    """Said where the operator did not ask for it: what a reviewer has not let go yet still waits."""
    return wording.STILL_HELD if not wish.hold and _stage(standing, wish) is Stage.HELD else ""


def _is_material(path: Path, catalogue: Catalogue, root: Path) -> bool:
    """Whether a file in a folder is meant for the desk: hidden files, office locks and the catalogue are not.

    Where a catalogue names the folder's files, it decides: sources and notes may lie beside them.
    """
    inside = path.relative_to(root).parts
    if not path.is_file() or path.name == NAME or any(part.startswith((".", "~$")) for part in inside):
        return False
    if not path.resolve().is_relative_to(root):
        return False  # a link out of the folder is nobody's material
    return path in catalogue.rows if catalogue.under(root) else True


def _is_same(path: Path, old: str, stood: Standing, catalogue: Catalogue, wish: Wish) -> bool:
    """Whether the file is what stood at `old`: same bytes, same things said; only a title may follow the name."""
    try:
        material = _material(path, catalogue.row_of(path), wish, stood)
        titles = {material.title, Path(old).stem} if material.title == path.stem else {material.title}
        return any(_fingerprint(path, replace(material, title=title)) == stood.fingerprint for title in titles)
    except (BadInput, OSError, UnicodeError):
        return False  # told when the file itself is taken


def _material(path: Path, row: Row, wish: Wish, standing: Standing | None) -> Material:
    """What is said of a file: by the operator's wish, else by the catalogue, else as it stood."""
    stood = standing.kind if standing else MaterialKind.WORKSHOP
    return Material(
        title=row.get("title") or path.stem,
        kind=wish.kind or kind(row.get("kind") or stood.value),
        as_of=day(row, "as_of"),
        source=row.get("source") or "",
        source_kind=row.get("source_kind") or "",
        valid_from=day(row, "valid_from"),
        valid_until=day(row, "valid_until"),
        visible_to=_visible_to(row, wish, standing),
        supersedes=row.get("supersedes") or "",
        programme=row.get("programme") or "",
    )


def _visible_to(row: Row, wish: Wish, standing: Standing | None) -> frozenset[MunicipalityCode] | None:
    """Who may see it. What was kept to some bodies is opened to all by the operator's word only, never by a rerun."""
    if wish.visible_to is not None:
        return bodies(wish.visible_to)
    named = bodies(row.get("visible_to") or "")
    return standing.visible_to if named is None and standing is not None else named


def _fingerprint(path: Path, material: Material) -> str:
    said = "\x1f".join(
        str(part)
        for part in (
            CHUNKING,
            material.title,
            material.kind.value,
            material.as_of,
            material.source,
            material.source_kind,
            material.valid_from,
            material.valid_until,
            material.supersedes,
            material.programme,
            sorted(material.visible_to) if material.visible_to is not None else None,
        )
    )
    digest = hashlib.sha256(said.encode())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
