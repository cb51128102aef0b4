"""Where a command is carried out: by the running desk over loopback, else here, on stores opened for it."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from consultation.errors import BadInput
from madoguchi.ownership import Door, door_of, owned
from madoguchi.settings import Settings

if TYPE_CHECKING:
    from madoguchi.house import House
    from records.ledger import Ledger

T = TypeVar("T")
Said = dict[str, object]
Operation = Callable[[Mapping[str, object]], Iterator[Said]]

ON_LEDGER = (
    *("municipality.add", "municipality.list", "municipality.import", "consultant.add", "consultant.list"),
    *("municipality.leave", "consultant.leave", "posts.list", "posts.retry"),
    *("consultant.place", "consultant.away", "consultant.back", "team.keep", "team.list", "team.entrust"),
    *("date.keep", "date.list", "date.drop"),
)
INVITE = "account.invite"
ON_HOUSE = ("ask", "ingest", "versions", "rollback", "staged", "publish", "reindex", "doctor")
SILENCE_S = 600.0  # the longest a running desk may take between two lines: one batch on a slow machine


def perform(settings: Settings, name: str, said: Mapping[str, object]) -> Iterator[Said]:
    """Carry out an operation; its progress, and {"result": …} last. Raises BadInput with a Japanese sentence."""
    door = door_of(settings.records.home)
    yield from _there(door, name, said) if door else _here(settings, name, said)


def operations(house: "House", address: Callable[[], str]) -> Mapping[str, Operation]:
    """Every operation on an open house, as the loopback door of a desk at `address` offers them."""
    from madoguchi.invitations import invite

    on_house = {name: _bound(_on_house(name), house) for name in ON_HOUSE}
    on_ledger = {name: _bound(_on_ledger(name), house.ledger) for name in ON_LEDGER}
    inviting: Operation = lambda said: invite(house.settings.review, address(), house.ledger, said)  # noqa: E731
    return {**on_house, **on_ledger, INVITE: inviting}


def _bound(operation: Callable[[T, Mapping[str, object]], Iterator[Said]], on: T) -> Operation:
    return lambda said: operation(on, said)


def _on_house(name: str) -> Callable[["House", Mapping[str, object]], Iterator[Said]]:
    from madoguchi import doctor, publishing
    from madoguchi import operations as on_house  # imports everything: only where a house is opened

    found: Mapping[str, Callable[[House, Mapping[str, object]], Iterator[Said]]] = {
        "ask": on_house.ask,
        "ingest": on_house.ingest,
        "versions": lambda house, said: on_house.versions(house.ledger, said),
        "rollback": on_house.roll_back,
        "staged": lambda house, said: publishing.staged(house.ledger, said),
        "publish": publishing.publish,
        "reindex": on_house.reindex,
        "doctor": lambda house, _: doctor.examine(house.settings, house.ledger, house.knowledge),
    }
    return found[name]


def _on_ledger(name: str) -> Callable[["Ledger", Mapping[str, object]], Iterator[Said]]:
    from madoguchi import (  # imports the database: not where a running desk carries the operation out
        leaving,
        register,
        rostering,
        scheduling,
    )

    found: Mapping[str, Callable[[Ledger, Mapping[str, object]], Iterator[Said]]] = {
        "municipality.add": register.add_municipality,
        "municipality.list": register.list_municipalities,
        "municipality.import": register.import_municipalities,
        "consultant.add": register.add_consultant,
        "consultant.list": register.list_consultants,
        "consultant.place": rostering.place,
        "consultant.away": rostering.be_away,
        "consultant.back": rostering.be_back,
        "team.keep": rostering.keep_team,
        "team.list": rostering.list_teams,
        "team.entrust": rostering.entrust,
        "date.keep": scheduling.keep,
        "date.list": scheduling.every,
        "date.drop": scheduling.drop,
        "municipality.leave": leaving.leave_municipality,
        "consultant.leave": leaving.leave_consultant,
        "posts.list": leaving.list_posts,
        "posts.retry": leaving.retry_posts,
    }
    return found[name]


def _here(settings: Settings, name: str, said: Mapping[str, object]) -> Iterator[Said]:
    if name == INVITE or name in ON_LEDGER:
        from madoguchi.invitations import invite
        from madoguchi.log import open_ledger

        with owned(settings.records.home), open_ledger(settings) as ledger:
            if name == INVITE:
                address = f"http://{settings.review.host}:{settings.review.port}"
                yield from invite(settings.review, address, ledger, said)
            else:
                yield from _on_ledger(name)(ledger, said)
        return
    from madoguchi.house import open_house

    with open_house(settings) as house:
        if name == "ask":
            house.knowledge.refresh()
        yield from _on_house(name)(house, said)


def _there(door: Door, name: str, said: Mapping[str, object]) -> Iterator[Said]:
    import httpx

    url, bearer = f"{door.address}/control/{name}", {"Authorization": f"Bearer {door.token}"}
    try:
        with (
            httpx.Client(timeout=SILENCE_S, trust_env=False) as client,  # a proxy has no business with loopback
            client.stream("POST", url, json=dict(said), headers=bearer) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise BadInput(f"動いている窓口が命令を受け付けませんでした（{answer.status_code}）。")
            for line in answer.iter_lines():
                told = json.loads(line)
                if "error" in told:
                    raise BadInput(str(told["error"]))
                yield told
    except httpx.TransportError:
        raise BadInput(
            "動いている窓口に接続できませんでした。起動の途中なら、少し待ってからやり直してください。"
        ) from None
