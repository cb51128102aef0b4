"""Mails whose attachments swell, nest, lie about their names or are cut."""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from tests.ingest.hostile.case import Case

_BODY = "本文の文です。"


def _mail(*attached: tuple[str, bytes]) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "件名"
    mail.set_content(_BODY)
    for name, content in attached:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail


def _saved(path: Path, mail: EmailMessage) -> None:
    path.write_bytes(mail.as_bytes())


def _with(name: str, content: bytes) -> Callable[[Path], object]:
    return partial(_saved, mail=_mail((name, content)))


def _zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def _forwarded(path: Path, times: int) -> None:
    mail = _mail()
    for _ in range(times):
        outer = _mail()
        outer.add_attachment(mail)
        mail = outer
    _saved(path, mail)


def _crowded(path: Path) -> None:
    _saved(path, _mail(*((f"{n}.txt", "一つの文です。".encode()) for n in range(501))))


def _parts_in_parts(path: Path) -> None:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(1_500))
    path.write_bytes(f"Subject: x\r\nMIME-Version: 1.0\r\n{head}Content-Type: text/plain\r\n\r\nx".encode())


def _cut(path: Path) -> None:
    whole = _mail(("要領.txt", "添付の文です。".encode() * 500)).as_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])


CASES = (
    Case("展開", "eml: a bomb attached", "弾.eml", _with("弾.zip", _zipped("a.txt", b" " * 50_000_000)), says=_BODY),
    Case("展開", "eml: 501 attachments", "群.eml", _crowded, "多すぎ"),
    Case("入れ子", "eml: forwarded 30 times", "転.eml", partial(_forwarded, times=30), says=_BODY),
    Case("入れ子", "eml: 1,500 parts in parts", "部.eml", _parts_in_parts),
    Case(
        "ファイル名",
        "eml: out of its folder",
        "外.eml",
        _with("../../etc/罠.txt", "罠の文です。".encode()),
        says="罠の文",
    ),
    Case("ファイル名", "eml: a line break", "改.eml", _with("改\u2028行.txt", "罠の文です。".encode()), says="罠の文"),
    Case("形式違い", "eml: a program attached", "実.eml", _with("請求書.pdf", b"MZ\0\0"), says=_BODY, silent="MZ"),
    Case("マクロ", "eml: a macro attached", "巨.eml", _with("表.xlsm", b"PK\x03\x04"), says=_BODY),
    Case("途中切れ", "eml: cut in its attachment", "切.eml", _cut, says=_BODY),
)
