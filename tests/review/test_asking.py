"""The staff's desk: asking, the answer beside its sources, asking on, a person, feedback; and without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

from consultation.calendar import tokyo_date
from desk.wording import QUESTION_TAKEN_BACK
from records.accounts import Role
from records.ledger import Session
from records.programme import Programme
from review import wording
from tests.review.world import CHOICES, OURS, QUOTE, THEIRS, World


def test_an_answer_stands_beside_its_source_with_the_quoted_words_marked(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    page = staff.get(world.asked(staff, "保育所の入所選考AIの効果は？")).text

    assert f"<mark>{QUOTE}</mark>" in page
    assert "<h4>結論</h4>" in page
    assert "優良事例08" in page
    assert "見出し『効果』" in page
    assert "2018年11月12日" in page
    assert "R" in page
    assert "http-equiv" not in page  # decided: nothing to wait for


def test_what_a_material_holds_never_becomes_markup(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    page = staff.get(world.asked(staff, "<script>alert(1)</script>保育の効果は？")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;太字" in page


def test_the_question_is_shown_at_once_and_the_page_waits_with_and_without_javascript(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    world.answerer.delay_s = 1.0
    try:
        path = staff.post("/ask", text="ゆっくり考える質問です", nonce=staff.field("nonce")).headers["location"]
        page = staff.get(path).text
    finally:
        world.answerer.delay_s = 0.0
    assert "ゆっくり考える質問です" in page
    assert 'http-equiv="refresh"' in page
    assert 'hx-trigger="load delay:400ms, every 1s"' in page
    world.settled()
    assert QUOTE in staff.get(path).text


def test_the_thread_is_sent_only_when_it_has_changed(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "引継ぎをお願いします")
    page = staff.get(f"{path}/thread", **{"hx-request": "true"}).text
    seen = page.partition("?seen=")[2].partition('"')[0]

    assert "担当コンサルタントに引き継ぎました。" in page
    assert 'hx-swap-oob="innerHTML"' in page
    assert staff.get(f"{path}/thread?seen={seen}").status_code == 204


def test_a_doubled_submission_is_one_question(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    nonce = staff.field("nonce")
    paths = {staff.post("/ask", text="二度押しの質問", nonce=nonce).headers["location"] for _ in range(2)}
    world.settled()

    assert len(paths) == 1
    assert staff.get(paths.pop()).text.count('<section class="question">') == 1


def test_other_words_in_a_form_that_was_sent_are_not_lost(world: World) -> None:
    """Back, rewritten, sent again: the nonce is that of the first."""
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    nonce = staff.field("nonce")
    path = staff.post("/ask", text="はじめの質問", nonce=nonce).headers["location"]
    world.settled()

    again = staff.post("/ask", text="書き直した質問", nonce=nonce)

    assert again.status_code == 400
    assert ">書き直した質問</textarea>" in again.text
    assert "すでに受け付けています" in again.text
    staff.get("/")
    assert staff.post("/ask", text="書き直した質問", nonce=staff.field("nonce")).status_code == 303
    world.settled()
    on = staff.get(path).text.rpartition('name="nonce" value="')[2].partition('"')[0]
    assert staff.post(f"{path.partition('#')[0]}/ask", text="続き", nonce=on).status_code == 303
    world.settled()
    staff.get(path)
    assert ">別の続き</textarea>" in staff.post(f"{path.partition('#')[0]}/ask", text="別の続き", nonce=on).text


def test_asking_on_stays_in_the_conversation(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "最初の質問")
    staff.get(path)
    assert staff.post(f"{path}/ask", text="続きの質問", nonce=staff.field("nonce")).status_code == 303
    world.settled()

    page = staff.get(path).text
    assert page.index("最初の質問") < page.index("続きの質問")
    assert page.count('<section class="question">') == 2


def test_a_clarification_is_answered_by_a_button(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "どれの話でしょう")
    page = staff.get(path).text
    assert all(choice in page for choice in CHOICES)

    inquiry = page.partition("/inquiries/")[2].partition("/")[0]
    staff.post(f"/inquiries/{inquiry}/choice", choice="1")
    world.settled()
    assert f"どれの話でしょう（{CHOICES[1]}）" in staff.get(path).text


def test_personal_data_is_masked_before_it_is_kept_and_the_page_says_so(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    page = staff.get(world.asked(staff, "住民の090-1234-5678に折り返す手順は？")).text
    assert "090-1234-5678" not in page
    assert "〔電話番号〕" in page
    assert "個人情報とみられる部分（電話番号）を伏せて" in page


def test_a_verdict_is_kept_and_shown(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "評価する質問")
    inquiry = staff.get(path).text.partition("/inquiries/")[2].partition("/")[0]

    fragment = staff.post(f"/inquiries/{inquiry}/feedback", {"hx-request": "true"}, helpful="false").text
    assert "<html" not in fragment
    assert "ご評価を記録しました" in fragment
    assert staff.get(path).text.count('aria-pressed="true"') == 1


def test_a_person_is_called_and_taken_back(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "人に聞きたい質問")
    inquiry = staff.get(path).text.partition("/inquiries/")[2].partition("/")[0]

    staff.post(f"/inquiries/{inquiry}/person")
    page = staff.get(path).text
    assert "担当者待ち" in page
    assert "担当者に相談する</button>" not in page

    case = page.partition("/handoffs/")[2].partition("/")[0]
    staff.post(f"/handoffs/{case}/withdraw")
    page = staff.get(path).text
    assert "この引継ぎは取り下げられました。" in page
    assert "担当者に相談する</button>" in page


def test_what_a_handover_found_is_not_shown_to_staff(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    page = staff.get(world.asked(staff, "引継ぎになる質問")).text
    assert QUOTE not in page
    assert "下書き" not in page


def test_what_stands_near_is_shown_to_staff_as_a_reference_beside_its_source(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    page = staff.get(world.asked(staff, "近い記述のある質問")).text

    for shown in (
        '<span class="badge badge-handoff">参考</span>',
        "<h4>参考</h4>",
        r'<a class="ref" href="#s-[0-9a-f]+-1"',
        '<h3 id="h-[^"]*">参考</h3>',
        f"<mark>{QUOTE}</mark>",
        "担当者待ち",
    ):
        assert re.search(shown, page), shown
    assert "下書き" not in page


def test_an_answer_with_sources_is_called_grounded_and_a_hand_over_is_not(world: World) -> None:
    staff = world.signed_in(Role.STAFF)

    assert "根拠あり" in staff.get(world.asked(staff, "効果は？")).text
    assert "根拠あり" not in staff.get(world.asked(staff, "近い記述のある質問")).text


def test_a_colleague_reads_but_does_not_write(world: World) -> None:
    staff, colleague = world.signed_in(Role.STAFF), world.signed_in(Role.STAFF)
    path = world.asked(staff, "引継ぎ：同僚も読む質問")

    page = colleague.get(path).text
    assert "同僚も読む質問" in page
    assert "ご相談された方だけ" in page
    assert "同僚も読む質問" in colleague.get("/consultations").text
    colleague.get("/")
    assert colleague.post(f"{path}/ask", text="割り込み").status_code == 400
    case = staff.get(path).text.partition("/handoffs/")[2].partition("/")[0]
    assert colleague.post(f"/handoffs/{case}/withdraw").status_code == 400


def test_another_body_sees_nothing_of_it(world: World) -> None:
    staff, stranger = world.signed_in(Role.STAFF, OURS), world.signed_in(Role.STAFF, THEIRS)
    path = world.asked(staff, "カナリア文字列のある質問")
    assert stranger.get(path).status_code == 404
    assert "カナリア文字列" not in stranger.get("/consultations").text + stranger.get("/").text
    assert "カナリア文字列" not in stranger.get("/consultations?words=カナリア").text.replace('value="カナリア"', "")


def test_an_empty_and_an_overlong_question_come_back_with_a_sentence(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    empty = staff.post("/ask", text=" 　\r\n ", nonce=staff.field("nonce"))
    assert (empty.status_code, "質問が空です" in empty.text) == (400, True)

    too_long = staff.post("/ask", text="長" * 40_001, nonce=staff.field("nonce"))
    assert (too_long.status_code, "40,001文字" in too_long.text) == (400, True)
    assert "長" * 40_001 in too_long.text  # nothing typed is lost


def test_forty_thousand_characters_are_taken(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "😀" * 40_000)
    assert staff.get(path).status_code == 200


def test_hostile_characters_do_not_break_the_page(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    for text in ("😀", "\x00\u202eabc\u200b", "？", "ﾎｲｸｼｮ"):
        assert staff.get(world.asked(staff, text)).status_code == 200


def test_a_monstrous_body_is_turned_away(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    assert staff.post("/ask", text="長" * 400_000).status_code == 413


def test_an_example_fills_the_form(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    assert "保育所の入所選考AIで" in staff.get("/?example=1").text.partition("<textarea")[2].partition("</textarea>")[0]
    assert staff.get("/?example=99").status_code == 200


def test_the_page_says_that_the_index_is_not_whole(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    world.index_state = "検索用の索引を準備中です（3/9）。"
    try:
        assert "検索用の索引を準備中です（3/9）。" in staff.get("/").text
    finally:
        world.index_state = None


def test_the_front_says_the_next_dates_and_whom_to_ask(world: World) -> None:
    on = tokyo_date(datetime.now(UTC))

    def kept(session: Session) -> None:
        Programme(session).keep(on, "第2回研修会<b>", None)
        Programme(session).keep(on, "隣町だけの締切", THEIRS.code)
        Programme(session).keep(on - timedelta(days=1), "過ぎた説明会", None)

    world.ledger.write(kept)
    page = world.signed_in(Role.STAFF).get("/").text

    assert "第2回研修会&lt;b&gt;" in page
    assert "隣町だけの締切" not in page
    assert "過ぎた説明会" not in page
    assert "担当：窓口（開庁日の08:30〜17:15）" in page
    assert "対応しています" in page or "対応時間外" in page


def inquiry_of(page: str) -> str:
    return re.findall(r'<article class="exchange" id="i-([^"]+)"', page)[-1]


def test_a_question_that_people_are_on_is_corrected_and_they_read_the_new_words(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    path = world.asked(staff, "引継ぎをお願いします")
    page = staff.get(path).text
    assert "訂正・取消し" in page

    words = "上限の引継ぎをお願いします。携帯は090-1234-5678です。"
    assert staff.post(f"/inquiries/{inquiry_of(page)}/amend", text=words).status_code == 303

    page = staff.get(path).text
    assert "上限の引継ぎをお願いします。携帯は〔電話番号〕です。" in page
    assert "（訂正済み）" in page
    [case] = re.findall(r"/handoffs/([0-9a-f]+)/withdraw", page)
    inside = consultant.get(f"/cases/{case}").text
    assert ">上限の引継ぎをお願いします。" in inside
    assert ">引継ぎをお願いします<" in inside, "what they read before stays in the course of words"


def test_what_the_machine_has_answered_is_asked_on_and_the_new_words_are_not_lost(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "保育所の入所選考AIの効果は？")
    page = staff.get(path).text
    assert "訂正・取消し" not in page

    refused = staff.post(f"/inquiries/{inquiry_of(page)}/amend", text="費用の書き直し")

    assert refused.status_code == 400
    assert "訂正できません" in refused.text
    assert ">費用の書き直し</textarea>" in refused.text
    assert "費用の書き直し" not in staff.get(path).text


def test_a_question_taken_back_goes_with_its_words_its_files_and_its_hand_over(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    path = world.asked(staff, "引継ぎをお願いします。内緒の話です。", ("内緒.txt", b"text"))
    page = staff.get(path).text
    [case] = re.findall(r"/handoffs/([0-9a-f]+)/withdraw", page)
    [file] = re.findall(r'href="(/files/[^"]+)"', page)
    assert staff.get(file).content == b"text"
    staff.get(path)

    assert staff.post(f"/inquiries/{inquiry_of(page)}/take-back").status_code == 303

    page = staff.get(path).text
    assert "（質問は取り消されました）" in page
    assert "（取り消されました）" in page
    assert "保存期間" not in page
    assert "取り消す" not in page
    assert "担当者に相談する" not in page
    assert "内緒" not in page + consultant.get(f"/cases/{case}").text
    assert "取下げ" in consultant.get(f"/cases/{case}").text
    assert staff.get(file).status_code == 404


def test_a_form_that_is_open_stays_while_the_thread_changes_and_goes_with_its_kind(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    path = world.asked(staff, "引継ぎをお願いします")

    def kept() -> list[str]:
        return re.findall(r'<details class="no-print" id="([^"]+)" hx-preserve="true">', staff.get(path).text)

    before = kept()
    asked, [case] = inquiry_of(staff.page), re.findall(r"/handoffs/([0-9a-f]+)/withdraw", staff.page)
    consultant.get(f"/cases/{case}")
    consultant.post(f"/cases/{case}/claim")
    assert kept() == before != []

    staff.post(f"/inquiries/{asked}/amend", text="別の文面の引継ぎ")
    amended = kept()
    assert amended != before, "the old form would show the old words"
    staff.post(f"/handoffs/{case}/withdraw")
    assert kept() == amended
    staff.post(f"/inquiries/{asked}/take-back")
    assert kept() == []


def test_nobody_is_called_for_a_question_taken_back(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "保育所の入所選考AIの効果は？")
    asked = inquiry_of(staff.get(path).text)
    staff.post(f"/inquiries/{asked}/take-back")

    refused = staff.post(f"/inquiries/{asked}/person")

    assert (refused.status_code, QUESTION_TAKEN_BACK in refused.text) == (400, True)
    assert "担当者待ち" not in staff.get(path).text
    amended = staff.post(f"/inquiries/{asked}/amend", text="書き直し").text
    assert wording.AMENDED_LATE in amended
    assert "もう回答しているため" not in amended


def test_what_was_chosen_is_taken_back_with_the_question_alone(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, "どれの話でしょう")
    parent = inquiry_of(staff.get(path).text)
    staff.post(f"/inquiries/{parent}/choice", choice="1")
    world.settled()
    assert re.findall(r"/inquiries/([0-9a-f]+)/take-back", staff.get(path).text) == [parent]

    staff.post(f"/inquiries/{parent}/take-back")

    assert "どれの話" not in staff.get(path).text
    assert staff.page.count("（質問は取り消されました）") == 2


def test_only_who_asked_corrects_and_takes_back(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    asked = inquiry_of(staff.get(world.asked(staff, "引継ぎをお願いします")).text)

    for other, status in ((world.signed_in(Role.STAFF), 400), (world.signed_in(Role.STAFF, THEIRS), 404)):
        other.get("/")
        for deed in ("amend", "take-back"):
            assert other.post(f"/inquiries/{asked}/{deed}", text="x").status_code == status
