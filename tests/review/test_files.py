"""Files on the web: chosen with words, opened by who may read these, held for a while, and never shown."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from consultation.attachment import Attached
from consultation.case import CaseId
from consultation.inquiry import MessageKey
from desk.wording import UNFIT
from records.accounts import Role
from records.held import HeldBook
from records.pages import LogFilter, Pages
from records.rows import CaseRow
from review import wording
from review.headers import LARGEST_BODY
from tests.review.test_casework import handed_over
from tests.review.world import LARGEST_FILE, Browser, World

PDF = b"%PDF-1.7\nCANARY" + bytes(range(256)) * 6_000 + b"\n%%EOF"  # more than one piece
PROGRAM = b"MZ\x90\x00" + bytes(2_000)
PLAN = ("計画.pdf", PDF)


def packed(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return made.getvalue()


def link(browser: Browser, path: str, name: str) -> str:
    """Where the page says that the file is; empty: it gives no link."""
    found = re.search(rf'<a href="(/files/[0-9a-f]+)">{re.escape(name)}</a>', browser.get(path).text)
    return found[1] if found else ""


def held(world: World) -> int:
    return world.ledger.read(lambda session: HeldBook(session).count())


def claimed(world: World, text: str, consultant: Browser) -> tuple[Browser, str, str]:
    staff, path, case = handed_over(world, text, consultant)
    consultant.post(f"{case}/claim")
    consultant.get(case)
    return staff, path, case


def row(world: World, case: str) -> CaseRow:
    return world.ledger.read(lambda session: Pages(session).case(CaseId(case.rpartition("/")[2])))


def test_files_go_both_ways_and_are_the_same(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    path = world.asked(staff, "引継ぎ：ファイルの往復", PLAN)
    assert (
        "添付の「計画.pdf」も、担当コンサルタントにお届けします。窓口では中身を読んでいません。" in staff.get(path).text
    )
    listed = consultant.get("/cases").text
    case = listed[: listed.index("ファイルの往復")].rpartition('href="')[2].partition('"')[0]
    consultant.post(f"{case}/claim")

    got = consultant.get(link(consultant, case, "計画.pdf"))
    assert got.content == PDF
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('計画.pdf')}" in got.headers["content-disposition"]
    assert (got.headers["x-content-type-options"], got.headers["cache-control"]) == ("nosniff", "no-store")

    book = packed("xl/workbook.xml")
    consultant.get(case)
    sent = consultant.post(f"{case}/reply", text="", nonce=consultant.field("nonce"), files=[("表.xlsx", book)])
    assert sent.status_code == 303
    assert staff.get(link(staff, path, "表.xlsx")).content == book
    assert "ファイルをお送りします。" in staff.get(path).text
    assert "送付済み" in staff.page


def test_a_follow_up_and_an_answered_question_have_files_too(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    path = world.asked(staff, "保育の効果は？")
    staff.get(path)
    staff.post(
        f"{path}/ask", text="この表では？", nonce=staff.field("nonce"), files=[("山田太郎様_090-1234-5678.csv", b"a")]
    )
    world.settled()

    page = staff.get(path).text
    [name] = re.findall(r'<a href="/files/[0-9a-f]+">([^<]+)</a>', page)
    assert "山田" not in name
    assert "090" not in name
    assert "「担当者に相談する」を押すと、担当コンサルタントに届きます。" in page
    where = link(staff, path, name)
    assert (staff.get(where).content, consultant.get(where).status_code) == (b"a", 404)  # nobody was called
    asked = re.findall(r"/inquiries/([0-9a-f]+)/person", staff.get(path).text)[-1]
    staff.post(f"/inquiries/{asked}/person")
    assert consultant.get(where).content == b"a"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([("申請書.pdf", PROGRAM)], UNFIT["content"]),
        ([("表.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin"))], UNFIT["content"]),
        ([("表.xlsm", packed("xl/workbook.xml"))], UNFIT["type"]),
        ([("大きい.pdf", b"%PDF-" + bytes(LARGEST_FILE))], UNFIT["size"]),
        ([PLAN, ("道具.exe", PROGRAM)], UNFIT["type"]),
        ([(f"{number}.csv", b"a") for number in range(6)], "5件まで"),
    ],
    ids=["a program", "macros", "a kind with macros", "too large", "one of two", "too many"],
)
def test_what_is_not_passed_on_stops_the_form_and_nothing_typed_is_lost(
    world: World, files: list[tuple[str, bytes]], why: str
) -> None:
    staff, before = world.signed_in(Role.STAFF), held(world)
    staff.get("/")
    refused = staff.post("/ask", text="引継ぎ：送れない", by="2099-03-31", nonce=staff.field("nonce"), files=files)

    assert refused.status_code == 400
    assert why in refused.text
    assert wording.CHOOSE_AGAIN in refused.text
    assert 'aria-describedby="files-hint error" aria-invalid="true"' in refused.text
    assert ">引継ぎ：送れない</textarea>" in refused.text
    assert 'value="2099-03-31"' in refused.text
    assert held(world) == before


def test_an_answer_with_a_file_that_must_not_pass_comes_back(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = claimed(world, "引継ぎ：送れないファイルの回答", consultant)

    refused = consultant.post(f"{case}/reply", text="表です。", nonce="n", files=[("表.pdf", PROGRAM)])

    assert refused.status_code == 409
    assert UNFIT["content"] in refused.text
    assert wording.CHOOSE_AGAIN in refused.text
    assert ">表です。</textarea>" in refused.text
    assert "表です。" not in staff.get(path).text


def test_words_that_cannot_be_taken_hold_no_file(world: World) -> None:
    staff, before = world.signed_in(Role.STAFF), held(world)
    path = world.asked(staff, "保育の効果は？")
    staff.get(path)
    for where in ("/ask", f"{path}/ask"):
        refused = staff.post(where, text=" ", nonce="0" * 32, files=[PLAN])
        assert wording.EMPTY_QUESTION + wording.CHOOSE_AGAIN in refused.text
    assert held(world) == before


def test_what_is_sent_twice_is_there_once(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    nonce, before = staff.field("nonce"), held(world)
    for _ in range(2):
        sent = staff.post("/ask", text="引継ぎ：二度押し", nonce=nonce, files=[PLAN])
    world.settled()
    path = sent.headers["location"].partition("#")[0]
    assert staff.get(path).text.count(">計画.pdf</a>") == 1
    assert held(world) == before + 1

    _, path, case = claimed(world, "引継ぎ：回答の二度押し", consultant)
    statuses = [
        consultant.post(f"{case}/reply", text="表です。", nonce="n", files=[(name, b"a,b")]).status_code
        for name in ("表.csv", "表.csv", "別の表.csv")
    ]
    assert statuses == [303, 303, 409]  # the last would have been lost
    page = consultant.get(case).text
    assert page.count(">表.csv</a>") == 1
    assert "別の表" not in page


def test_what_is_taken_back_is_gone_at_once(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    before = held(world)
    path = world.asked(staff, "引継ぎ：取り消す質問", PLAN)
    form = {"text": "引継ぎ：取り消す質問", "nonce": staff.field("nonce")}
    where = link(staff, path, "計画.pdf")
    [line] = world.ledger.read(lambda session: Pages(session).log(LogFilter(words="引継ぎ：取り消す質問")))
    world.desk.take_back(MessageKey(line.inquiry.key))
    assert staff.get(where).status_code == consultant.get(where).status_code == 404
    assert link(staff, path, "") == ""
    staff.post("/ask", files=[PLAN], **form)
    assert held(world) == before

    staff, path, case = claimed(world, "引継ぎ：取り消す回答", consultant)
    consultant.post(f"{case}/reply", text="表です。", nonce="n", files=[("表.csv", b"a,b")])
    where = link(staff, path, "表.csv")
    turn = re.search(r"/replies/([0-9a-f]+)/recall", consultant.get(case).text)
    assert turn
    consultant.post(f"{case}/replies/{turn[1]}/recall")
    assert staff.get(where).status_code == 404
    assert link(staff, path, "表.csv") == ""
    consultant.post(f"{case}/reply", text="表です。", nonce="n", files=[("表.csv", b"a,b")])
    assert held(world) == before


def test_what_nobody_needs_any_more_is_let_go_of_and_the_page_says_so(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    done = world.asked(staff, "保育の効果は？", PLAN)
    path = world.asked(staff, "引継ぎ：長く続く相談", ("図.csv", b"a,b"))
    where, later = link(staff, path, "図.csv"), datetime.now(UTC) + timedelta(days=31)
    world.files.holding.let_go(datetime.now(UTC) + timedelta(days=29))
    gone = link(staff, done, "計画.pdf")

    world.files.holding.let_go(later)

    assert wording.LET_GO in staff.get(done).text
    assert link(staff, done, "計画.pdf") == ""
    answer = staff.get(gone)
    assert (answer.status_code, "保存期間が過ぎた" in answer.text) == (410, True)
    assert staff.get(where).content == b"a,b"  # its case is open
    listed = consultant.get("/cases").text
    case = listed[: listed.index("長く続く相談")].rpartition('href="')[2].partition('"')[0]
    world.desk.cases.withdraw(row(world, case).id, row(world, case).consultation.asker_id)
    world.files.holding.let_go(later)
    assert staff.get(where).status_code == 410


def test_a_file_of_slacks_without_slack_is_told_of(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = claimed(world, "引継ぎ：Slackの担当者", consultant)
    standing = row(world, case)
    world.desk.cases.reply(standing.id, standing.owner, "表です。", "k", [Attached("T1", "F1", "表.csv", 3)])

    answer = staff.get(link(staff, path, "表.csv"))

    assert (answer.status_code, wording.NO_SLACK in answer.text) == (503, True)


def test_a_body_that_is_too_large_is_turned_away_unread_with_a_page(world: World) -> None:
    staff, stranger = world.signed_in(Role.STAFF), world.browser()
    staff.get("/")
    form = {"content-type": "multipart/form-data; boundary=x"}
    announced = {"content-length": str(10**9), **form}
    for browser, where in ((staff, "/ask"), (stranger, "/ask"), (staff, "/cases/x/reply"), (staff, "/sign-out")):
        answer = browser.client.post(where, content=b"", headers=announced)
        assert answer.status_code == 413
        assert "大きすぎる" in answer.text
        assert '<html lang="ja">' in answer.text

    start = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    most = LARGEST_BODY + 5 * LARGEST_FILE
    for browser, where, size in (
        (staff, "/ask", most),
        (stranger, "/ask", LARGEST_BODY),
        (staff, "/people", LARGEST_BODY),
    ):
        answer = browser.client.post(where, content=iter([start, bytes(size)]), headers=form)  # it says no length
        assert (answer.status_code, "大きすぎる" in answer.text) == (413, True)


def test_who_has_not_signed_in_may_send_little(world: World) -> None:
    """Nothing of a stranger's is written down, announced or not."""
    stranger = world.browser()
    stranger.get("/sign-in")
    assert stranger.post("/ask", text="質問", files=[PLAN]).status_code == 413
    assert stranger.post("/ask", text="質問", files=[("小.csv", b"a")]).status_code == 401
