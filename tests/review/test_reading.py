"""The reviewers' log: found by each filter, paged; a consultation with all that led to its outcome."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from answering.claims import Flaw
from answering.writing import BESIDE
from consultation.calendar import shown_date, tokyo_date
from consultation.inquiry import Channel, ConsultationId, Place
from desk.wording import SHOWN
from records.accounts import Role
from records.ledger import Session
from records.pages import Pages
from records.postbook import PostBook
from review import reading
from review.asking import HOMES
from review.wording import USAGE
from tests.review.world import OURS, QUOTE, THEIRS, Browser, World

TODAY = tokyo_date(datetime.now(UTC))


@pytest.fixture(scope="module")
def reviewer(world: World) -> Browser:
    app = world.app()
    world.asked(world.signed_in(Role.STAFF, OURS, app), "効果を知りたい質問")
    world.asked(world.signed_in(Role.STAFF, THEIRS, app), "引継ぎになる隣町の質問")
    return world.signed_in(Role.REVIEWER, app=app)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["効果を知りたい質問", "隣町の質問"], []),
        (f"body={THEIRS.code}", ["隣町の質問"], ["効果を知りたい質問"]),
        ("outcome=answer", ["効果を知りたい質問"], ["隣町の質問"]),
        ("outcome=nonsense", ["効果を知りたい質問"], []),
        ("words=効果", ["効果を知りたい質問"], ["隣町の質問"]),
        ("words=%25", [], ["効果を知りたい質問"]),
        (f"since={TODAY}&until={TODAY}", ["効果を知りたい質問"], []),
        (f"since={TODAY + timedelta(days=1)}", [], ["効果を知りたい質問"]),
        (f"until={TODAY - timedelta(days=1)}", [], ["効果を知りたい質問"]),
    ],
)
def test_each_filter_narrows_the_log(reviewer: Browser, query: str, shown: list[str], hidden: list[str]) -> None:
    response = reviewer.get(f"/log?{query}")
    assert response.status_code == 200
    assert all(text in response.text for text in shown)
    assert not any(text in response.text for text in hidden)


@pytest.mark.parametrize("day", ["2026-13-40", "きのう", "9999-12-31"])
def test_a_date_that_is_none_is_told(reviewer: Browser, day: str) -> None:
    response = reviewer.get(f"/log?until={day}")
    assert (response.status_code, "日付は" in response.text) == (400, True)


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_is_none_is_refused(reviewer: Browser, number: str) -> None:
    assert reviewer.get(f"/log?number={number}").status_code == 400


def test_the_log_is_paged_and_keeps_its_filters(
    world: World, reviewer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 1)
    first = reviewer.get("/log?words=質問").text
    assert "words=%E8%B3%AA%E5%95%8F&amp;number=2" in first
    second = reviewer.get("/log?words=質問&number=2").text
    assert ("隣町の質問" in first) != ("隣町の質問" in second)
    assert "number=1" in second


def test_a_consultation_shows_what_it_was_decided_on(world: World, reviewer: Browser) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "引継ぎ：記録を読む質問")
    inquiry_case = staff.get(path).text.partition("/handoffs/")[2].partition("/")[0]
    staff.post(f"/handoffs/{inquiry_case}/withdraw")

    page = reviewer.get(path.replace("/consultations/", "/log/")).text
    for shown in (
        "登録された資料に見当たらないため（not_in_materials）",
        "0.870",
        "質問の語の網羅率",
        "unknown_feature",
        "0.9123"[:5],
        f"<mark>{QUOTE}</mark>",
        "第1版",
        "検索",
        "g1",
        "下書きの文です。",
        "取り下げた",
        "引継ぎを受け付けた",
        "窓口（自動）",
    ):
        assert shown in page, shown


def test_the_log_tells_what_the_asker_saw_as_a_reference_and_what_only_the_consultant(
    world: World, reviewer: Browser
) -> None:
    staff = world.signed_in(Role.STAFF)
    seen = reviewer.get(world.asked(staff, "近い：記録を読む質問").replace("/consultations/", "/log/")).text
    unseen = reviewer.get(world.asked(staff, "引継ぎ：記録を読む質問").replace("/consultations/", "/log/")).text

    assert SHOWN in seen
    assert f"<mark>{QUOTE}</mark>" in seen
    assert "見つかった資料" in unseen


def test_every_reason_why_a_written_sentence_fell_is_told_in_words() -> None:
    codes = {f"fallen_{code}" for code in (*(flaw.value for flaw in Flaw), *BESIDE)}

    assert codes == {code for code in USAGE if code.startswith("fallen_")}


def test_a_verdict_is_given_thought_over_and_shown_with_who_and_when(world: World) -> None:
    staff, reviewer = world.signed_in(Role.STAFF), world.signed_in(Role.REVIEWER)
    path = world.asked(staff, "判定される質問").replace("/consultations/", "/log/")
    page = reviewer.get(path).text
    assert "判定の経過" not in page
    inquiry = page.partition('action="/inquiries/')[2].partition("/")[0]

    for right in ("true", "false"):
        sent = reviewer.post(f"/inquiries/{inquiry}/verdict", right=right)
        assert (sent.status_code, sent.headers["location"]) == (303, f"{path}#i-{inquiry}")

    page = reviewer.get(path).text
    history = page.partition("判定の経過")[2].partition("</table>")[0]
    name = page.partition('<span class="who">')[2].partition("<")[0]
    assert re.findall(r"<td>(正しい|誤り)</td>", history) == ["正しい", "誤り"]
    assert history.count(f"<td>{name}</td>") == 2
    assert history.count(shown_date(TODAY)) == 2
    buttons = re.findall(r'name="right" value="(\w+)" aria-pressed="(\w+)"', page)
    assert buttons == [("true", "false"), ("false", "true")]
    assert 'aria-pressed="true"' not in world.signed_in(Role.REVIEWER).get(path).text


def test_what_a_person_answers_is_not_judged(world: World) -> None:
    reviewer = world.signed_in(Role.REVIEWER)
    path = world.asked(world.signed_in(Role.STAFF), "引継ぎ：判定できない質問").replace("/consultations/", "/log/")

    page = reviewer.get(path).text
    inquiry = page.partition('id="i-')[2].partition('"')[0]
    refused = reviewer.post(f"/inquiries/{inquiry}/verdict", right="true")

    assert "確認者の判定" not in page
    assert refused.status_code == 400
    assert "自動で回答した質問だけ" in refused.text


def test_only_reviewers_and_operators_read_that_verdicts_hold_the_gate_back(world: World) -> None:
    world.gate_state = "誤りが多いため、回答を絞っています。"
    try:
        pages = {role: world.signed_in(role).get(path).text for role, path in [*HOMES.items(), (Role.STAFF, "/")]}
    finally:
        world.gate_state = None

    assert {role for role, page in pages.items() if "回答を絞っています" in page} == {Role.REVIEWER, Role.OPERATOR}


def test_what_slack_did_not_take_is_shown_with_its_reason(world: World, reviewer: Browser) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "引継ぎ：届かなかった質問")
    log = path.replace("/consultations/", "/log/")
    assert "届いていない" not in reviewer.get(log).text

    def deed(session: Session) -> None:
        asked = Pages(session).file(ConsultationId(path.rpartition("/")[2].partition("#")[0])).inquiries[0]
        room = Place(Channel.SLACK, "T1", "C1", "1.1")
        row = PostBook(session).plan("reply", room, datetime.now(UTC), inquiry_id=asked.id)
        PostBook(session).fail(row.id, "is_archived")

    world.ledger.write(deed)

    page = reviewer.get(log).text
    assert "自治体のSlackのチャンネルに届いていないものがあります。" in page
    assert "担当コンサルタントの回答：チャンネルがアーカイブされています" in page
