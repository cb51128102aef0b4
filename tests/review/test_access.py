"""The authorisation matrix, made from the route table: roles × routes × {own, other's, none}."""

import re
from datetime import UTC, datetime

import pytest

from consultation.article import Hand
from records.accounts import Role
from records.articles import ArticleBook, Draft
from records.pages import Pages
from review.access import RULES, SUBJECTS, unruled
from review.app import ROUTERS, routes, web_app
from tests.review.world import OURS, THEIRS, TOKEN, Browser, World

PEOPLE_ROUTES = sorted(key for key, rule in RULES.items() if rule.roles is not None)
LASTING_ROUTES = [key for key in PEOPLE_ROUTES if key[1] != "/sign-out"]
"""Those that leave the session standing which the other cases use; signing out stands in test_signing."""
OBJECT_ROUTES = [key for key in PEOPLE_ROUTES if any(f"{{{name}}}" in key[1] for name in SUBJECTS)]
FIELDS = {"text": "質問", "choice": "0", "helpful": "true", "right": "true", "words": "", "nonce": "0" * 32}
PASSED = {200, 204, 303, 400, 409}
"""The guard let it through: the page, a redirect, or a rule of the desk that says no in words."""


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[Role, Browser]:
    app = world.app()
    return {role: world.signed_in(role, app=app) for role in Role}


@pytest.fixture(scope="module")
def objects(world: World) -> dict[str, dict[str, str]]:
    """One consultation with its question and case for each body, and ids of nothing."""
    app, author = world.app(), Hand(world.account(Role.CONSULTANT).id)
    made = {}
    for whose, body in (("own", OURS), ("other's", THEIRS)):
        asker = world.signed_in(Role.STAFF, body, app)
        found = world.asked(asker, "引継ぎ：行列の質問", ("計画.pdf", b"%PDF-")).rpartition("/")[2]
        file = world.ledger.read(lambda session, found=found: Pages(session).file(found))
        draft = Draft("質問", "答え", body.code, file.cases[0].id, ())
        article = world.ledger.write(
            lambda session, draft=draft: ArticleBook(session).draft(draft, author, datetime.now(UTC))
        )
        made[whose] = {
            "article_id": article,
            "attachment_id": file.inquiries[0].files[0].id,
            "consultation_id": file.consultation.id,
            "inquiry_id": file.inquiries[0].id,
            "case_id": file.cases[0].id,
        }
    return made | {"none": dict.fromkeys(SUBJECTS, "f" * 32)}


def status(browser: Browser, method: str, path: str) -> int:
    if method == "GET":
        return int(browser.client.get(path).status_code)
    return int(browser.post(path, **FIELDS).status_code)


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: ids.get(found[1], "f" * 32), path)


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert unruled(routes()) == set()


def test_a_route_without_a_rule_is_never_served(world: World) -> None:
    router = ROUTERS[0]
    router.add_api_route("/unruled", lambda: None)
    try:
        with pytest.raises(LookupError, match="unruled"):
            web_app(world.parts())
    finally:
        router.routes.pop()


@pytest.mark.parametrize(("method", "path"), LASTING_ROUTES, ids=" ".join)
@pytest.mark.parametrize("role", Role)
def test_a_role_passes_only_where_its_rule_says(
    browsers: dict[Role, Browser], objects: dict[str, dict[str, str]], method: str, path: str, role: Role
) -> None:
    allowed = RULES[method, path].roles or frozenset()
    found = status(browsers[role], method, filled(path, objects["own"]))
    if role in allowed:
        assert found in PASSED | ({404} if "account_id" in path else set())
    else:
        assert found == 403


@pytest.mark.parametrize("whose", ["other's", "none"])
@pytest.mark.parametrize(("method", "path"), OBJECT_ROUTES, ids=" ".join)
def test_anothers_object_answers_as_if_it_did_not_exist(
    browsers: dict[Role, Browser], objects: dict[str, dict[str, str]], method: str, path: str, whose: str
) -> None:
    for role in RULES[method, path].roles or ():
        sees_all = role is not Role.STAFF and whose == "other's"
        found = status(browsers[role], method, filled(path, objects[whose]))
        assert found in PASSED if sees_all else found == 404


def test_anothers_object_and_no_object_give_the_same_page(
    browsers: dict[Role, Browser], objects: dict[str, dict[str, str]]
) -> None:
    staff = browsers[Role.STAFF].client
    others, none = (staff.get(f"/consultations/{objects[whose]['consultation_id']}") for whose in ("other's", "none"))
    assert others.text == none.text


@pytest.mark.parametrize(("method", "path"), PEOPLE_ROUTES, ids=" ".join)
def test_nobody_passes_without_signing_in(
    world: World, objects: dict[str, dict[str, str]], method: str, path: str
) -> None:
    browser = world.browser()
    browser.get("/sign-in")
    response = (
        browser.get(filled(path, objects["own"])) if method == "GET" else browser.post(filled(path, objects["own"]))
    )
    assert response.status_code == (303 if method == "GET" else 401)
    if method == "GET":
        assert response.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("method", "path"), [key for key in RULES if key[0] == "POST" and not RULES[key].by_token], ids=" ".join
)
def test_no_form_is_taken_without_its_token(
    browsers: dict[Role, Browser], objects: dict[str, dict[str, str]], method: str, path: str
) -> None:
    role = next(iter(sorted(RULES[method, path].roles or [Role.STAFF])))
    client, where = browsers[role].client, filled(path, objects["own"]).replace("{role}", "staff")
    for token in ({}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": "ぜ"}):
        assert client.post(where, data=FIELDS | token).status_code == 403


def test_a_form_sent_from_another_site_is_not_taken(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    staff.get("/")
    for origin in ("http://evil.example", "null"):
        assert staff.post("/ask", {"origin": origin}, **FIELDS).status_code == 403
    assert staff.post("/ask", {"origin": "http://127.0.0.1:8080"}, **FIELDS).status_code == 303


def test_an_ended_session_tells_htmx_to_go_and_sign_in(world: World, objects: dict[str, dict[str, str]]) -> None:
    path = f"/consultations/{objects['own']['consultation_id']}/thread"
    response = world.browser().get(path, **{"hx-request": "true"})
    assert response.headers["hx-redirect"] == "/sign-in"


def test_the_control_token_opens_no_page(world: World) -> None:
    assert world.browser().get("/log", authorization=f"Bearer {TOKEN}").status_code == 303
