"""The Home: a consultant's, staff's and a stranger's; each sees their own, cut below Slack's limits, made anew."""

import json
from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest

from bot import wording
from bot.home import wording as home_wording
from bot.home.publishing import Homes
from bot.home.reading import StaffHome, home_of
from bot.links import Links
from bot.settings import SlackSettings
from bot.workspace import OneWorkspace
from consultation.calendar import tokyo_date
from consultation.case import CaseDeed, CaseId, Consultant, ConsultantId
from consultation.inquiry import Asker, Channel, Inquiry, MessageKey, Place
from consultation.opening import OpeningHours
from consultation.outcome import Reason
from consultation.watch import Targets
from desk import wording as desk_wording
from records.book import Book
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.programme import Programme
from records.registry import Registry
from records.roster import Roster
from records.tables import ConsultantTable
from tests.bot.bench import (
    BODY,
    COLLEAGUE,
    KATO,
    MINATO,
    OTHER,
    OTHER_STAFF,
    SATO,
    SHINGU,
    STAFF,
    STRANGER,
    TEAM,
    Bench,
    prepared_ledger,
)
from tests.bot.test_handing_over import handed_over
from tests.twins.slack.blocks import view_problems
from tests.twins.slack.world import View

NOW = datetime.now(UTC)
NASTY = "<!channel> <@U1> & *太字* <https://evil.example|ここ>"


def opened(bench: Bench, user: str, *words: str) -> View:
    """The Home as it stands once it says all of these words."""
    assert bench.twin.open_home(user).wait()
    return shown(bench, user, *words)


def shown(bench: Bench, user: str, *words: str) -> View:
    return bench.twin.wait(lambda t: (home := t.home(user)) and all(one in text(home) for one in words) and home)


def text(home: View) -> str:
    return json.dumps(home.blocks, ensure_ascii=False)


def consultant(ledger: Ledger, user: str = SATO) -> ConsultantId:
    found = ledger.read(lambda session: Registry(session).consultant_in_slack(user))
    assert found is not None
    return found.id


def entered(session: Session, number: int, body: str = BODY, room: str = SHINGU, words: str = NASTY) -> CaseId:
    """A case of a consultation of its own."""
    place = Place(Channel.SLACK, TEAM, room, f"{1_700_000_000 + number}.000100")
    asker = Asker(f"{TEAM}:{STAFF}", NASTY)
    key = MessageKey(f"{room}:{number}")
    found = Book(session).enter(Inquiry(key, place, body, asker, f"{number} {words}", (), NOW))  # type: ignore[arg-type]
    return CaseBook(session).open_for(found.inquiry_id, Reason.LOW_CONFIDENCE, "desk", NOW - timedelta(days=9))[0]


def test_a_consultant_sees_cases_takes_one_and_the_home_follows(either: Bench):
    handed_over(either)
    opened(either, SATO, "佐藤 さんの担当", home_wording.NONE_MINE, "home.claim", "保育所AIの費用は？", "新座市")

    assert either.twin.click_in_home(SATO, "home.claim").acked

    home = shown(either, SATO, home_wording.NONE_WAITING, "対応中")
    assert "home.claim" not in text(home)
    assert "archives/C0CONSULTANTS/p" in text(home)
    assert "• 佐藤：1件" in text(home)


def test_who_comes_second_and_who_is_no_consultant_any_more_are_told_in_their_home(bench: Bench):
    handed_over(bench)
    opened(bench, SATO, "home.claim")
    opened(bench, KATO, "home.claim")
    bench.twin.click_in_home(SATO, "home.claim")
    bench.twin.click_in_home(KATO, "home.claim")
    shown(bench, KATO, desk_wording.NOT_OWNER.format(owner="佐藤"))

    opened(bench, SATO, "home.absence")
    kept = bench.twin.home(SATO)

    def leave(session: Session) -> None:
        session.get_one(ConsultantTable, consultant(bench.ledger)).slack_user = None

    bench.ledger.write(leave)
    for action in ("home.absence", "home.expertise"):
        assert bench.twin._hands.click_in_view(kept, action, None).views == []
    shown(bench, SATO, desk_wording.NOT_CONSULTANT, "登録されていません")
    assert "佐藤 さんの担当" not in text(bench.twin.home(SATO))


def test_absence_and_expertise_are_ones_own_to_say(bench: Bench):
    today = tokyo_date(NOW)
    opened(bench, SATO, home_wording.NO_ABSENCE)
    bench.twin.click_in_home(SATO, "home.absence").view()
    wrong = {"first": {"first": str(today + timedelta(days=3))}, "last": {"last": str(today)}}
    assert "後の日" in bench.twin.submit(SATO, wrong).errors["last"]
    right = {"first": {"first": str(today)}, "last": {"last": str(today + timedelta(days=3))}}
    assert bench.twin.submit(SATO, right).errors == {}
    shown(bench, SATO, "佐藤：0件（不在）", home_wording.absence(today, today + timedelta(days=3)))

    bench.twin.click_in_home(SATO, "home.back")
    shown(bench, SATO, home_wording.NO_ABSENCE)

    bench.twin.click_in_home(SATO, "home.expertise").view()
    assert bench.twin.submit(SATO, {"topics": {"topics": ["T07", "T09"]}, "areas": {"areas": ["kanto"]}}).errors == {}
    shown(bench, SATO, "調達・事業者、個人情報・法令・生成AIのルール", "地域：関東")
    bench.twin.click_in_home(SATO, "home.expertise").view()
    assert bench.twin.submit(SATO, {"topics": {"topics": []}}).errors == {}
    shown(bench, SATO, "分類：すべて", "地域：関東")


def test_only_fitting_cases_are_offered(tmp_path):
    with prepared_ledger(tmp_path) as ledger:
        ours, theirs = ledger.write(lambda s: (entered(s, 1, words="ours"), entered(s, 2, OTHER, MINATO, "theirs")))
        me = consultant(ledger)

        def routed(session: Session) -> None:
            Roster(session).specialise(me, ("T01",), ("kinki",))
            CaseBook(session).move(theirs, CaseDeed.ROUTE, "desk", NOW, to=me)

        assert "ours" in seen(ledger, SATO)
        ledger.write(routed)
        assert "ours" not in seen(ledger, SATO)
        assert "theirs" in seen(ledger, SATO)
        assert ours


def known(ledger: Ledger, team: str, user: str) -> Consultant | None:
    return ledger.read(lambda session: Registry(session).consultant_in_slack(user))


def seen(ledger: Ledger, user: str, base: str = "") -> str:
    """What the Home says, held against Slack's limits."""
    nobody_there = SlackSettings(
        slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url="http://127.0.0.1:9/"
    )  # links fall back
    consultant_at = partial(known, ledger)
    view = Homes(ledger, consultant_at, OneWorkspace(nobody_there), Links(base)).view(TEAM, user).to_dict()
    assert view_problems(view) == []
    said = json.dumps(view, ensure_ascii=False)
    assert not [mark for mark in ("<!", "<@", "<https://evil") if mark in said]
    return said


def test_150_cases_and_200_consultations_are_cut_and_say_so(tmp_path):
    with prepared_ledger(tmp_path) as ledger:
        me = consultant(ledger)

        def many(session: Session) -> None:
            for number in range(200):
                case_id = entered(session, number)
                if number < 150:
                    assert CaseBook(session).move(case_id, CaseDeed.CLAIM, me, NOW).done
            for number in range(60):
                Registry(session).add_consultant(f"{number}{NASTY}" * 9, f"U-{number}", (), (), NOW)
            for number in range(30):
                Programme(session).keep(tokyo_date(NOW) + timedelta(days=number), f"{number}{NASTY}" * 20, None)
                Roster(session).be_away(me, tokyo_date(NOW), tokyo_date(NOW) + timedelta(days=number))

        ledger.write(many)

        mine, theirs = seen(ledger, SATO, "https://desk.example"), seen(ledger, STAFF, "https://desk.example")
        assert "ほか 125 件　<https://desk.example/cases|" in mine
        assert "ほか 35 件" in mine
        assert mine.count(home_wording.OVERDUE) == 40
        assert "ほか 180 件　<https://desk.example/consultations|" in theirs
        assert seen(ledger, STAFF).count("ほか 180 件") == 1


def test_staff_see_their_own_bodys_consultations_and_nobody_elses(bench: Bench):
    ts = bench.ask("効果は CANARY")
    bench.says(SHINGU, ts)
    bench.ask("港区のひみつ", OTHER_STAFF, MINATO)
    bench.ledger.write(lambda s: Programme(s).keep(tokyo_date(NOW), "第2回研修会", None))
    bench.ledger.write(lambda s: Programme(s).keep(tokyo_date(NOW), "港区だけの締切", OTHER))
    bench.ledger.write(lambda s: Programme(s).keep(tokyo_date(NOW) - timedelta(days=1), "過ぎた説明会", None))

    home = opened(bench, STAFF, "新座市の相談窓口", "CANARY", "回答済み", "第2回研修会")
    assert f"archives/{SHINGU}/p{ts.replace('.', '')}" in text(home)
    assert "港区のひみつ" not in text(home)
    assert "港区だけの締切" not in text(home)
    assert "過ぎた説明会" not in text(home)
    assert any(names in text(home) for names in ("佐藤、加藤", "加藤、佐藤"))
    other = opened(bench, OTHER_STAFF, "港区の相談窓口", "港区だけの締切")  # known by what was asked
    assert "CANARY" not in text(other)


def test_a_stranger_reads_how_to_be_registered(bench: Bench):
    home = opened(bench, STRANGER, "登録されていません", f"`{STRANGER}`")

    assert "home." not in text(home)


def test_a_suggested_question_fills_the_form_and_its_answer_stands_in_the_home(bench: Bench):
    opened(bench, STAFF, wording.PROMPTS[1][1])

    view = bench.twin.click_in_home(STAFF, "home.ask_this", "1").view()
    assert wording.PROMPTS[1][1] in str(view.blocks)
    assert bench.twin.submit(STAFF, {}).errors == {}

    shown(bench, STAFF, "保育所の入所選考にAIを使った団体では")
    bench.twin.wait(lambda t: [m for m in t.messages(t.dm(STAFF)) if "結論" in m.text])


def test_a_direct_question_tells_a_colleague_no_words(bench: Bench):
    bench.twin.command(SHINGU, STAFF, "/soudan").view()
    bench.twin.submit(STAFF, {"words": {"words": "内密の話"}, "person": {"person": ["person"]}})
    bench.ask("効果は？", COLLEAGUE)

    opened(bench, STAFF, "内密の話")
    assert "内密の話" not in text(opened(bench, COLLEAGUE, home_wording.PRIVATE, home_wording.DM))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-30T10:00+09:00", "本日は 16:30 まで対応しています。"),
        ("2026-11-28T10:00+09:00", "次は 令和8年11月30日 09:00 からです。"),
    ],
)
def test_whom_to_ask_says_until_when_somebody_is_there(tmp_path, moment: str, words: str):
    with prepared_ledger(tmp_path) as ledger:
        hours = OpeningHours(time(9), time(16, 30))

        def team(session: Session) -> None:
            kept = Roster(session).keep_team("東日本", hours, Targets())
            Roster(session).entrust(BODY, kept)
            Roster(session).place(
                consultant(ledger, KATO), team=kept, deputy_id=None, is_lead=True, most_open=None, most_a_day=None
            )

        ledger.write(team)
        found = ledger.read(home_of(None, TEAM, STAFF, datetime.fromisoformat(moment)))

        assert isinstance(found, StaffHome)
        assert words in home_wording.there(found.counter)
        assert found.counter.people == ("加藤",)
