"""What every response carries, health, errors as sentences, and the server in its thread."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from consultation.errors import WrongSetting
from records.accounts import Role
from records.ledger import Ledger
from review.app import web_app
from review.headers import LARGEST_BODY, Secured
from review.serve import Server
from tests.review.world import HERE, World

PATHS = ("/sign-in", "/healthz", "/static/madoguchi.css", "/nowhere", "/log", "/static/../app.py")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_security_headers(world: World, path: str) -> None:
    headers = world.browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("public, max-age=3600" if path.endswith(".css") else "no-store")


def test_what_comes_after_the_answer_has_begun_does_not_cut_it() -> None:
    async def answers_first(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.body", "body": b"whole"})

    client = TestClient(Secured(answers_first, 0, lambda _: Response(status_code=413)))
    answer = client.request("GET", "/files/x", content=iter([bytes(LARGEST_BODY), b"more", b"and more"]))

    assert (answer.status_code, answer.content) == (200, b"whole")


def test_pages_hold_no_inline_script_or_style(world: World) -> None:
    staff = world.signed_in(Role.STAFF)
    pages = [
        staff.get("/").text,
        staff.get(world.asked(staff, "見た目の質問")).text,
        world.browser().get("/sign-in").text,
    ]
    for page in pages:
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script src=") == 1


def test_health_is_told_to_everybody(world: World) -> None:
    response = world.browser().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok", "index": "ready"})
    world.index_state = "準備中"
    try:
        assert world.browser().get("/healthz").json()["index"] == "preparing"
    finally:
        world.index_state = None


def test_without_its_database_the_web_says_so(world: World, tmp_path: Path) -> None:
    parts = world.parts()
    nowhere = Ledger(f"sqlite:///{tmp_path / 'gone' / 'log.db'}")
    away = replace(parts, ledger=nowhere)

    client = TestClient(web_app(away), base_url=HERE, client=("127.0.0.1", 1), follow_redirects=False)
    health = client.get("/healthz")
    assert (health.status_code, health.json()["database"]) == (503, "unavailable")
    client.cookies.set("madoguchi-session", "x", domain="127.0.0.1")
    page = client.get("/")
    assert (page.status_code, "データベースが応答しません" in page.text) == (503, True)


def test_a_bug_is_a_sentence_with_a_reference_and_no_detail(world: World) -> None:
    def broken() -> str | None:
        raise ZeroDivisionError("secret detail")

    parts = world.parts()
    app = world.app()
    app.state.parts = replace(parts, index_state=broken)
    client = TestClient(app, base_url=HERE, client=("127.0.0.1", 1), raise_server_exceptions=False)
    response = client.get("/sign-in")
    assert response.status_code == 500
    assert "番号「" in response.text
    assert "secret" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/nowhere", "/consultations/", "/ask", "/openapi.json", "/docs"])
def test_what_is_not_there_is_a_page_in_japanese(world: World, path: str) -> None:
    response = world.browser().get(path)
    assert response.status_code in {404, 405}
    assert '<html lang="ja">' in response.text


def test_the_server_serves_in_its_thread_and_stops(world: World) -> None:
    server = Server(world.app(), "127.0.0.1", 0)
    server.start()
    try:
        assert httpx.get(f"{server.address}/healthz").json()["status"] == "ok"
        taken = Server(world.app(), "127.0.0.1", int(server.address.rpartition(":")[2]))
        with pytest.raises(WrongSetting, match="MADOGUCHI_PORT"):
            taken.start()
    finally:
        server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.address}/healthz")
