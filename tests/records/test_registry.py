"""The register: a channel and a member belong to one body, and nobody takes them over."""

import pytest

from consultation.errors import BadInput, NotFound
from records.ledger import Ledger
from records.registry import Registry
from tests.records import stock
from tests.records.stock import CHIBA, NOW, SAITAMA


@pytest.fixture(autouse=True)
def _bodies(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)


def test_a_body_is_registered_once_and_its_name_corrected(ledger: Ledger) -> None:
    renamed = stock.municipality(SAITAMA.code, "新みほん市", "埼玉県")

    assert not ledger.write(lambda session: Registry(session).add_municipality(renamed, NOW))
    assert ledger.read(lambda session: Registry(session).municipalities()) == [renamed, CHIBA]


def test_a_channel_is_never_taken_over(ledger: Ledger) -> None:
    ledger.write(lambda session: Registry(session).join_channel("T1", "C1", SAITAMA.code))

    with pytest.raises(BadInput, match=SAITAMA.code):
        ledger.write(lambda session: Registry(session).join_channel("T1", "C1", CHIBA.code))
    assert ledger.read(lambda session: Registry(session).body_at("T1", "C1", "U9")) == SAITAMA.code


def test_the_channel_counts_before_the_author_and_the_team_counts_always(ledger: Ledger) -> None:
    ledger.write(lambda session: Registry(session).join_channel("T1", "C1", SAITAMA.code))
    ledger.write(lambda session: Registry(session).join_member("T1", "U1", CHIBA.code))

    def body(team: str, channel: str, user: str) -> str | None:
        return ledger.read(lambda session: Registry(session).body_at(team, channel, user))

    assert body("T1", "C1", "U1") == SAITAMA.code
    assert body("T1", "D1", "U1") == CHIBA.code
    assert body("T2", "C1", "U1") is None
    with pytest.raises(BadInput):
        ledger.write(lambda session: Registry(session).join_member("T1", "U1", SAITAMA.code))


def test_an_unknown_body_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.read(lambda session: Registry(session).municipality(stock.code("13999")))  # type: ignore[arg-type]


def test_a_consultant_is_one_entry_per_slack_user(ledger: Ledger) -> None:
    def add(name: str, user: str | None) -> str:
        return ledger.write(lambda session: Registry(session).add_consultant(name, user, ("T03",), (), NOW)).id

    first = add("鈴木", "U1")

    assert add("鈴木 一郎", "U1") == first
    assert add("田中", None) != add("田中", None)
    found = ledger.read(lambda session: Registry(session).consultant_in_slack("U1"))
    assert found is not None
    assert (found.name, found.topics) == ("鈴木 一郎", ("T03",))
