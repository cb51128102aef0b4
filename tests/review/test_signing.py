"""Sign-in by password and invitation, sessions, cookies, the throttle, and demo sign-in on this machine alone."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from records.accounts import Accounts, Profile, Role
from review import passwords
from review.throttle import PER_ADDRESS, PER_LOGIN, WINDOW_S, Throttle
from tests.review.world import HERE, OURS, PASSWORD, Browser, World

PUBLIC = "https://madoguchi.example.jp"


def cookie_line(response: object) -> str:
    return "\n".join(response.headers.get_list("set-cookie"))  # type: ignore[attr-defined]


def test_a_password_opens_a_session_of_its_own(world: World) -> None:
    login = world.account(Role.STAFF).profile.login
    browser = world.browser()
    response = browser.sign_in(login)
    cookie = next(line for line in response.headers.get_list("set-cookie") if "session" in line)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/").status_code == 200


def test_a_planted_session_is_worth_nothing(world: World) -> None:
    login = world.account(Role.STAFF).profile.login
    browser = world.browser()
    browser.client.cookies.set("madoguchi-session", "planted", domain="127.0.0.1")
    browser.sign_in(login)
    assert "planted" not in [cookie.value for cookie in browser.client.cookies.jar]

    thief = world.browser()
    thief.client.cookies.set("madoguchi-session", "planted", domain="127.0.0.1")
    assert thief.get("/").status_code == 303


def test_signing_in_again_ends_the_session_before(world: World) -> None:
    app = world.app()
    browser = world.signed_in(Role.STAFF, app=app)
    first = browser.client.cookies["madoguchi-session"]
    browser.sign_in(world.account(Role.REVIEWER).profile.login)

    old = world.browser(app)
    old.client.cookies.set("madoguchi-session", first, domain="127.0.0.1")
    assert old.get("/").status_code == 303


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    browser = world.signed_in(Role.STAFF)
    token = browser.client.cookies["madoguchi-session"]
    browser.get("/")
    assert browser.post("/sign-out").status_code == 303
    browser.client.cookies.set("madoguchi-session", token, domain="127.0.0.1")
    assert browser.get("/").status_code == 303


def test_a_disabled_account_is_out_at_once(world: World) -> None:
    account = world.account(Role.STAFF)
    browser = world.browser()
    browser.sign_in(account.profile.login)
    world.ledger.write(lambda session: Accounts(session).disable(account.id, datetime.now(UTC)))
    assert browser.get("/").status_code == 303
    assert browser.sign_in(account.profile.login).status_code == 401


@pytest.mark.parametrize("login", ["nobody-here", "demo:staff", "", "ログイン\x00"])
def test_who_has_no_password_cannot_sign_in_by_one(world: World, login: str) -> None:
    response = world.browser().sign_in(login, "")
    assert response.status_code == 401
    assert "ログイン名かパスワードが違います。" in response.text


def test_guessing_is_slowed_down_even_for_the_right_password(world: World) -> None:
    login = world.account(Role.STAFF).profile.login
    browser = world.browser()
    assert {browser.sign_in(login, "wrong").status_code for _ in range(PER_LOGIN)} == {401}
    assert browser.sign_in(login, PASSWORD).status_code == 429


def test_the_throttle_counts_addresses_too_and_forgets_with_time() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for guess in range(PER_ADDRESS):
        throttle.failed(f"login{guess}", "10.0.0.1")
    assert throttle.is_shut("another", "10.0.0.1")
    assert not throttle.is_shut("another", "10.0.0.2")
    now[0] = WINDOW_S + 1
    assert not throttle.is_shut("another", "10.0.0.1")


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/a\n"]
)
def test_sign_in_never_leads_to_another_site(world: World, target: str) -> None:
    browser = world.browser()
    assert browser.sign_in(world.account(Role.STAFF).profile.login, target=target).headers["location"] == "/"


def test_sign_in_leads_back_to_the_page_that_was_asked_for(world: World) -> None:
    browser = world.browser()
    assert browser.get("/consultations").headers["location"] == "/sign-in?next=/consultations"
    login = world.account(Role.STAFF).profile.login
    assert browser.sign_in(login, target="/consultations").headers["location"] == "/consultations"


def test_an_invitation_sets_a_password_and_signs_in(world: World) -> None:
    now = datetime.now(UTC)
    profile = Profile("tanaka", "田中", Role.STAFF, OURS.code)
    made = world.ledger.write(lambda session: Accounts(session).invite(profile, now, now + timedelta(days=1)))
    path, browser = f"/invitation/{made.token}", world.browser()

    assert "田中様" in browser.get(path).text
    assert "12文字以上" in browser.post(path, password="short", again="short").text
    assert "一致しません" in browser.post(path, password=PASSWORD, again=PASSWORD + "x").text
    assert browser.post(path, password=PASSWORD, again=PASSWORD).status_code == 303
    assert browser.get("/").status_code == 200
    assert world.browser().get(path).status_code == 404
    assert world.browser().get("/invitation/guess").status_code == 404


def test_a_guessed_invitation_costs_no_hash(world: World) -> None:
    browser = world.browser()

    def guess() -> None:
        browser.get("/sign-in")  # its page holds the token that a form needs
        assert browser.post("/invitation/guess", password=PASSWORD, again=PASSWORD).status_code == 404

    assert cheapest(guess) < cheapest(lambda: passwords.hashed(PASSWORD, PASSWORD)) / 2


def cheapest(deed: Callable[[], object]) -> float:
    """The CPU seconds, of all threads, that the deed takes at its best."""
    took = []
    for _ in range(5):
        began = time.process_time()
        deed()
        took.append(time.process_time() - began)
    return min(took)


def demo_as(world: World, browser: Browser, role: str = "staff") -> int:
    browser.get("/sign-in")
    return int(browser.post(f"/demo/{role}").status_code)


@pytest.mark.parametrize("role", Role)
def test_on_this_machine_a_role_is_tried_by_one_click(world: World, role: Role) -> None:
    browser = world.browser()
    assert "として試す" in browser.get("/sign-in").text
    assert demo_as(world, browser, role) == 303
    home = browser.client.get("/", follow_redirects=True)
    assert home.status_code == 200
    assert "お試し中です" in home.text


REBOUND: Mapping[str, str] = {"host": "evil.example:8080"}


@pytest.mark.parametrize(
    ("client", "headers", "settings", "demo"),
    [
        ("192.0.2.7", {}, {}, True),
        ("127.0.0.1", REBOUND, {}, True),
        ("127.0.0.1", {"host": "127.0.0.1.evil.example"}, {}, True),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, {}, True),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, {}, True),
        ("127.0.0.1", {}, {"public_url": PUBLIC}, True),
        ("127.0.0.1", {}, {}, False),
    ],
    ids=["from afar", "rebound name", "likely name", "proxy", "forwarded", "public address", "not seeded"],
)
def test_demo_is_offered_nowhere_else(
    world: World, client: str, headers: dict[str, str], settings: dict[str, str], demo: bool
) -> None:
    app = world.app(demo=demo, **settings)
    base = HERE if not demo else HERE.replace("http:", "https:")  # Secure cookies are sent back over TLS alone
    browser = Browser(TestClient(app, base_url=base, client=(client, 50000), follow_redirects=False, headers=headers))
    assert "として試す" not in browser.get("/sign-in").text
    assert demo_as(world, browser) == 403


def test_a_demo_session_is_worth_nothing_from_afar(world: World) -> None:
    browser = world.browser()
    demo_as(world, browser)
    token = browser.client.cookies["madoguchi-session"]
    afar = TestClient(world.app(), base_url=PUBLIC, client=("192.0.2.7", 1), follow_redirects=False)
    afar.cookies.set("__Host-madoguchi-session", token, domain="madoguchi.example.jp")
    assert afar.get("/").status_code == 303


def test_beyond_this_machine_cookies_are_secure_and_bound_to_the_host(world: World) -> None:
    app = world.app(public_url=PUBLIC)
    browser = Browser(TestClient(app, base_url=PUBLIC, client=("192.0.2.7", 1), follow_redirects=False))
    cookies = cookie_line(browser.get("/sign-in"))
    assert "__Host-madoguchi-visit" in cookies
    assert "Secure" in cookies
    cookies = cookie_line(browser.sign_in(world.account(Role.STAFF).profile.login))
    assert "__Host-madoguchi-session" in cookies
    assert cookies.count("Secure") == cookies.count("Path=/")
    assert browser.get("/").status_code == 200
