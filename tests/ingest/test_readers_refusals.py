"""A file that cannot or must not be read is refused with a Japanese reason, and with nothing else."""

import contextlib
import random
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen import canvas

from consultation.errors import MaterialUnreadable
from ingest.readers import SUFFIXES, read


def refusal(path: Path) -> str:
    with pytest.raises(MaterialUnreadable) as caught:
        read(path)
    return caught.value.reason


def docx_file(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("本文。")
    document.save(str(path))
    return path


def pdf_file(path: Path, *, text: str = "text") -> Path:
    page = canvas.Canvas(str(path))
    page.drawString(72, 720, text)
    page.save()
    return path


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"空{suffix}"
    path.write_bytes(b"")

    assert refusal(path) == "ファイルが空です。"


def test_a_file_of_blanks_is_empty(tmp_path: Path) -> None:
    (tmp_path / "空白.txt").write_text(" \n\t\n")

    assert refusal(tmp_path / "空白.txt") == "ファイルが空です。"


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("無.docx", lambda path: docx.Document().save(str(path))),
        ("無.pptx", lambda path: Presentation().save(str(path))),
        ("無.xlsx", lambda path: openpyxl.Workbook().save(path)),
        ("無.html", lambda path: path.write_text("<html><body><script>1</script></body></html>")),
        ("無.md", lambda path: path.write_text("---\ntitle: x\n---\n")),
    ],
)
def test_a_file_without_words_is_refused(tmp_path: Path, name: str, make) -> None:
    make(tmp_path / name)

    assert refusal(tmp_path / name) == "読み取れる文字がありませんでした。"


def test_a_wrong_extension_is_named_with_what_is_inside(tmp_path: Path) -> None:
    real = docx_file(tmp_path / "計画.docx").rename(tmp_path / "計画.pdf")

    assert (
        refusal(real)
        == "拡張子は「.pdf」ですが、中身はWord文書（.docx）です。正しい拡張子のファイルを用意してください。"
    )


@pytest.mark.parametrize(
    ("name", "content", "inside"),
    [
        ("図.pdf", b"\x89PNG\r\n\x1a\n", "画像"),
        ("表.csv", b"<!DOCTYPE html><html></html>", "HTML"),
        ("表.csv", b"%PDF-1.7", "PDF"),
        ("稿.docx", "ただの文".encode(), "テキスト"),
        ("旧.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧形式"),
        ("謎.txt", b"\x00\x01\x02\x03", "判別できない形式"),
    ],
)
def test_other_contents_are_known_by_their_first_bytes(tmp_path: Path, name: str, content: bytes, inside: str) -> None:
    (tmp_path / name).write_bytes(content)

    assert f"中身は{inside}" in refusal(tmp_path / name)


def test_an_unknown_extension_is_refused_with_the_list_of_known_ones(tmp_path: Path) -> None:
    (tmp_path / "音.mp3").write_bytes(b"ID3")

    reason = refusal(tmp_path / "音.mp3")

    assert "「.mp3」" in reason
    assert all(suffix in reason for suffix in SUFFIXES)


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(pdf_file(tmp_path / "元.pdf")))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "秘.pdf")

    assert "パスワードで保護" in refusal(tmp_path / "秘.pdf")


def test_a_pdf_that_anyone_may_open_is_read_though_encrypted(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(pdf_file(tmp_path / "元.pdf", text="open to read")))
    writer.encrypt("", owner_password="owner", algorithm="AES-256")
    writer.write(tmp_path / "制限.pdf")

    assert [block.text for block in read(tmp_path / "制限.pdf").blocks] == ["open to read"]


def test_a_locked_office_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "秘.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )

    assert "パスワードで保護" in refusal(tmp_path / "秘.docx")


def test_a_scanned_pdf_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (100, 100), 200).save(tmp_path / "頁.png")
    page = canvas.Canvas(str(tmp_path / "写.pdf"))
    page.drawImage(str(tmp_path / "頁.png"), 0, 0, 500, 700)
    page.save()

    assert "スキャン" in refusal(tmp_path / "写.pdf")


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    with zipfile.ZipFile(docx_file(tmp_path / "弾.docx"), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros.bin", b"\0" * 30_000_000)

    assert "極端に大きく" in refusal(tmp_path / "弾.docx")


def test_an_archive_that_states_a_monstrous_size_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(docx_file(tmp_path / "巨.docx"), "a") as archive:
        archive.writestr("word/media/noise.bin", random.Random(1).randbytes(3_000_000))
    _rewrite_last_entry(tmp_path / "巨.docx", at=24, field=struct.pack("<I", 520 * 1024 * 1024))

    assert "極端に大きく" in refusal(tmp_path / "巨.docx")


def test_an_archive_with_a_locked_part_is_refused(tmp_path: Path) -> None:
    _rewrite_last_entry(docx_file(tmp_path / "鍵.docx"), at=8, field=b"\x01\x00")

    assert "パスワードで保護" in refusal(tmp_path / "鍵.docx")


def _rewrite_last_entry(path: Path, *, at: int, field: bytes) -> None:
    """Overwrite a field of the last entry in a ZIP's central directory (APPNOTE 4.3.12)."""
    raw = bytearray(path.read_bytes())
    start = raw.rindex(b"PK\x01\x02") + at
    raw[start : start + len(field)] = field
    path.write_bytes(bytes(raw))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "大.txt").open("wb") as file:
        file.truncate(101 * 1024 * 1024)

    assert "上限は100MB" in refusal(tmp_path / "大.txt")


@pytest.mark.parametrize("path", ["無い.txt", "箱.txt"])
def test_what_is_no_file_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "箱.txt").mkdir()

    assert "開けませんでした" in refusal(tmp_path / path)


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_truncated_office_file_is_refused(tmp_path: Path, kept: float) -> None:
    raw = docx_file(tmp_path / "全.docx").read_bytes()
    (tmp_path / "欠.docx").write_bytes(raw[: int(len(raw) * kept)])

    assert "壊れている" in refusal(tmp_path / "欠.docx")


def test_a_pdf_cut_before_its_pages_is_refused(tmp_path: Path) -> None:
    raw = pdf_file(tmp_path / "全.pdf").read_bytes()
    (tmp_path / "欠.pdf").write_bytes(raw[:100])

    assert "壊れている" in refusal(tmp_path / "欠.pdf")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([".docx", ".pdf", ".xlsx", ".pptx"]), st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_damage_is_read_or_refused_and_never_crashes(tmp_path: Path, suffix: str, at: int, damage: bytes) -> None:
    raw = bytearray(_whole(tmp_path, suffix))
    at %= len(raw)
    raw[at : at + len(damage)] = damage
    (tmp_path / f"傷{suffix}").write_bytes(bytes(raw))

    with contextlib.suppress(MaterialUnreadable):  # and nothing else
        read(tmp_path / f"傷{suffix}")


def _whole(folder: Path, suffix: str) -> bytes:
    path = folder / f"全{suffix}"
    if not path.exists():
        if suffix == ".docx":
            docx_file(path)
        elif suffix == ".pdf":
            pdf_file(path)
        elif suffix == ".xlsx":
            book = openpyxl.Workbook()
            book.active.append(["団体", "年度", "効果"])
            book.save(path)
        else:
            Presentation().save(str(path))
    return path.read_bytes()


def test_a_document_that_declares_entities_is_refused_for_that(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "表.xlsx"
    book.active.append(["文です。"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for encoding in ("utf-8", "utf-16"):
        parts["xl/workbook.xml"] = '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(encoding)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

        assert "実体参照" in refusal(path)
