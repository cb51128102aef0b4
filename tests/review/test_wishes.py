"""What is wished beside a new question: topic, day, a person; as Slack's form takes it, without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from consultation.calendar import shown_date, tokyo_date
from consultation.outcome import Reason
from consultation.topic import Topic
from desk import wording as desk_wording
from records.accounts import Role
from records.ledger import Session
from records.pages import Pages
from records.rows import CaseRow
from review import wording
from tests.review.world import CHOICES, QUOTE, Browser, World

TODAY = tokyo_date(datetime.now(UTC))


def asked(world: World, staff: Browser, text: str, **wished: str) -> str:
    """Ask with a wish, wait for the outcome, and give the conversation's path."""
    staff.get("/")
    path = staff.post("/ask", text=text, nonce=staff.field("nonce"), **wished).headers["location"].partition("#")[0]
    world.settled()
    return path


def case_of(world: World, path: str) -> CaseRow:
    def view(session: Session) -> CaseRow:
        return next(case for case in Pages(session).open_cases() if path.endswith(case.consultation.id))

    return world.ledger.read(view)


def test_a_person_is_asked_directly_and_the_machine_is_not(world: World) -> None:
    staff, text = world.signed_in(Role.STAFF), "担当者の異動について直接の相談です"
    path = asked(world, staff, text, person="yes", topic="T05")

    page, case = staff.get(path).text, case_of(world, path)
    assert (case.reason, case.topic, case.is_urgent) == (Reason.ASKED_FOR_PERSON, "T05", False)
    assert text not in world.answerer.asked
    assert "担当コンサルタントが直接お答えします" in page
    assert QUOTE not in page
    assert "分類：推進体制・人材　担当者への直接のご相談" in page


def test_a_day_within_three_opening_days_is_urgent_and_both_sides_read_it(world: World) -> None:
    staff, consultant = world.signed_in(Role.STAFF), world.signed_in(Role.CONSULTANT)
    path = asked(world, staff, "引継ぎになる急ぎの質問", by=TODAY.isoformat())

    case, said = case_of(world, path), f'<p class="meta">いつまでに：{shown_date(TODAY)}</p>'
    assert case.is_urgent
    assert said in staff.get(path).text
    assert said in consultant.get(f"/cases/{case.id}").text
    assert said in world.signed_in(Role.REVIEWER).get(path.replace("/consultations/", "/log/")).text


def test_a_day_far_off_counts_instead_of_the_words(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    path = asked(world, staff, "引継ぎ：明日までに教えてください", by=(TODAY + timedelta(days=40)).isoformat())

    assert not case_of(world, path).is_urgent


def test_a_choice_keeps_the_day(world: World) -> None:
    staff, by = world.signed_in(Role.STAFF), TODAY + timedelta(days=40)
    path = asked(world, staff, "どれの話でしょう", by=by.isoformat())

    inquiry = staff.get(path).text.partition("/inquiries/")[2].partition("/")[0]
    staff.post(f"/inquiries/{inquiry}/choice", choice="0")
    world.settled()
    page = staff.get(path).text
    assert f"どれの話でしょう（{CHOICES[0]}）" in page
    assert page.count(f"いつまでに：{shown_date(by)}") == 2


@pytest.mark.parametrize(
    ("wrong", "value", "sentence"),
    [
        ("by", (TODAY - timedelta(days=1)).isoformat(), desk_wording.PAST_DAY),
        ("by", "あした", wording.BAD_DATE),
        ("topic", "T99", desk_wording.NO_SUCH_TOPIC),
        ("text", " \n", wording.EMPTY_QUESTION),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    world: World, wrong: str, value: str, sentence: str
) -> None:
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    sent = {"text": "消えては困る質問", "topic": "T03", "by": TODAY.isoformat(), "person": "yes"} | {wrong: value}
    answer = staff.post("/ask", nonce=staff.field("nonce"), **sent)

    page = answer.text
    assert answer.status_code == 400
    assert sentence in page.partition('role="alert"')[2].partition("</div>")[0]
    assert re.findall(r'<(?:textarea|select|input) id="(\w+)"[^>]* aria-invalid="true"', page) == [wrong]
    assert "<details open>" in page
    assert f">{sent['text'].strip()}</textarea>" in page
    assert f'type="date" value="{sent["by"]}"' in page
    assert re.search(r'name="person"[^>]* checked>', page)
    assert ('value="T03" selected' in page) == (wrong != "topic")


def test_the_form_offers_every_topic_folded_away_and_asking_on_does_not(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    page = staff.get("/").text
    assert all(f'<option value="{topic.value}">{topic.label}</option>' in page for topic in Topic)
    assert "<details><summary>分類・期限・担当者の指定（任意）</summary>" in page

    answered = staff.get(world.asked(staff, "何も指定しない質問")).text
    assert QUOTE in answered
    assert "いつまでに" not in answered
    assert 'name="person"' not in answered
