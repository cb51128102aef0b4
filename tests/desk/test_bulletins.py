"""Morning and weekly bulletins: once per team and day, on opening days alone, whatever is restarted when."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from consultation.article import DESKS_HAND, ArticleDeed, ArticleId, Hand
from consultation.calendar import TOKYO
from consultation.case import CaseId
from consultation.errors import PostUnknown
from consultation.inquiry import Channel, Place
from consultation.municipality import Municipality
from consultation.opening import OpeningHours
from consultation.outcome import Reason
from consultation.watch import Targets
from desk.bulletins import Bulletins, bulletin
from desk.letters import Bulletin, Expiring, Morning, Weekly
from records.accounts import Accounts, Profile, Role
from records.articles import ArticleBook, Draft
from records.casebook import CaseBook
from records.ledger import Ledger
from records.postbook import PostBook
from records.registry import Registry
from records.roster import Roster
from records.rows import DeliveryRow
from tests.desk.bench import Channels, open_bench, until
from tests.records import stock
from tests.records.databases import sqlite_database
from tests.records.stock import CHIBA, NOW, SAITAMA, enter, inquiry

CARDS = Place(Channel.SLACK, "T1", "CARDS", "")


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


@dataclass
class Posted:
    """What a replica had posted."""

    rows: list[DeliveryRow] = field(default_factory=list)

    def bulletins(self, ledger: Ledger) -> Bulletins:
        return Bulletins(ledger, self.rows.extend, CARDS)

    def ids(self, purpose: str = "digest") -> list[str]:
        return [row.id for row in self.rows if row.purpose == purpose]


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    is_sqlite = request.param == "sqlite"
    opened = Ledger(sqlite_database(tmp_path) if is_sqlite else request.getfixturevalue("postgres").emptied())
    stock.register(opened, SAITAMA, CHIBA)
    yield opened
    opened.close()


def team(ledger: Ledger, name: str, body: Municipality, opens: time, lead: str, slack: str | None) -> str:
    """A team with its municipality and its lead; the team's id."""

    def deed(session: object) -> str:
        roster = Roster(session)  # type: ignore[arg-type]
        found = roster.keep_team(name, OpeningHours(opens=opens), Targets())
        roster.entrust(body.code, found)
        one = Registry(session).add_consultant(lead, slack, (), (), NOW)  # type: ignore[arg-type]
        roster.place(one.id, team=found, deputy_id=None, is_lead=True, most_open=None, most_a_day=None)
        return found.id

    return ledger.write(deed)


def case(ledger: Ledger, key: str, opened: datetime, body: Municipality = SAITAMA) -> CaseId:
    entered = enter(ledger, inquiry(key, body=body, at=opened))
    stock.record(ledger, entered.inquiry_id, stock.handoff(Reason.LOW_CONFIDENCE), at=opened)
    return ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.LOW_CONFIDENCE, "desk", opened))[0]


def told(ledger: Ledger, row: DeliveryRow, now: datetime) -> Bulletin | None:
    return ledger.read(lambda session: bulletin(session, row, now))


def test_each_team_has_its_morning_at_its_own_opening_and_none_on_closed_days(ledger: Ledger) -> None:
    early = team(ledger, "早番", SAITAMA, time(8, 30), "早", "UEARLY")
    late = team(ledger, "遅番", CHIBA, time(10, 0), "遅", "ULATE")
    seen: list[tuple[str, datetime]] = []
    now, end = at(12, 28, 0), at(1, 6, 0, year=2027)
    while now < end:  # every half hour over New Year, each time by a replica that knows nothing of the others
        posted = Posted()
        posted.bulletins(ledger).look(now)
        seen += [(name, now) for name in posted.ids()]
        now += timedelta(minutes=30)

    # 29 December to 3 January are closed.
    assert dict(seen) == {
        f"digest:{early}:2026-12-28": at(12, 28, 8, 30),
        f"digest:{late}:2026-12-28": at(12, 28, 10),
        f"digest:{early}:2027-01-04": at(1, 4, 8, 30, year=2027),
        f"digest:{late}:2027-01-04": at(1, 4, 10, year=2027),
        f"digest:{early}:2027-01-05": at(1, 5, 8, 30, year=2027),
        f"digest:{late}:2027-01-05": at(1, 5, 10, year=2027),
    }
    assert len(seen) == 6


def test_of_replicas_that_look_at_once_one_plans(ledger: Ledger) -> None:
    posted = Posted()

    counts = stock.at_once([partial(posted.bulletins(ledger).look, at(11, 30, 9)) for _ in range(4)])

    assert sum(counts) == 2
    assert sorted(row.id for row in posted.rows) == ["digest:all:2026-11-30", "weekly:all:2026-11-30"]


def test_who_was_down_in_the_morning_tells_it_that_day_and_never_the_next(ledger: Ledger) -> None:
    case(ledger, "k1", at(11, 27, 9))
    posted = Posted()

    posted.bulletins(ledger).look(at(11, 30, 16, 50))
    row = next(row for row in posted.rows if row.purpose == "digest")

    assert told(ledger, row, at(11, 30, 17, 0)) is not None
    assert told(ledger, row, at(11, 30, 17, 15)) is None
    assert told(ledger, row, at(12, 1, 9)) is None


def test_the_morning_tells_open_cases_by_deadline_and_who_is_away(ledger: Ledger) -> None:
    mine = team(ledger, "早番", SAITAMA, time(8, 30), "早", "UEARLY")
    team(ledger, "遅番", CHIBA, time(10, 0), "遅", "ULATE")
    later, sooner = case(ledger, "k1", at(11, 27, 15)), case(ledger, "k2", at(11, 27, 9))
    case(ledger, "k3", at(11, 27, 9), CHIBA)
    away = ledger.write(lambda s: Registry(s).add_consultant("早", "UEARLY", (), (), NOW))
    ledger.write(lambda s: Roster(s).be_away(away.id, date(2026, 11, 30), date(2026, 11, 30)))
    posted = Posted()
    posted.bulletins(ledger).look(at(11, 30, 10))
    row = next(row for row in posted.rows if row.id.startswith(f"digest:{mine}"))

    found = told(ledger, row, at(11, 30, 10))

    assert found is not None
    assert isinstance(found.tells, Morning)
    assert [one.id for one in found.tells.cases] == [sooner, later]
    assert [one.name for one in found.tells.absent] == ["早"]


def test_where_nothing_is_open_nothing_is_told(ledger: Ledger) -> None:
    posted = Posted()
    posted.bulletins(ledger).look(at(11, 30, 9))

    assert [told(ledger, row, at(11, 30, 9)) for row in posted.rows] == [None, None]


def test_the_week_before_is_told_to_the_lead_at_the_first_opening(ledger: Ledger) -> None:
    mine = team(ledger, "早番", SAITAMA, time(8, 30), "早", "UEARLY")
    nowhere = team(ledger, "遅番", CHIBA, time(10, 0), "遅", None)
    case(ledger, "k1", at(11, 20, 9))
    case(ledger, "k2", at(11, 16, 9), CHIBA)
    posted = Posted()
    for day in (21, 23, 24, 25, 26, 27):  # Monday the 23rd is a holiday
        posted.bulletins(ledger).look(at(11, day, 10))

    weekly = {row.id: row for row in posted.rows if row.purpose == "weekly"}
    assert {name: row.place.room for name, row in weekly.items()} == {
        f"weekly:{mine}:2026-11-23": "UEARLY",
        f"weekly:{nowhere}:2026-11-23": "CARDS",
    }
    found = told(ledger, weekly[f"weekly:{mine}:2026-11-23"], at(11, 24, 10))
    assert found is not None
    assert isinstance(found.tells, Weekly)
    assert found.tells.figures.week.monday == date(2026, 11, 16)
    assert found.tells.figures.handed_over == ((Reason.LOW_CONFIDENCE, 1),)
    assert found.tells.figures.overdue == 0
    assert found.told is not None
    assert found.told.name == "早"
    elsewhere = told(ledger, weekly[f"weekly:{nowhere}:2026-11-23"], at(11, 24, 10))
    assert elsewhere is not None
    assert elsewhere.told is not None
    assert (elsewhere.told.name, elsewhere.told.slack_user) == ("遅", None)
    assert told(ledger, weekly[f"weekly:{mine}:2026-11-23"], at(11, 30, 10)) is None


def test_who_led_and_left_before_the_posting_is_told_nothing(ledger: Ledger) -> None:
    team(ledger, "早番", SAITAMA, time(8, 30), "早", "UEARLY")
    case(ledger, "k1", at(11, 20, 9))
    posted = Posted()
    posted.bulletins(ledger).look(at(11, 24, 10))
    [weekly] = [row for row in posted.rows if row.place.room == "UEARLY"]
    assert told(ledger, weekly, at(11, 24, 10)) is not None

    ledger.write(lambda session: Registry(session).dismiss("UEARLY", at(11, 24, 11)))

    assert told(ledger, weekly, at(11, 24, 12)) is None


def test_a_desk_that_restarts_posts_it_once(url: str, tmp_path: Path) -> None:
    ledger, channels = Ledger(url), Channels(tmp_path / "posts.jsonl")
    stock.register(ledger, SAITAMA)
    case(ledger, "k1", at(11, 27, 9))
    channels.fault("CARDS", PostUnknown("gone"), applied=True)  # it stands, and we do not know
    morning = at(11, 30, 9)

    for now in (morning, morning + timedelta(minutes=5)):
        with open_bench(url, tmp_path, channels=channels, clock=partial(lambda moment: moment, now)) as bench:
            looks = [threading.Thread(target=bench.desk.bulletins.look, args=(now,)) for _ in range(3)]
            for look in looks:
                look.start()
            for look in looks:
                look.join()
            until(lambda bench=bench: not bench.unsettled("CARDS"))

    assert [post["delivery"] for post in channels.posts("CARDS")].count("digest:all:2026-11-30") == 1
    with open_bench(url, tmp_path, channels=channels, clock=lambda: at(12, 1, 9)) as bench:
        ledger.write(lambda session: PostBook(session).plan("digest", CARDS, NOW, occasion="all:2026-11-29"))
        bench.desk.heal()
        until(lambda: not bench.unsettled("CARDS"))
    assert "digest:all:2026-11-29" not in [post["delivery"] for post in channels.posts("CARDS")]
    ledger.close()


LAST = date(2027, 3, 31)


def article(ledger: Ledger, owner: str) -> ArticleId:
    """An approved article of Saitama's, good until LAST."""

    of = case(ledger, "k1", NOW)

    def deed(session: object) -> ArticleId:
        accounts, book = Accounts(session), ArticleBook(session)  # type: ignore[arg-type]
        until = NOW + timedelta(days=1)
        author = accounts.invite(Profile("author", "作成", Role.CONSULTANT, None, owner), NOW, until).account
        other = accounts.invite(Profile("other", "確認", Role.REVIEWER), NOW, until).account
        found = book.draft(Draft("印鑑は要りますか", "要りません。", SAITAMA.code, of, ()), Hand(author.id), NOW)
        book.move(found, ArticleDeed.SUBMIT, Hand(author.id), NOW)
        assert book.move(found, ArticleDeed.APPROVE, Hand(other.id, is_reviewer=True), NOW).done
        return found

    return ledger.write(deed)


def test_the_owner_of_an_article_is_told_before_its_end_and_when_it_is_over_on_opening_days(ledger: Ledger) -> None:
    posted = Posted()
    owner = ledger.write(lambda session: Registry(session).add_consultant("鈴木", "USUZUKI", (), (), NOW))
    found = article(ledger, owner.id)

    def looked(moment: datetime) -> list[DeliveryRow]:
        before = len(posted.rows)
        posted.bulletins(ledger).look(moment)
        return [row for row in posted.rows[before:] if row.purpose == "expiring"]

    assert looked(at(2, 26, 10, year=2027)) == []
    assert looked(at(3, 7, 10, year=2027)) == [], "a Sunday"
    [near] = looked(at(3, 8, 9, year=2027))
    assert near.place == Place(Channel.SLACK, "T1", "USUZUKI", "")
    assert looked(at(3, 9, 9, year=2027)) == [], "once"
    told = ledger.read(lambda session: bulletin(session, near, at(3, 8, 9, year=2027)))
    assert told is not None
    assert told.told == owner
    assert isinstance(told.tells, Expiring)
    assert (told.tells.article.id, told.tells.since) == (found, date(2027, 3, 1))

    ledger.write(lambda session: ArticleBook(session).move(found, ArticleDeed.EXPIRE, DESKS_HAND, at(4, 1, 0, 1, 2027)))
    assert ledger.read(lambda session: bulletin(session, near, at(4, 1, 9, year=2027))) is None, "no longer so"
    [over] = looked(at(4, 1, 9, year=2027))
    assert over.id != near.id
    assert looked(at(4, 2, 9, year=2027)) == []
    ledger.write(lambda session: Registry(session).dismiss("USUZUKI", NOW))
    assert ledger.read(lambda session: bulletin(session, over, at(4, 2, 9, year=2027))) is None
