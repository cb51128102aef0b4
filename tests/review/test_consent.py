"""Consent, rating, correction and the weekly figures on the web desk."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from consultation.calendar import tokyo_date
from consultation.opening import is_open_day
from records.accounts import Role
from records.registry import Registry
from review import wording
from tests.review.test_casework import handed_over
from tests.review.world import OURS, THEIRS, Browser, World


def asked(world: World, text: str) -> tuple[Browser, str, str]:
    """Somebody whose body is asked first; the conversation's path, and that of the answer to give."""
    world.ledger.write(lambda session: Registry(session).ask_consent(OURS.code, asks=True))
    try:
        staff = world.signed_in(Role.STAFF)
        path = world.asked(staff, text)
    finally:
        world.ledger.write(lambda session: Registry(session).ask_consent(OURS.code, asks=False))
    page = staff.get(path).text
    return staff, path, page.rpartition('/consent"')[0].rpartition('action="')[2] + "/consent"


def test_nobody_is_called_before_the_asker_says_yes(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, consent = asked(world, "近い：同意を尋ねる相談")
    assert "同意を尋ねる相談" not in consultant.get("/cases").text
    assert "引き継ぎますか" in staff.page
    assert "担当者に相談する" not in staff.page
    assert world.signed_in(Role.STAFF, THEIRS).post(consent, agree="yes").status_code == 404

    assert staff.post(consent, agree="no").status_code == 303
    assert "引き継ぎはしていません" in staff.get(path).text
    assert staff.post(consent, agree="yes").status_code == 303

    assert "に取り次ぎました" in staff.get(path).text
    assert "同意を尋ねる相談" in consultant.get("/cases").text
    assert staff.post(consent, agree="no").status_code == 400


def test_nobody_is_asked_about_a_question_taken_back(world: World) -> None:
    staff, path, consent = asked(world, "近い：取り消す相談")
    assert "まだ引き継いでいません" in staff.page
    staff.post(consent.replace("/consent", "/take-back"))

    assert "（質問は取り消されました）" in staff.get(path).text
    assert "引き継ぎますか" not in staff.page
    assert wording.CONSENT_ASKED not in staff.get(f"{path}/thread").text


def test_a_rating_is_asked_for_after_the_end_and_stands_on_the_case(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：評価する相談", consultant)
    consultant.get(case)
    rating = f"{case.replace('/cases/', '/handoffs/')}/rating"
    staff.get(path)
    assert staff.post(rating, score="3").status_code == 400
    for deed in ("claim", "resolve"):
        consultant.get(case)
        assert consultant.post(f"{case}/{deed}").status_code == 303
    staff.get(path)
    staff.post(case.replace("/cases/", "/handoffs/") + "/confirm")
    assert "いかがでしたか" in staff.get(path).text

    for score in ("3", "1"):
        assert staff.post(rating, score=score, words="電話は090-1234-5678です").status_code == 303
    assert staff.post(rating, score="5").status_code == 400

    assert "「不満」で承りました" in staff.get(path).text
    page = consultant.get(case).text
    assert "不満" in page
    assert "満足</b>" not in page
    assert "090-1234-5678" not in page


def test_topic_priority_and_day_are_corrected_with_why(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    staff, path, case = handed_over(world, "引継ぎ：分類を直す相談", consultant)
    consultant.get(case)
    days = (tokyo_date(datetime.now(UTC)) + timedelta(days=count) for count in range(5, 30))
    day = next(found for found in days if is_open_day(found)).isoformat()
    form = {"topic": "T06", "priority": "urgent", "due_on": day}

    assert consultant.post(f"{case}/correct", **form, why="").status_code == 409
    assert consultant.post(f"{case}/correct", **form, why="内輪の理由").status_code == 303
    for wrong in ({"due_on": "いつか"}, {"topic": "T99"}, {"due_on": "2026-01-01"}):
        assert consultant.post(f"{case}/correct", **(form | wrong), why="誤り").status_code == 409

    page = consultant.get(case).text
    assert "分類：予算・財源" in page
    assert "優先度を直した：お急ぎ<br>" in page
    assert "理由：内輪の理由" in page
    assert f'value="{day}"' in page
    assert "内輪の理由" not in staff.get(path).text
    reviewer = world.signed_in(Role.REVIEWER)
    assert "期限を直した" in reviewer.get(path.replace("/consultations/", "/log/")).text


def test_the_weeks_are_shown_to_reviewers_and_consultants(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    world.asked(staff, "引継ぎ：先週の相談")
    move_back(world, datetime.now(UTC) - timedelta(days=7))

    page = world.signed_in(Role.REVIEWER).get("/weekly").text

    assert "先週の相談" in page
    assert "最近の8週" in page
    assert "登録された資料に見当たらないため" in page
    assert world.signed_in(Role.CONSULTANT).get("/weekly?team=none&week=none").status_code == 200
    assert staff.get("/weekly").status_code == 403


def move_back(world: World, moment: datetime) -> None:
    """Everything of today happened then: nobody waits a week in a test."""
    shown = moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    with world.ledger.engine.begin() as connection:
        for table, column in (("inquiry", "received_at"), ("case_event", "at"), ("handoff_case", "opened_at")):
            connection.execute(text(f"UPDATE {table} SET {column} = :at"), {"at": shown})  # noqa: S608
