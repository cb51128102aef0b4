"""ZIP: each material in it by its own reader, under its own name. Nothing is unpacked under a name of the archive's."""

import shutil
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from consultation.errors import MaterialUnreadable
from ingest import wording
from ingest.blocks import Reading
from ingest.readers.members import Member, Read, with_members

_UTF8_NAME = 0x800  # the flag of an archive that says its names are UTF-8: APPNOTE 4.4.4, bit 11


def read(path: Path, read_member: Read) -> Reading:
    """All members in one reading; a member that cannot be read is named with its reason in a remark."""
    with zipfile.ZipFile(path) as archive:
        return with_members(Reading(None, ()), list(_members(archive)), read_member)


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """What may be a material: no folders, no links, nothing hidden."""
    for info in archive.infolist():
        name = _name(info)
        parts = PurePosixPath(name.replace("\\", "/")).parts
        hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)
        if not info.is_dir() and not hidden and not stat.S_ISLNK(info.external_attr >> 16):
            shown = "/".join(part for part in parts if part not in {"..", "/"}) or name
            yield Member(shown, partial(_unpack, archive, info))


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


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path) -> None:
    if place.suffix.lower() == ".zip":
        raise MaterialUnreadable(wording.NESTED)
    try:
        with archive.open(info) as packed, place.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise MaterialUnreadable(wording.BROKEN) from error
