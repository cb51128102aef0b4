"""Bulletins as Slack takes them: cut by construction, nobody pinged, found again, to a lead directly."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.links import Links
from bot.writing import announced
from consultation.article import ArticleId, ArticleState
from consultation.calendar import TOKYO, tokyo_date
from consultation.case import CaseDeed
from consultation.inquiry import Channel, Place
from consultation.municipality import municipality
from consultation.outcome import OutcomeKind, Reason
from consultation.rating import Score
from consultation.team import Team
from consultation.weekly import Figures, Lack, Times, Week
from desk.letters import Bulletin, Expiring, Morning, Purpose, Weekly
from records.ledger import Ledger
from records.rows import ArticleRow, DeliveryRow, PersonRow
from tests.bot.bench import CONSULTANTS, SATO, TEAM, a_postman, a_twin
from tests.bot.letters import case, consultant
from tests.bot.test_blocks import MARK, NASTY, dicts
from tests.twins.slack import Fault, SlackTwin
from tests.twins.slack.blocks import message_problems

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=TOKYO)
LINKS = Links("https://desk.example/")


def delivery(purpose: Purpose, room: str = CONSULTANTS) -> DeliveryRow:
    place = Place(Channel.SLACK, TEAM, room, "")
    return DeliveryRow(f"{purpose}:all:2026-11-30", 1, purpose, place, None, None, None, "waiting", None)


def morning(count: int = 1, text: str = "新座市", now: datetime = NOW) -> Bulletin:
    open_case = replace(case(text), topic="T06")
    tells = Morning(Team("t", text), now, (open_case,) * count, (consultant(text),) * min(count, 30))
    return Bulletin(delivery(Purpose.MORNING), Purpose.MORNING, tells)


def weekly(text: str = "交付金の率は", room: str = CONSULTANTS) -> Bulletin:
    found = Figures(
        week=Week(date(2026, 11, 16)),
        outcomes={OutcomeKind.ANSWER: 3, OutcomeKind.HANDOFF: 1},
        handed_over=((Reason.LOW_CONFIDENCE, 2),),
        claim=Times(2, timedelta(minutes=55), timedelta(minutes=90)),
        reply=Times(0, None, None),
        standing=4,
        overdue=1,
        ended={CaseDeed.CONFIRM: 1},
        ratings={Score.POOR: 1},
        lacks=(Lack("T06", 2, (text,) * 3), Lack(None, 1, (text,))),
        near=((text, 3),),
        contradicting=(((text, text), 2),),
    )
    return Bulletin(delivery(Purpose.WEEKLY, room), Purpose.WEEKLY, Weekly(Team("t", "東日本"), found), consultant())


def expiring(
    text: str = "印鑑は要りますか", state: ArticleState = ArticleState.APPROVED, last: date = date(2027, 3, 31)
) -> Bulletin:
    """To its owner, directly."""
    owner, body = PersonRow("a1", text), municipality("112305", "新座市", "埼玉県")
    row = ArticleRow(
        id=ArticleId("a1"),
        number=7,
        edition=1,
        state=state,
        question=text,
        answer=text,
        body=body,
        for_all=True,
        case_id=None,
        author=owner,
        owner=owner,
        expires_on=last,
        approved_at=NOW,
        changed_at=NOW,
        sources=(),
        history=(),
    )
    return Bulletin(delivery(Purpose.EXPIRING, SATO), Purpose.EXPIRING, Expiring(row), consultant())


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("count", [1, 500])
def test_whatever_stands_in_a_bulletin_slack_takes_it(text: str, count: int) -> None:
    for writing in (
        announced(morning(count, text), LINKS),
        announced(weekly(text), Links("")),
        announced(expiring(text), LINKS),
    ):
        blocks = dicts(writing.blocks)
        assert message_problems(blocks) == []
        assert 0 < len(writing.text) <= 4_000
        assert not MARK.search(json.dumps([writing.text, blocks], ensure_ascii=False))


def test_of_five_hundred_cases_the_first_are_listed_and_the_rest_counted() -> None:
    in_time = datetime(2026, 11, 24, 8, 30, tzinfo=TOKYO)  # received on a Sunday before a holiday: due that evening
    shown = str(dicts(announced(morning(500, now=in_time), LINKS).blocks))

    assert shown.count("R08-KANTO-0012") == 40
    assert "ほか460件" in shown
    assert "500件" in shown
    assert "うち期限超過 0件" in shown
    assert "期限超過】" not in shown
    assert "【期限超過】" in str(dicts(announced(morning(1), LINKS).blocks))


def test_the_week_is_told_in_figures() -> None:
    shown = json.dumps(dicts(announced(weekly(), LINKS).blocks), ensure_ascii=False)

    for words in (
        "主任 佐藤 さんへ",
        "令和8年11月16日〜令和8年11月22日",
        "質問 4件、うち窓口が回答 3件（75%）",
        "引継ぎ 2件（確信をもって答えられない 2）",
        "担当が決まるまで：中央値 55分、9割は 1時間30分 以内（開庁時間、2件）",
        "最初の返信まで：該当なし",
        "未完了 4件、うち期限超過 1件",
        "解決 1、返事なし 0、取下げ 0",
        "満足 0、ふつう 0、不満 1",
        "予算・財源 2件　「交付金の率は」",
        "『交付金の率は』 3",
        "食い違う資料：『交付金の率は』と『交付金の率は』 2",
    ):
        assert words in shown


def test_an_owner_reads_what_ends_and_what_has_ended_with_the_way_to_it() -> None:
    near, over = (announced(expiring(state=state), LINKS) for state in (ArticleState.APPROVED, ArticleState.EXPIRED))

    assert "K-0007 の有効期限（令和9年3月31日）が近づいています" in near.text
    assert "回答に使われなくなりました" in over.text
    for shown in (str(dicts(near.blocks)), str(dicts(over.blocks))):
        assert "「印鑑は要りますか」" in shown
        assert "/knowledge/a1" in shown


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin() as twin:
        yield twin
        assert twin.violations == []


def test_bulletins_are_found_again_in_the_channel_and_with_the_lead(twin: SlackTwin, tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'log.db'}")
    postman = a_postman(twin, ledger, LINKS)
    today = morning(now=datetime.now(TOKYO))
    directly = replace(weekly(room=SATO), told=consultant())

    for letter in (today, directly, expiring(last=tokyo_date(datetime.now(UTC)) + timedelta(days=10))):
        assert postman.find(letter) is None
        ref = postman.post(letter)
        assert postman.find(letter) == ref
    assert "主任" not in str([message.blocks for message in twin.messages(twin.dm(SATO))])
    twin.fault("conversations.open", Fault.refused("user_not_found"))
    assert postman.find(directly) is None
    ledger.close()
