"""The consultants' pages: what waits, claiming once, answering under one's name, resolving."""

import re
from datetime import UTC, datetime

import pytest

from consultation.attachment import Attached, Unfit
from consultation.inquiry import Asker, Channel, Inquiry, MessageKey, Place
from desk.wording import SHOWN
from records.accounts import Role
from tests.review.world import OURS, QUOTE, THEIRS, Browser, World


def handed_over(world: World, text: str, consultant: Browser) -> tuple[Browser, str, str]:
    """A hand-over: its asker, the conversation's path and the case's."""
    staff = world.signed_in(Role.STAFF)
    path = world.asked(staff, text)
    listed = consultant.get("/cases").text
    case = listed[: listed.index(text)].rpartition('href="')[2].partition('"')[0]
    return staff, path, case


def test_a_case_goes_from_waiting_to_resolved_and_the_staff_see_each_state(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：一通りの流れ", consultant)

    page = consultant.get(case).text
    assert OURS.name in page
    assert "登録された資料に見当たらないため" in page
    assert f"<mark>{QUOTE}</mark>" in page

    consultant.post(f"{case}/claim")
    assert "対応しています" in staff.get(path).text
    page = consultant.get(case).text
    assert "下書きの文です。" in page.partition("<textarea")[2].partition("</textarea>")[0]

    assert consultant.post(f"{case}/reply", text="担当としてお答えします。", nonce="n1").status_code == 303
    page = staff.get(path).text
    assert "担当としてお答えします。" in page
    assert "さんからの回答" in page

    consultant.get(case)
    consultant.post(f"{case}/resolve")
    assert "この引継ぎは完了しました。" in staff.get(path).text


def test_files_are_named_with_what_became_of_them_to_both_sides(world: World) -> None:
    files = (Attached("T1", "F1", "計画<b>.pdf", 10), Attached("T1", "F2", "道具.exe", 10, Unfit.TYPE))
    place, asker = Place(Channel.SLACK, "T1", "C1", "9.9"), Asker("T1:U1", "担当")
    text = "引継ぎ：ファイルの付いた相談"
    entered = world.desk.accept(
        Inquiry(MessageKey("with-files"), place, OURS.code, asker, text, (), datetime.now(UTC), files=files)
    )
    world.desk.wait(entered.inquiry_id, 20)
    consultant, staff = world.signed_in(Role.CONSULTANT), world.signed_in(Role.STAFF)
    listed = consultant.get("/cases").text
    case = listed[: listed.index(text)].rpartition('href="')[2].partition('"')[0]

    for page in (consultant.get(case).text, staff.get(f"/consultations/{entered.consultation_id}").text):
        assert "計画&lt;b&gt;.pdf" in page
        assert "送付済み" in page  # where consultants have no channel, they read it here
        assert "送れない種類のため届いていません" in page


def test_a_consultant_sees_what_the_asker_has_read_already(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    _, _, case = handed_over(world, "近い：参考を読んだ相談", consultant)

    page = consultant.get(case).text
    assert SHOWN in page
    assert f"<mark>{QUOTE}</mark>" in page


def test_the_second_who_claims_is_told_who_was_first(world: World) -> None:
    first, second = world.signed_in(Role.CONSULTANT), world.signed_in(Role.CONSULTANT)
    _, _, case = handed_over(world, "引継ぎ：取り合いになる相談", first)
    second.get(case)
    first.get(case)
    assert first.post(f"{case}/claim").status_code == 303

    refused = second.post(f"{case}/claim")
    assert refused.status_code == 409
    assert "さんが担当しています" in refused.text
    refused = second.post(f"{case}/reply", text="横から失礼します")
    assert (refused.status_code, "さんが担当しています" in refused.text) == (409, True)


def test_an_answer_sent_twice_arrives_once(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：二度送りの相談", consultant)
    consultant.get(case)
    consultant.post(f"{case}/claim")
    for _ in range(2):
        consultant.post(f"{case}/reply", text="一度だけ届く回答です。", nonce="same")
    assert staff.get(path).text.count("一度だけ届く回答です。") == 1


@pytest.mark.parametrize("text", ["", "　\r\n ", "長" * 20_001])
def test_an_answer_that_cannot_be_sent_comes_back(world: World, text: str) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, f"引継ぎ：送れない回答{len(text)}", consultant)
    consultant.get(case)
    consultant.post(f"{case}/claim")
    response = consultant.post(f"{case}/reply", text=text)
    assert response.status_code == 409
    assert 'role="alert"' in response.text
    assert "さんからの回答" not in staff.get(path).text


def test_the_longest_waiting_stands_first_and_cases_of_all_bodies_are_seen(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    handed_over(world, "引継ぎ：先の相談", consultant)
    world.asked(world.signed_in(Role.STAFF, THEIRS), "引継ぎ：後の相談")
    page = consultant.get("/cases").text
    assert page.index("引継ぎ：先の相談") < page.index("引継ぎ：後の相談")
    assert THEIRS.name in page


def test_a_case_is_handed_on_with_a_reason_that_the_body_never_sees(world: World) -> None:
    owner, colleague = world.signed_in(Role.CONSULTANT), world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：専門外の相談", owner)
    assert "最初のお返事は" in staff.get(path).text
    owner.get(case)
    owner.post(f"{case}/claim")
    page = owner.get(case).text
    assert "最初の返信の期限" in page
    to = page.partition('<option value="')[2].partition('"')[0]

    assert owner.post(f"{case}/hand-on", to=to, why="").status_code == 409
    assert owner.post(f"{case}/hand-on", to=to, why="内輪の理由").status_code == 303
    assert "担当の依頼先" in owner.get(case).text
    assert "内輪の理由" not in staff.get(path).text

    colleague.get(case)
    assert colleague.post(f"{case}/claim").status_code == 303
    owner.get(case)
    assert owner.post(f"{case}/take-over").status_code == 303
    assert colleague.post(f"{case}/reply", text="横から失礼します").status_code == 409


def test_only_who_was_asked_declines(world: World) -> None:
    everybody = [world.signed_in(Role.CONSULTANT) for _ in range(2)]
    _, _, case = handed_over(world, "引継ぎ：手一杯の相談", everybody[0])
    (asked,) = [one for one in everybody if "担当できないとき" in one.get(case).text] or [None]

    for one in everybody:
        one.get(case)
        assert one.post(f"{case}/decline", why="手一杯です").status_code == (303 if one is asked else 409)


def test_a_case_names_the_body_and_what_it_asked_before(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    handed_over(world, "引継ぎ：先にした相談の続き", consultant)
    staff, path, case = handed_over(world, "引継ぎ：今回の相談", consultant)

    aside = consultant.get(case).text.partition("団体について")[2]

    assert f"<li>{OURS.prefecture}{OURS.name}（{OURS.code}）</li>" in aside
    assert "これまでの引継ぎ：" in aside
    assert "引継ぎ：先にした相談の続き" in aside
    assert "引継ぎ：今回の相談" not in aside
    assert re.search('<a href="/cases/[0-9a-f]+">R', aside)
    assert "団体について" not in staff.get(path).text


def test_the_course_of_a_case_tells_who_did_what_and_why_inside_only(world: World) -> None:
    owner, _ = (world.signed_in(Role.CONSULTANT) for _ in range(2))
    staff, path, case = handed_over(world, "引継ぎ：経過を見る相談", owner)
    owner.get(case)
    owner.post(f"{case}/claim")
    [colleague, *_] = re.findall('<option value="([0-9a-f-]{32,})">', owner.get(case).text)
    assert owner.post(f"{case}/hand-on", to=colleague, why="手一杯のため").status_code == 303

    course = owner.get(case).text.partition("引継ぎの経過")[2]

    turned = '<td>窓口（自動）</td><td>担当を依頼した（相手：.+さん）<br><span class="note">理由：担当できる方'
    assert re.search(turned, course)
    handed_on = '<td>ほかの担当者に引き継いだ（相手：.+さん）<br><span class="note">理由：手一杯のため</span></td>'
    assert re.search(handed_on, course)
    assert "手一杯" not in staff.get(path).text
    assert "手一杯のため" in world.signed_in(Role.REVIEWER).get(path.replace("/consultations/", "/log/")).text


def test_the_asker_says_whether_it_is_solved(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：解決を尋ねる相談", consultant)
    consultant.get(case)
    for deed, words in (("claim", {}), ("reply", {"text": "お答えします", "nonce": "n"}), ("resolve", {})):
        assert consultant.post(f"{case}/{deed}", **words).status_code == 303
    handoff = case.replace("/cases/", "/handoffs/")
    assert "解決しましたか" in staff.get(path).text

    assert staff.post(f"{handoff}/reopen").status_code == 303
    assert "待ちください" in staff.get(path).text
    assert staff.post(f"{handoff}/confirm").status_code == 400

    consultant.get(case)
    for deed in ("claim", "resolve"):
        assert consultant.post(f"{case}/{deed}").status_code == 303
    staff.get(path)
    assert staff.post(f"{handoff}/confirm").status_code == 303
    assert "この相談は終了しました。" in staff.get(path).text


def test_a_sent_reply_is_corrected_and_taken_back_by_its_sender_and_keeps_its_earlier_words(world: World) -> None:
    sender, colleague = world.signed_in(Role.CONSULTANT), world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：訂正のある相談", sender)
    sender.post(f"{case}/claim")
    sender.get(case)
    sender.post(f"{case}/reply", text="月10万円です。", nonce="n1")
    sender.get(case)
    assert sender.post(f"{case}/reply", text="別の文です。", nonce="n1").status_code == 409  # nothing typed is lost
    change = sender.get(case).text.partition('/revise"')[0].rpartition('action="')[2]

    colleague.get(case)
    assert colleague.post(f"{change}/revise", text="横から").status_code == 409
    assert sender.post(f"{change}/revise", text="月12万円です。").status_code == 303
    page = staff.get(path).text
    assert "月12万円です。" in page
    assert "（訂正済み）" in page
    assert "月10万円です。" not in page
    assert "月10万円です。" in sender.get(case).text

    assert sender.post(f"{change}/recall").status_code == 303
    page = staff.get(path).text
    assert "担当者がこの回答を取り消しました" in page
    assert "月12万円です。" not in page
    assert sender.get(case).text.count("/recall") == 0


def test_a_consultant_asks_the_machine_and_the_asker_sees_none_of_it(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    _, _, first = handed_over(world, "引継ぎ：庁内の無線の更新", consultant)
    staff, path, case = handed_over(world, "引継ぎ：庁内の無線の更新の進め方", consultant)
    consultant.get(case)

    assert consultant.post(f"{case}/aside", kind="draft", words="費用も", nonce="a1").status_code == 303
    assert world.answerer.asked[-1].endswith("費用も")
    assert "下書きの文です。" in consultant.get(case).text.partition('id="asides"')[2]
    consultant.post(f"{case}/aside", kind="alike", nonce="a2")
    assert f'href="{first}"' in consultant.get(case).text
    assert consultant.post(f"{case}/aside", kind="passages", nonce="a3").status_code == 409

    assert "費用も" not in staff.get(path).text
