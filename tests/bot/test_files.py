"""Files both ways through the Slack stand-in: byte for byte, in order, once; and what must not pass is told of."""

import io
import zipfile

import pytest

from bot.attached import files_from
from consultation.attachment import AttachmentState, Unfit
from consultation.case import CaseId
from desk.wording import UNFIT
from records.pages import Pages
from records.rows import AttachmentRow
from tests.bot.bench import CONSULTANTS, SATO, SHINGU, STAFF, TEAM, Bench, logged, settle
from tests.bot.test_handing_over import claimed
from tests.twins.slack import Fault

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 700 + b"\n%%EOF"
LARGE = b"%PDF-1.7\n" + bytes(8_000_000)
PROGRAM = b"MZ\x90\x00" + bytes(2_000)
NEED = "人を呼んでください。保育所AIの費用は？"


def packed(part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(part, "<workbook/>")
    return made.getvalue()


BOOK = packed("xl/workbook.xml")


def ask_with(bench: Bench, *files: object, words: str = NEED, thread: str | None = None) -> str:
    sent = bench.twin.say(SHINGU, STAFF, words, thread, mention=thread is None, files=list(files))
    assert sent.wait()
    return sent.ts


def delivered(bench: Bench, channel: str, root: str, count: int = 1) -> list[tuple[str, bytes]]:
    return bench.twin.wait(lambda t: len(t.files_in(channel, root)) >= count and t.files_in(channel, root))


def said(bench: Bench, channel: str, root: str, words: str) -> str:
    """The first of the bot's messages in a thread that holds the words."""
    found = bench.twin.wait(lambda t: [m for m in t.answers(channel, root) if words in f"{m.text}{m.blocks}"])
    return f"{found[0].text}{found[0].blocks}"


def noted(bench: Bench) -> list[AttachmentRow]:
    return [file for row in reversed(logged(bench)) for file in row.files]


def compose(bench: Bench, card: str, words: str, *files: object) -> dict[str, str]:
    """The consultant's modal, filled in and sent. The errors that it shows."""
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    return bench.twin.submit(SATO, {"reply": {"reply": words}, "files": {"files": list(files)}}).errors


def test_a_pdf_goes_both_ways_and_is_the_same(bench: Bench):
    ts = ask_with(bench, bench.twin.file(STAFF, "保育所の計画.pdf", PDF))
    card = bench.card()

    assert delivered(bench, CONSULTANTS, card) == [("保育所の計画.pdf", PDF)]
    assert "保育所の計画.pdf" in said(bench, SHINGU, ts, "お届けします")
    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
    theirs = bench.twin.file(SATO, "費用の表.xlsx", BOOK)
    assert compose(bench, card, "表のとおりです。", theirs) == {}

    assert delivered(bench, SHINGU, ts) == [("費用の表.xlsx", BOOK)]
    order = [("表のとおりです。" in str(m.blocks), bool(m.files)) for m in bench.twin.answers(SHINGU, ts)[-2:]]
    assert order == [(True, False), (False, True)]
    assert "佐藤（担当コンサルタント）" in bench.twin.answers(SHINGU, ts)[-1].text
    assert "費用の表.xlsx" in said(bench, CONSULTANTS, card, "送りました")
    assert [file.state for file in noted(bench)] == [AttachmentState.DELIVERED]
    assert PDF[:300] not in bench.everything_kept()


def test_files_follow_their_words_in_order_and_more_of_them_later(bench: Bench):
    ts, card = claimed(bench)
    names = [f"資料{number}.pdf" for number in range(1, 5)]

    ask_with(bench, *(bench.twin.file(STAFF, name, PDF + name.encode()) for name in names[:3]), words="急ぎ", thread=ts)
    said(bench, SHINGU, ts, "追記を承りました")
    ask_with(bench, bench.twin.file(STAFF, names[3], PDF), words="", thread=ts)

    assert [name for name, _ in delivered(bench, CONSULTANTS, card, 4)] == names
    thread = bench.twin.answers(CONSULTANTS, card)
    kinds = ["file" if m.files else "words" for m in thread if m.files or "団体からの追記" in m.text]
    assert kinds == ["words", "file", "file", "file", "words", "file"]
    assert "ファイルだけが届きました" in str([m.blocks for m in thread])


def test_the_machine_reads_no_file_and_hands_it_on_when_a_person_is_called(bench: Bench):
    ts = ask_with(bench, bench.twin.file(STAFF, "計画.pdf", PDF), words="効果は？")
    assert "中身を読んでいません" in said(bench, SHINGU, ts, "計画.pdf")
    settle(bench, 0.3)
    assert bench.twin.calls_of("url_private") == []

    bench.twin.click(SHINGU, bench.twin.answers(SHINGU, ts)[0].ts, "handoff.request", STAFF)

    assert delivered(bench, CONSULTANTS, bench.card()) == [("計画.pdf", PDF)]


def test_what_must_not_pass_stays_and_both_sides_hear_of_it(bench: Bench):
    """Judged by what is announced: never fetched. By what it turns out to be on the way: never uploaded."""
    announced = {
        "大きい.pdf": ({"size": 1_000_000_000}, PDF, Unfit.SIZE),
        "道具.exe": ({}, PROGRAM, Unfit.TYPE),
        "link.pdf": ({"mode": "external", "is_external": True}, b"", Unfit.EXTERNAL),
    }
    on_the_way = {
        "申請書.pdf": ({}, PROGRAM, Unfit.CONTENT),
        "小さいはず.pdf": ({"size": 500}, LARGE, Unfit.CHANGED),
        "よそ.pdf": ({"url_private_download": "https://files.slack.com.evil.example/x"}, PDF, Unfit.UNREACHABLE),
    }
    files = [bench.twin.file(STAFF, name, data, **told) for name, (told, data, _) in (announced | on_the_way).items()]
    led_away = bench.twin.file(STAFF, "先.csv", b"a,b\n", redirect=f"{bench.twin.url}/api/auth.test")
    ts = ask_with(bench, *files, led_away, bench.twin.file(STAFF, "良い.pdf", PDF))
    card = bench.card()

    wanted = {name: why for name, (_, _, why) in (announced | on_the_way).items()} | {"先.csv": Unfit.UNREACHABLE}
    bench.twin.wait(lambda _: [file.state for file in noted(bench)].count(AttachmentState.REFUSED) == len(wanted), 60)
    for name, why in wanted.items():
        assert said(bench, SHINGU, ts, f"「{name}」は、{UNFIT[why]}ため、担当コンサルタントには届いていません")
        assert said(bench, CONSULTANTS, card, f"団体から添付された「{name}」は、{UNFIT[why]}ため")
    assert {file.name: file.unfit for file in noted(bench)} == wanted | {"良い.pdf": None}
    assert delivered(bench, CONSULTANTS, card) == [("良い.pdf", PDF)]
    fetched = {call.args["file"]: call.args["bytes"] for call in bench.twin.calls_of("url_private")}
    assert not fetched.keys() & {file["id"] for file in files[: len(announced)]}
    assert fetched[files[4]["id"]] < len(LARGE)  # the other end had hung up
    assert len(bench.twin.calls_of("files.getUploadURLExternal")) == 1
    assert len(bench.twin.calls_of("auth.test")) <= 2  # nobody followed the redirection there


def test_a_file_deleted_meanwhile_and_one_of_another_workspace(bench: Bench):
    gone = bench.twin.file(STAFF, "消した.pdf", PDF)
    ts = ask_with(bench, gone, words="効果は？")
    bench.says(SHINGU, ts)
    bench.twin.remove_file(gone)
    shared = bench.twin.file(STAFF, "共有.pdf", PDF, file_access="check_file_info")
    ask_with(bench, shared, words=NEED, thread=ts)
    card = bench.card()

    assert "すでに削除されている" in said(bench, CONSULTANTS, card, "団体から添付された「消した.pdf」")
    assert delivered(bench, CONSULTANTS, card) == [("共有.pdf", PDF)]
    assert [file.name for file in noted(bench)] == ["消した.pdf", "共有.pdf"]


def test_what_a_consultant_must_not_send_is_told_in_the_modal_or_to_both(bench: Bench):
    ts, card = claimed(bench)
    said(bench, SHINGU, ts, "確認を始めました")
    linked = bench.twin.file(SATO, "表.xlsx", BOOK, mode="external")

    assert "外部のサービス" in compose(bench, card, "表です。", linked)["reply"]
    bench.twin.close(SATO)
    assert compose(bench, card, "こちらです。", bench.twin.file(SATO, "手引.pdf", PROGRAM)) == {}

    assert "手引.pdf" in said(bench, SHINGU, ts, "担当コンサルタントが送ろうとした")
    assert "手引.pdf" in said(bench, CONSULTANTS, card, "団体に送ろうとした")
    assert "表です。" not in str([m.blocks for m in bench.twin.answers(SHINGU, ts)])
    assert bench.twin.files_in(SHINGU, ts) == []


def test_a_doubled_event_and_a_doubled_submission_carry_once(bench: Bench):
    bench.twin.duplicate_events(2)
    ts = ask_with(bench, bench.twin.file(STAFF, "計画.pdf", PDF))
    card = bench.card()
    delivered(bench, CONSULTANTS, card)
    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    theirs = {"files": [bench.twin.file(SATO, "表.pdf", PDF)]}
    submission = bench.twin.submit(SATO, {"reply": {"reply": "表です。"}, "files": theirs})

    assert bench.twin.redeliver(submission.delivery).wait()

    delivered(bench, SHINGU, ts)
    settle(bench)
    assert len(bench.twin.files_in(CONSULTANTS, card)) == len(bench.twin.files_in(SHINGU, ts)) == 1


@pytest.mark.parametrize("fault", [Fault.reset_after(), Fault.reset_before(), Fault.rate_limited(1)])
def test_what_slack_does_on_the_way_ends_with_one_copy(bench: Bench, fault: Fault):
    for method in ("url_private", "files.info", "files.completeUploadExternal"):
        bench.twin.fault(method, fault)
    bench.twin.fault("upload_url", Fault.server_error())

    ask_with(bench, bench.twin.file(STAFF, "計画.pdf", PDF))

    card = bench.card()
    assert delivered(bench, CONSULTANTS, card) == [("計画.pdf", PDF)]
    bench.twin.wait(lambda _: [file.state for file in noted(bench)] == [AttachmentState.DELIVERED])
    assert len(bench.twin.calls_of("files.completeUploadExternal")) == (1 if fault.applied else 2)
    assert len(bench.twin.files_in(CONSULTANTS, card)) == 1


def test_what_slack_will_never_take_is_told_of(bench: Bench):
    bench.twin.fault("files.completeUploadExternal", Fault.refused("storage_limit_reached"))

    ts = ask_with(bench, bench.twin.file(STAFF, "計画.pdf", PDF))

    assert "計画.pdf" in said(bench, SHINGU, ts, "受け取れなかった")
    assert "計画.pdf" in said(bench, CONSULTANTS, bench.card(), "受け取れなかった")


def test_what_consultants_share_among_themselves_stays_there(bench: Bench):
    ts, card = claimed(bench)

    inside = bench.twin.file(SATO, "内部の試算.pdf", PDF + b"CANARY")
    assert bench.twin.say(CONSULTANTS, SATO, "内緒です", card, files=[inside]).wait()

    settle(bench)
    assert bench.twin.files_in(SHINGU, ts) == []
    assert bench.twin.calls_of("url_private") == []
    assert "内部の試算".encode() not in bench.everything_kept()


def test_what_the_asker_takes_back_goes_with_its_copy_and_its_name(bench: Bench):
    ts = ask_with(bench, bench.twin.file(STAFF, "山田太郎様_090-1234-5678_CANARY.pdf", PDF))
    card = bench.card()
    [(name, _)] = delivered(bench, CONSULTANTS, card)
    assert "山田" not in name
    assert "090" not in name
    bench.twin.wait(lambda _: [file.state for file in noted(bench)] == [AttachmentState.DELIVERED])
    assert b"090-1234-5678" not in bench.everything_kept()

    bench.twin.delete(SHINGU, ts)

    bench.twin.wait(lambda t: t.files_in(CONSULTANTS, card) == [])
    assert [file.name for file in noted(bench)] == [""]
    bench.twin.wait(lambda _: "CANARY" not in str([m.blocks for m in bench.twin.messages(CONSULTANTS)]))
    assert b"CANARY" not in bench.everything_kept()


def test_files_are_sent_with_any_words_by_who_calls_the_desk(bench: Bench):
    """What the shortcut 「自治体へ送信」 needs: files alone, of a message in the card's thread."""
    ts, card = claimed(bench)
    shared = bench.twin.file(SATO, "手引.pdf", PDF)
    bench.twin.say(CONSULTANTS, SATO, "", card, files=[shared]).wait()
    [case] = bench.ledger.read(lambda session: Pages(session).open_cases())

    bench.desk.cases.reply(CaseId(case.id), case.owner, "", "slack:message:1", files_from([shared], TEAM))

    assert delivered(bench, SHINGU, ts) == [("手引.pdf", PDF)]
    assert "ファイルをお送りします" in str([m.blocks for m in bench.twin.answers(SHINGU, ts)])
