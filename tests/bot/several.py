"""One desk in three workspaces: two bodies' and the consultants'; installed by a browser through the real routes."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.door import SlackDoor
from bot.settings import SlackSettings
from consultation.inquiry import Channel, Place
from consultation.municipality import municipality
from records.ledger import Ledger
from records.registry import Registry
from tests.bot.bench import (
    BODY,
    CONSULTANTS,
    MINATO,
    OTHER,
    OTHER_STAFF,
    SATO,
    SHINGU,
    STAFF,
    Bench,
    free_port,
    manifest_events,
    manifest_scopes,
    open_desk,
)
from tests.records.databases import sqlite_log
from tests.twins.slack import SlackTwin

ADMINS = {"T1": "U1ADMIN", "T2": "U2ADMIN", "T3": "U3ADMIN"}


@dataclass(frozen=True)
class Page:
    status: int
    location: str
    cookie: str
    text: str


@dataclass
class Browser:
    """Somebody's browser at the app's own address."""

    address: str
    cookie: str = ""

    def get(self, path: str) -> Page:
        connection = http.client.HTTPConnection(self.address, timeout=10)
        connection.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
        answer = connection.getresponse()
        set_cookie = answer.headers.get("Set-Cookie", "")
        page = Page(answer.status, answer.headers.get("Location", ""), set_cookie, answer.read().decode())
        connection.close()
        return page

    def begin(self) -> str:
        """Open the install page. The address at Slack that it leads to."""
        page = self.get("/slack/install")
        assert page.status == 302
        self.cookie = page.cookie.partition(";")[0]
        return page.location

    def come_back(self, query: str) -> Page:
        return self.get(f"/slack/oauth_redirect?{query}")


class Several(Bench):
    """The bench, and how its app is installed."""

    settings: SlackSettings

    def browser(self) -> Browser:
        return Browser(f"127.0.0.1:{self.settings.slack_port}")

    def install(self, *teams: str) -> None:
        for team in teams:
            browser = self.browser()
            page = browser.come_back(self.twin.consent(browser.begin(), team, ADMINS[team]))
            assert (page.status, team in page.text) == (200, True)


@contextmanager
def running_several(home: Path, *installed: str) -> Iterator[Several]:
    """Twin and desk, up, with the app installed in these workspaces."""
    with a_twin() as twin, a_ledger(home) as ledger:
        settings = oauth_settings(twin, home)
        with open_desk(home, ledger, settings, Place(Channel.SLACK, "T3", CONSULTANTS, "")) as (desk, answerer):
            door = SlackDoor(settings, desk, ledger)
            door.start()
            twin.http(f"http://127.0.0.1:{settings.slack_port}/slack/events")
            bench = Several(twin, ledger, desk, door, answerer, home)
            bench.settings = settings
            try:
                bench.install(*installed)
                yield bench
            finally:
                door.stop()


def oauth_settings(twin: SlackTwin, home: Path, key: str = "") -> SlackSettings:
    names = {name.lower() if name.startswith("SLACK") else name: value for name, value in twin.oauth_environ().items()}
    more = {"MADOGUCHI_SLACK_MODE": "http", "MADOGUCHI_SLACK_PORT": free_port(), "MADOGUCHI_HOME": home}
    return SlackSettings.model_validate(names | more | {"MADOGUCHI_SLACK_KEY": key})


@contextmanager
def a_twin() -> Iterator[SlackTwin]:
    """Shingu's channel in T1, Minato's in T2, the consultants' in T3; the app is nowhere yet."""
    with SlackTwin(manifest_scopes(), manifest_events()) as twin:
        for team in ADMINS:
            twin.bare_workspace(team)
        for user, team in ((STAFF, "T1"), (OTHER_STAFF, "T2"), (SATO, "T3")):
            twin.user(user, team, user.removeprefix("U0").title())
        twin.channel(SHINGU, "T1", [STAFF])
        twin.channel(MINATO, "T2", [OTHER_STAFF])
        twin.channel(CONSULTANTS, "T3", [SATO], private=True)
        yield twin


@contextmanager
def a_ledger(home: Path) -> Iterator[Ledger]:
    ledger = sqlite_log(home, "madoguchi.db")
    now = datetime.now(UTC)

    def register(session: object) -> None:
        registry = Registry(session)  # type: ignore[arg-type]
        registry.add_municipality(municipality(BODY, "新座市", "埼玉県"), now)
        registry.add_municipality(municipality(OTHER, "港区", "東京都"), now)
        registry.join_channel("T1", SHINGU, BODY)
        registry.join_channel("T2", MINATO, OTHER)
        registry.add_consultant("佐藤", SATO, (), (), now)

    try:
        ledger.write(register)
        yield ledger
    finally:
        ledger.close()
