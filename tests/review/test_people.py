"""The operators' page: a link shown once, each role with what it needs, shutting out."""

import re

import pytest

from records.accounts import Role
from tests.review.world import OURS, PASSWORD, Browser, World


@pytest.fixture
def operator(world: World) -> Browser:
    browser = world.signed_in(Role.OPERATOR)
    browser.get("/people")
    return browser


def link_on(page: str) -> str:
    found = re.search(r"<code>(http[^<]*/invitation/[^<]+)</code>", page)
    assert found
    return found[1]


def test_an_invited_person_can_sign_in_and_the_link_is_shown_once(world: World, operator: Browser) -> None:
    response = operator.post("/people", login="suzuki", name="鈴木", role="staff", body=OURS.code)
    link = link_on(response.text)
    assert "invitation/" not in operator.get("/people").text

    guest = world.browser()
    guest.get(link)
    assert guest.post(link, password=PASSWORD, again=PASSWORD).status_code == 303
    assert OURS.name in operator.get("/people").text


def test_the_link_names_the_public_address(world: World) -> None:
    app = world.app(public_url="http://localhost:9999")
    operator = world.signed_in(Role.OPERATOR, app=app)
    operator.get("/people")
    page = operator.post("/people", login="kobayashi", name="小林", role="reviewer").text
    assert link_on(page).startswith("http://localhost:9999/invitation/")


def test_a_consultant_is_entered_in_the_register(world: World, operator: Browser) -> None:
    link = link_on(operator.post("/people", login="kato", name="加藤", role="consultant", consultant="new").text)
    guest = world.browser()
    guest.get(link)
    guest.post(link, password=PASSWORD, again=PASSWORD)
    assert "引継ぎ一覧" in guest.get("/cases").text


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "staff", "body": ""},
        {"role": "staff", "body": "999999"},
        {"role": "king"},
        {"role": "consultant", "consultant": "nobody"},
        {"role": "reviewer", "login": "日本語"},
        {"role": "reviewer", "name": ""},
    ],
)
def test_a_wrong_invitation_comes_back_as_it_was_typed(operator: Browser, fields: dict[str, str]) -> None:
    response = operator.post("/people", **({"login": "ito", "name": "伊藤さん"} | fields))
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert "invitation/" not in response.text
    if "name" not in fields:
        assert 'value="伊藤さん"' in response.text


def test_who_is_shut_out_is_out_and_operators_do_not_shut_out_themselves(world: World, operator: Browser) -> None:
    victim = world.account(Role.STAFF)
    browser = world.browser()
    browser.sign_in(victim.profile.login)
    operator.get("/people")
    assert operator.post(f"/people/{victim.id}/disable").status_code == 303
    assert browser.get("/").status_code == 303
    assert "停止中" in operator.get("/people").text

    me = re.search(r"/people/(\w+)/link", operator.page[operator.page.index("利用者") :])
    assert me
    again = operator.post(f"/people/{victim.id}/link")
    assert again.status_code == 400


def test_a_forgotten_password_is_replaced_by_a_new_link(world: World, operator: Browser) -> None:
    account = world.account(Role.REVIEWER)
    link = link_on(operator.post(f"/people/{account.id}/link").text)
    guest = world.browser()
    guest.get(link)
    assert guest.post(link, password="another pass phrase", again="another pass phrase").status_code == 303
    assert world.browser().sign_in(account.profile.login, PASSWORD).status_code == 401
