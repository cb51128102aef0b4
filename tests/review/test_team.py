"""The team's page: who has how much, when they are away, and what they are expert in; each says it of themselves."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from consultation.calendar import shown_date, tokyo_date
from consultation.case import Consultant
from consultation.opening import OpeningHours
from consultation.watch import Targets
from desk import wording as desk_wording
from records.accounts import Account, Role
from records.ledger import Session
from records.registry import Registry
from records.roster import Roster
from records.tables import ConsultantTable
from review import wording
from tests.review.world import Browser, World


@pytest.fixture
def me(world: World) -> Account:
    return world.account(Role.CONSULTANT)


@pytest.fixture
def consultant(world: World, me: Account) -> Browser:
    browser = world.browser()
    browser.sign_in(me.profile.login)
    browser.get("/team")
    return browser


@pytest.fixture
def today() -> date:
    return tokyo_date(datetime.now(UTC))


def entry(world: World, account: Account) -> Consultant:
    found = world.ledger.read(lambda session: Registry(session).serving(str(account.profile.consultant_id)))
    assert found
    return found


def row(page: str, name: str) -> str:
    """What the table says of somebody."""
    found = re.search(rf'<tr><th scope="row">{name}さん.*?</tr>', page)
    assert found
    return re.sub(r"<[^>]+>", " ", found[0])


def absences(world: World, account: Account, on: date) -> list[tuple[date, date]]:
    return world.ledger.read(lambda session: Roster(session).absences(entry(world, account).id, on))


def test_a_consultant_sees_who_has_how_much_and_is_away_until_when(
    world: World, me: Account, consultant: Browser, today: date
) -> None:
    colleague, other = (entry(world, world.account(Role.CONSULTANT)) for _ in range(2))

    deputy = entry(world, me).id

    def arranged(session: Session) -> None:
        roster = Roster(session)
        roster.place(colleague.id, team=None, deputy_id=deputy, is_lead=True, most_open=3, most_a_day=2)
        roster.be_away(colleague.id, today, today + timedelta(days=2))
        roster.specialise(colleague.id, ("T07",), ("kanto",))

    world.ledger.write(arranged)
    world.asked(world.signed_in(Role.STAFF), "引継ぎ：チームの画面の質問")
    case = re.findall(r'href="(/cases/[^"]+)"', consultant.get("/cases").text)[0]
    consultant.get(case)
    consultant.post(f"{case}/claim")

    page = consultant.get("/team").text

    assert "主任" in row(page, colleague.name)
    assert "0件（上限3件）" in row(page, colleague.name)
    assert "0件（上限2件）" in row(page, colleague.name)
    assert f"不在（{shown_date(today + timedelta(days=2))}まで）" in row(page, colleague.name)
    assert "調達・事業者" in row(page, colleague.name)
    assert "関東" in row(page, colleague.name)
    assert f"{me.profile.name}さん" in row(page, colleague.name)
    assert "（あなた）" in row(page, me.profile.name)
    assert "1件" in row(page, me.profile.name)
    assert row(page, other.name).count("すべて") == 2


def test_another_team_is_not_shown(world: World, me: Account, consultant: Browser) -> None:
    stranger = entry(world, world.account(Role.CONSULTANT))

    def parted(session: Session) -> None:
        roster = Roster(session)
        team = roster.keep_team("西日本", OpeningHours(), Targets())
        roster.place(stranger.id, team=team, deputy_id=None, is_lead=False, most_open=None, most_a_day=None)

    world.ledger.write(parted)
    page = consultant.get("/team").text
    assert me.profile.name in page
    assert f"{stranger.name}さん" not in page


def test_an_absence_is_noted_once_shown_and_ended(world: World, me: Account, consultant: Browser, today: date) -> None:
    span = today, today + timedelta(days=3)
    assert "復帰する" not in consultant.page
    for _ in range(2):
        assert consultant.post("/team/absence", first=str(span[0]), last=str(span[1])).status_code == 303

    assert absences(world, me, today) == [span]
    page = consultant.get("/team").text
    assert f"不在：{shown_date(span[0])}〜{shown_date(span[1])}" in page
    assert f"不在（{shown_date(span[1])}まで）" in row(page, me.profile.name)

    assert consultant.post("/team/back").status_code == 303
    assert absences(world, me, today) == []
    assert "登録された不在はありません。" in consultant.get("/team").text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((5, 2), "不在の終わりの日は、始まりの日と同じか後の日をご指定ください。"),
        ((-5, -2), desk_wording.PAST_DAYS),
        ((1, None), desk_wording.NO_DAYS),
    ],
)
def test_a_wrong_absence_comes_back_as_it_was_filled_in(
    world: World, me: Account, consultant: Browser, today: date, days: tuple[int | None, ...], said: str
) -> None:
    typed = [str(today + timedelta(days=day)) if day is not None else "" for day in days]
    response = consultant.post("/team/absence", first=typed[0], last=typed[1])
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert said in response.text
    assert re.findall(r'type="date" value="([^"]*)"', response.text) == typed
    assert absences(world, me, today - timedelta(days=9)) == []


def test_what_is_no_day_is_told(consultant: Browser) -> None:
    response = consultant.post("/team/absence", first="来週", last="2026-11-22")
    assert response.status_code == 400
    assert wording.BAD_DATE in response.text
    assert 'value="来週"' in response.text


def test_expertise_is_set_for_the_routing_and_stands_ticked(world: World, me: Account, consultant: Browser) -> None:
    assert " checked" not in consultant.page
    assert consultant.post("/team/expertise", topics=["T07", "T09"], areas=["kanto"]).status_code == 303

    now = datetime.now(UTC)
    asked = world.ledger.read(lambda session: Roster(session).candidates(now))
    mine = next(one.consultant for one in asked if one.consultant.id == me.profile.consultant_id)
    assert (mine.topics, mine.areas) == (("T07", "T09"), ("kanto",))
    page = consultant.get("/team").text
    assert re.findall(r'value="(\w+)" checked', page) == ["T07", "T09", "kanto"]
    assert "調達・事業者、個人情報・法令・生成AIのルール" in row(page, me.profile.name)

    assert consultant.post("/team/expertise").status_code == 303
    assert (entry(world, me).topics, entry(world, me).areas) == ((), ())


def test_an_unknown_choice_is_refused_and_the_others_stay_ticked(
    world: World, me: Account, consultant: Browser
) -> None:
    response = consultant.post("/team/expertise", topics=["T07", "T99"], areas=["kanto"])
    assert response.status_code == 400
    assert desk_wording.NO_SUCH_CHOICE in response.text
    assert re.findall(r'value="(\w+)" checked', response.text) == ["T07", "kanto"]
    assert entry(world, me).topics == ()


def test_who_is_a_consultant_no_longer_is_told(world: World, me: Account, consultant: Browser) -> None:
    mine = entry(world, me).id

    def leave(session: Session) -> None:
        session.get_one(ConsultantTable, mine).left_at = datetime.now(UTC)

    world.ledger.write(leave)
    assert desk_wording.NOT_CONSULTANT in consultant.get("/team").text
    assert "<form class" not in consultant.page.partition("<main")[2]


def test_in_the_demo_one_finds_oneself(world: World) -> None:
    demo = world.browser()
    demo.get("/sign-in")
    demo.post("/demo/consultant")
    assert "（あなた）" in row(demo.get("/team").text, "見本 太郎")


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.OPERATOR])
def test_it_is_for_consultants(world: World, role: Role) -> None:
    browser = world.signed_in(role)
    assert browser.get("/team").status_code == 403
    browser.get("/")
    assert browser.post("/team/back").status_code == 403


def test_nothing_is_done_without_the_forms_token(world: World, me: Account, consultant: Browser, today: date) -> None:
    days = {"first": str(today), "last": str(today)}
    assert consultant.post("/team/absence", csrf="", **days).status_code == 403
    assert consultant.post("/team/expertise", csrf="", topics="T07").status_code == 403
    assert absences(world, me, today) == []
    assert entry(world, me).topics == ()
