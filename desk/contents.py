"""Whether a file's bytes are what its name says. Read to be passed on, never to be understood: nothing is unpacked."""

import os
import zipfile
from collections.abc import Callable
from typing import IO

from consultation.attachment import Unfit, extension

HEAD = 1024
PIECE = 64 * 1024
LARGEST_DIRECTORY = 2 * 1024 * 1024  # of a zip: office files list tens of parts; more would only cost memory
TAIL = 22 + 65_535  # where a zip's end record stands: APPNOTE 4.3.16
_END, _LOCAL, _OLE = b"PK\x05\x06", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")  # the OLE stream of a locked OOXML file: [MS-OFFCRYPTO] 2.3.4.4
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MACROS = "vbaproject.bin"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."  # ODF 1.3 part 2, 3.3: the first part, not packed
_NOT_TEXT = (b"<!doctype html", b"<html", b"<script", b"<?php", b"#!")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_IMAGES = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
}


def unfit_inside(name: str, file: IO[bytes]) -> Unfit | None:
    """What stands against passing on the file under this name."""
    file.seek(0)
    head = file.read(HEAD)
    return _CHECKS[extension(name)](extension(name), head, file)


def _pdf(_kind: str, head: bytes, _file: IO[bytes]) -> Unfit | None:
    return None if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-") else Unfit.CONTENT


def _office(kind: str, head: bytes, file: IO[bytes]) -> Unfit | None:
    if head.startswith(_OLE) and _holds(file, _LOCKED_STREAM):
        return Unfit.LOCKED
    if not head.startswith(_LOCAL) or not _is_small_directory(file):
        return Unfit.CONTENT
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Unfit.CONTENT
    if any(part.flag_bits & 1 for part in parts):
        return Unfit.LOCKED
    names = {part.filename.lower() for part in parts}
    has_macros = any(name.endswith(_MACROS) for name in names)
    return None if _PARTS[kind] in names and not has_macros else Unfit.CONTENT


def _open_document(_kind: str, head: bytes, file: IO[bytes]) -> Unfit | None:
    is_one = head.startswith(_LOCAL) and _OPEN_DOCUMENT in head and _is_small_directory(file)
    return None if is_one else Unfit.CONTENT


def _old_office(_kind: str, head: bytes, _file: IO[bytes]) -> Unfit | None:
    return None if head.startswith(_OLE) else Unfit.CONTENT


def _text(_kind: str, head: bytes, file: IO[bytes]) -> Unfit | None:
    if head.startswith(_UTF16_MARKS):
        return None
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return Unfit.CONTENT if begins.startswith(_NOT_TEXT) or _holds(file, b"\0") else None


def _image(kind: str, head: bytes, _file: IO[bytes]) -> Unfit | None:
    return None if head.startswith(_IMAGES[kind]) else Unfit.CONTENT


def _webp(_kind: str, head: bytes, _file: IO[bytes]) -> Unfit | None:
    return None if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else Unfit.CONTENT


def _heic(_kind: str, head: bytes, _file: IO[bytes]) -> Unfit | None:
    is_one = head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
    return None if is_one else Unfit.CONTENT


def _holds(file: IO[bytes], wanted: bytes) -> bool:
    """Whether the bytes stand anywhere in the file, a piece at a time."""
    file.seek(0)
    kept = b""
    while piece := file.read(PIECE):
        if wanted in kept + piece:
            return True
        kept = piece[-len(wanted) :]
    return False


def _is_small_directory(file: IO[bytes]) -> bool:
    """Whether the zip's list of parts is of a size that may be read; its end record says so, and zipfile trusts it."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
    tail = file.read(TAIL)
    at = tail.rfind(_END)
    return at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") <= LARGEST_DIRECTORY


_CHECKS: dict[str, Callable[[str, bytes, IO[bytes]], Unfit | None]] = {
    "pdf": _pdf,
    **dict.fromkeys(_PARTS, _office),
    **dict.fromkeys(("odt", "ods", "odp"), _open_document),
    **dict.fromkeys(("doc", "xls", "ppt", "jtd"), _old_office),
    **dict.fromkeys(("txt", "csv", "tsv", "md"), _text),
    **dict.fromkeys(_IMAGES, _image),
    "webp": _webp,
    "heic": _heic,
}
