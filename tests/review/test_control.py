"""The command line's door: only from here, only by the token; lines as they come, errors as sentences."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from consultation.errors import BadInput, Unavailable
from tests.review.world import HERE, TOKEN, World


def count(said: dict[str, object]) -> Iterator[dict[str, Any]]:
    yield {"progress": 1}
    yield {"result": {"got": said}}


def refuse(_said: dict[str, object]) -> Iterator[dict[str, Any]]:
    yield {"progress": 1}
    raise BadInput("そのファイルは読めません。")


def lock(_said: dict[str, object]) -> Iterator[dict[str, Any]]:
    raise Unavailable("locked")
    yield {}


def crash(_said: dict[str, object]) -> Iterator[dict[str, Any]]:
    raise KeyError("secret detail")
    yield {}


@pytest.fixture(autouse=True)
def operations(world: World) -> None:
    world.operations = {"count": count, "refuse": refuse, "lock": lock, "crash": crash}


def caller(world: World, client: str = "127.0.0.1", **headers: str) -> TestClient:
    return TestClient(
        world.app(),
        base_url=HERE,
        client=(client, 1),
        headers={"authorization": f"Bearer {TOKEN}"} | headers,
        raise_server_exceptions=False,
    )


def lines(response: Any) -> list[Any]:
    return [json.loads(line) for line in response.text.splitlines()]


def test_an_operation_answers_line_by_line(world: World) -> None:
    response = caller(world).post("/control/count", json={"paths": ["資料"]})
    assert response.headers["content-type"] == "application/x-ndjson"
    assert lines(response) == [{"progress": 1}, {"result": {"got": {"paths": ["資料"]}}}]


def test_an_operation_needs_no_arguments(world: World) -> None:
    assert lines(caller(world).post("/control/count"))[-1] == {"result": {"got": {}}}


def test_what_goes_wrong_ends_in_a_sentence_that_tells_no_secret(world: World) -> None:
    said = {name: lines(caller(world).post(f"/control/{name}"))[-1]["error"] for name in ("refuse", "lock", "crash")}
    assert said["refuse"] == "そのファイルは読めません。"
    assert "データベースが応答しません" in said["lock"]
    assert "secret" not in said["crash"]
    assert "番号「" in said["crash"]


def test_an_unknown_operation_is_told(world: World) -> None:
    response = caller(world).post("/control/nothing")
    assert (response.status_code, "その操作はありません" in lines(response)[0]["error"]) == (404, True)


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"host": "evil.example"}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"authorization": "Bearer wrong"}),
        ("127.0.0.1", {"authorization": "Bearer "}),
        ("127.0.0.1", {"authorization": f"Basic {TOKEN}"}),
        ("127.0.0.1", {"authorization": ""}),
    ],
    ids=["afar", "rebound", "proxied", "forwarded", "wrong", "empty", "basic", "none"],
)
def test_from_elsewhere_or_without_the_token_there_is_no_door(
    world: World, client: str, headers: dict[str, str]
) -> None:
    response = caller(world, client, **headers).post("/control/count")
    assert response.status_code == 404
    assert "result" not in response.text
