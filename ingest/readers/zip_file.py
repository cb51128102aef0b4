"""ZIP: each material in it by its own reader, under its own name. Nothing is unpacked under a name of the archive's."""

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Block, Reading

MOST_MEMBERS = 500
_UTF8_NAME = 0x800  # the flag of an archive that says its names are UTF-8: APPNOTE 4.4.4, bit 11

Read = Callable[[Path], Reading]


def read(path: Path, read_member: Read) -> Reading:
    """All members in one reading; a member that cannot be read is named with its reason in a remark."""
    blocks: list[Block] = []
    remarks: list[str] = []
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        members = list(_members(archive))
        if len(members) > MOST_MEMBERS:
            raise MaterialUnreadable(wording.too_many_members(MOST_MEMBERS))
        for number, (name, info) in enumerate(members):
            place = Path(folder) / f"{number}{_suffix(name)}"
            try:
                reading = _member(archive, info, place, read_member)
            except MaterialUnreadable as no:
                remarks.append(wording.member_refused(name, no.reason))
                continue
            finally:
                place.unlink(missing_ok=True)
            blocks += (_placed(block, name, reading.title) for block in reading.blocks)
            remarks += (wording.member_remark(name, remark) for remark in reading.remarks)
    if not blocks:
        raise MaterialUnreadable(" ".join(remarks[:3]) or wording.WITHOUT_TEXT)
    return Reading(None, tuple(blocks), tuple(remarks))


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """What may be a material: no folders, no links, nothing hidden."""
    for info in archive.infolist():
        name = _name(info)
        parts = PurePosixPath(name.replace("\\", "/")).parts
        hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)
        if not info.is_dir() and not hidden and not stat.S_ISLNK(info.external_attr >> 16):
            yield "/".join(part for part in parts if part not in {"..", "/"}) or name, info


def _name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are read by zipfile as cp437; offices here write cp932, and Macs UTF-8."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix if suffix.isascii() and suffix[1:].isalnum() else ""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path, read_member: Read) -> Reading:
    if place.suffix.lower() == ".zip":
        raise MaterialUnreadable(wording.NESTED)
    try:
        with archive.open(info) as packed, place.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise MaterialUnreadable(wording.BROKEN) from error
    return read_member(place)


def _placed(block: Block, name: str, title: str | None) -> Block:
    heading = (title or PurePosixPath(name).stem, *block.heading)
    return replace(block, locator=wording.inside(name, block.locator), heading=heading)
