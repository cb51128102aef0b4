"""Subtitles by their time, mails without what is not theirs, archives member by member."""

import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from consultation.errors import MaterialUnreadable
from ingest.chunking import chunks_from
from ingest.readers import read

VTT = """WEBVTT - 研修

NOTE 編集用のメモ

STYLE
::cue { color: red }

1
00:00:03.000 --> 00:00:06.000 align:start
<v 講師>費用対効果は、

2
00:00:06.500 --> 00:00:09.000
年間の効果から<b>費用</b>を引いて考えます。

00:01:05.000 --> 00:01:08.000
確認の時間も&amp;忘れずに入れます。
"""


def told(path: Path) -> list[tuple[str, str]]:
    return [(block.text, block.locator) for block in read(path).blocks]


def refusal(path: Path) -> str:
    with pytest.raises(MaterialUnreadable) as caught:
        read(path)
    return caught.value.reason


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_cues_become_sentences_with_the_time_they_begin(tmp_path: Path) -> None:
    (tmp_path / "講座.vtt").write_text(VTT, encoding="utf-8")

    assert told(tmp_path / "講座.vtt") == [
        ("費用対効果は、年間の効果から費用を引いて考えます。", "0分03秒"),
        ("確認の時間も&忘れずに入れます。", "1分05秒"),
    ]


def test_subtitles_of_an_old_editor_are_read_in_its_letters(tmp_path: Path) -> None:
    srt = "1\r\n01:02:05,000 --> 01:02:08,500\r\n{\\an8}①髙い精度です。\r\n\r\n"
    (tmp_path / "講座.srt").write_bytes(srt.encode("cp932"))

    assert told(tmp_path / "講座.srt") == [("①髙い精度です。", "1時間02分05秒")]


def test_a_passage_of_subtitles_spans_its_times(tmp_path: Path) -> None:
    (tmp_path / "講座.vtt").write_text(VTT, encoding="utf-8")

    assert [chunk.locator for chunk in chunks_from(read(tmp_path / "講座.vtt"))] == ["0分03秒～1分05秒"]


def test_a_subtitle_file_without_cues_is_refused(tmp_path: Path) -> None:
    (tmp_path / "空.vtt").write_text("WEBVTT\n\nNOTE なし\n", encoding="utf-8")

    assert refusal(tmp_path / "空.vtt") == "読み取れる文字がありませんでした。"


def mail(charset: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "第1回研修会の日程について"
    message["From"] = "山田 <yamada@example.jp>"
    message.set_content("研修会は10月に行います。\n\n> 先日の問合せの件です。\n", charset=charset)
    return message


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp"])
def test_a_mail_is_its_subject_and_what_its_sender_wrote(tmp_path: Path, charset: str) -> None:
    (tmp_path / "日程.eml").write_bytes(mail(charset).as_bytes())

    reading = read(tmp_path / "日程.eml")

    assert reading.title == "第1回研修会の日程について"
    assert [block.text for block in reading.blocks] == ["研修会は10月に行います。"]


def test_attachments_follow_the_mail_under_their_names_and_the_unreadable_are_named(tmp_path: Path) -> None:
    message = mail("utf-8")
    message.add_attachment("会場は市役所です。".encode("cp932"), maintype="text", subtype="plain", filename="会場.txt")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="日程表.pdf")
    (tmp_path / "日程.eml").write_bytes(message.as_bytes())

    reading = read(tmp_path / "日程.eml")

    assert [(block.text, block.locator, block.heading) for block in reading.blocks] == [
        ("研修会は10月に行います。", "1行目", ()),
        ("会場は市役所です。", "『会場.txt』1行目", ("会場",)),
    ]
    assert [remark.split("は")[0] for remark in reading.remarks] == ["『日程表.pdf』"]


def test_an_archive_attached_to_a_forwarded_mail_is_too_deep_but_one_attached_to_a_mail_is_read(tmp_path: Path) -> None:
    archive = packed(tmp_path / "束.zip", {"要領.txt": "要領の文です。".encode()}).read_bytes()
    inner = mail("utf-8")
    inner.add_attachment(archive, maintype="application", subtype="zip", filename="束.zip")
    outer = mail("utf-8")
    outer.add_attachment(inner)
    (tmp_path / "内.eml").write_bytes(inner.as_bytes())
    (tmp_path / "外.eml").write_bytes(outer.as_bytes())

    assert told(tmp_path / "内.eml")[-1] == ("要領の文です。", "『束.zip』『要領.txt』1行目")
    assert told(tmp_path / "外.eml")[-1] == ("研修会は10月に行います。", "『第1回研修会の日程について.eml』1行目")
    assert "何重にも" in read(tmp_path / "外.eml").remarks[0]


def test_the_name_of_an_attachment_is_read_as_old_mailers_write_it(tmp_path: Path) -> None:
    message = mail("utf-8")
    message.add_attachment("文です。".encode(), maintype="text", subtype="plain", filename="x.txt")
    raw = message.as_bytes().replace(b'"x.txt"', b'"=?ISO-2022-JP?B?GyRCMnE+bBsoQi50eHQ=?="')
    (tmp_path / "旧.eml").write_bytes(raw)

    assert told(tmp_path / "旧.eml")[-1] == ("文です。", "『会場.txt』1行目")


def test_a_mail_that_is_html_only_is_read_as_a_page(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("<p>研修会は<b>10月</b>です。</p><script>x()</script>", subtype="html")
    (tmp_path / "頁.eml").write_bytes(message.as_bytes())

    assert [block.text for block in read(tmp_path / "頁.eml").blocks] == ["研修会は10月です。"]


def test_a_charset_that_does_not_exist_is_guessed(tmp_path: Path) -> None:
    raw = b"Subject: x\r\nContent-Type: text/plain; charset=x-none\r\n\r\n" + "研修会です。".encode("cp932")
    (tmp_path / "謎.eml").write_bytes(raw)

    assert [block.text for block in read(tmp_path / "謎.eml").blocks] == ["研修会です。"]


def test_each_member_of_an_archive_is_read_under_its_name(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("費用", 1)
    document.add_paragraph("月額は3万円です。")
    document.save(str(tmp_path / "x.docx"))
    path = packed(
        tmp_path / "資料.zip",
        {"一式/見積.docx": (tmp_path / "x.docx").read_bytes(), "一式/メモ.txt": "締切は7月です。".encode()},
    )

    found = {block.text: (block.locator, block.heading) for block in read(path).blocks}

    assert found["月額は3万円です。"] == ("『一式/見積.docx』見出し『費用』", ("見積", "費用"))
    assert found["締切は7月です。"][0] == "『一式/メモ.txt』1行目"


def test_names_of_a_japanese_windows_archive_are_readable(tmp_path: Path) -> None:
    path = packed(tmp_path / "窓.zip", {"XXXX.txt": "本文です。".encode()})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "表計".encode("cp932")))

    assert told(path) == [("本文です。", "『表計.txt』1行目")]


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "混.zip",
        {"a.txt": "本文です。".encode(), "b.pdf": b"no pdf", "c.zip": b"PK\x03\x04", "d.exe": b"MZ", ".e.txt": b"x"},
    )

    reading = read(path)

    assert [block.text for block in reading.blocks] == ["本文です。"]
    assert [remark.split("』")[0] for remark in reading.remarks] == ["『b.pdf", "『c.zip", "『d.exe"]
    assert "ZIPの中のZIPは読めません" in reading.remarks[1]


def test_hostile_names_write_nothing_outside(tmp_path: Path) -> None:
    inner = tmp_path / "中" / "深"
    inner.mkdir(parents=True)
    path = packed(inner / "罠.zip", {"../../逃げた.txt": "本文です。".encode(), "/etc/罠.txt": "二つ目です。".encode()})

    assert told(path) == [("本文です。", "『逃げた.txt』1行目"), ("二つ目です。", "『etc/罠.txt』1行目")]
    assert [found.name for found in tmp_path.rglob("*.txt")] == []


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "多.zip", {f"{n}.txt": b"x" for n in range(501)})

    assert refusal(path) == "中に入っているファイルが多すぎます（上限は500件です）。分けて取り込んでください。"


def test_an_archive_without_anything_readable_says_why(tmp_path: Path) -> None:
    assert "『b.pdf』は取り込めませんでした" in refusal(packed(tmp_path / "無.zip", {"b.pdf": b"no pdf"}))
