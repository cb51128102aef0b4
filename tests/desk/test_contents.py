"""What a file's bytes are, whatever its name says."""

import io
import zipfile

from consultation.attachment import ALLOWED, Unfit
from desk.contents import LARGEST_DIRECTORY, unfit_inside

PROGRAM = b"MZ\x90\x00" + bytes(1_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HTML = b"\n <!DOCTYPE html><html><body>Sign in</body></html>"


def packed(*parts: str, first: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, first)
    return made.getvalue()


SOUND = {
    "pdf": b"\xef\xbb\xbf%PDF-1.4 ...",
    "docx": packed("[Content_Types].xml", "word/document.xml"),
    "xlsx": packed("xl/workbook.xml"),
    "pptx": packed("ppt/presentation.xml"),
    **dict.fromkeys(("doc", "xls", "ppt", "jtd"), OLE),
    **{kind: packed("mimetype", first=b"application/vnd.oasis.opendocument.text") for kind in ("odt", "ods", "odp")},
    **dict.fromkeys(("txt", "csv", "tsv", "md"), "団体,件数\n新座市,3\n".encode("cp932")),
    "png": b"\x89PNG\r\n\x1a\n....",
    **dict.fromkeys(("jpg", "jpeg"), b"\xff\xd8\xff\xe0...."),
    "gif": b"GIF89a....",
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    **dict.fromkeys(("tif", "tiff"), b"II*\0...."),
    "heic": b"\x00\x00\x00\x18ftypheic....",
}


def look(name: str, data: bytes) -> Unfit | None:
    return unfit_inside(name, io.BytesIO(data))


def test_every_allowed_kind_is_let_through_as_itself_and_as_nothing_else():
    assert SOUND.keys() == set(ALLOWED)
    for kind, data in SOUND.items():
        assert look(f"書類.{kind}", data) is None, kind
        for other in (PROGRAM, HTML, b"PK\x03\x04" + bytes(50), b"", packed("run.bat")):
            if other or kind not in {"txt", "csv", "tsv", "md"}:  # an empty text is one
                assert look(f"書類.{kind}", other) is Unfit.CONTENT, kind


def test_macros_and_what_is_locked_are_told_apart():
    assert look("表.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin")) is Unfit.CONTENT
    assert look("表.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")) is Unfit.LOCKED
    locked = bytearray(packed("xl/workbook.xml"))
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1  # general purpose bit 0: APPNOTE 4.4.4
    assert look("表.xlsx", bytes(locked)) is Unfit.LOCKED


def test_a_list_of_parts_that_would_fill_the_memory_is_not_read():
    made = bytearray(packed("xl/workbook.xml"))
    at = made.rfind(b"PK\x05\x06") + 12
    made[at : at + 4] = (LARGEST_DIRECTORY + 1).to_bytes(4, "little")

    assert look("表.xlsx", bytes(made)) is Unfit.CONTENT


def test_a_zero_byte_far_inside_is_no_text_but_utf_16_is():
    assert look("記録.txt", b"a" * 200_000 + b"\0") is Unfit.CONTENT
    assert look("記録.txt", "団体".encode("utf-16")) is None
