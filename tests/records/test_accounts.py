"""Accounts: invitations are used once, sessions end, secrets are not kept."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import text

from consultation.errors import BadInput, NotFound
from consultation.municipality import check_digit, municipality
from records.accounts import AccountId, Accounts, Invitation, Profile, Role, demo_login
from records.ledger import Ledger
from records.registry import Registry
from tests.records.databases import sqlite_log

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
BODY = municipality(f"11999{check_digit('11999')}", "みほん市", "埼玉県")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = sqlite_log(tmp_path)
    ledger.write(lambda session: Registry(session).add_municipality(BODY, NOW))
    yield ledger
    ledger.close()


def within(ledger: Ledger, deed: Callable[[Accounts], T]) -> T:
    return ledger.write(lambda session: deed(Accounts(session)))


def invite(ledger: Ledger, login: str = "sato") -> Invitation:
    profile = Profile(login, "佐藤", Role.STAFF, BODY.code)
    return within(ledger, lambda accounts: accounts.invite(profile, NOW, NOW + WEEK))


def accept(ledger: Ledger, token: str, at: datetime = NOW) -> AccountId:
    return within(ledger, lambda accounts: accounts.accept(token, "hash", at)).id


def test_an_invitation_sets_the_password_once(ledger: Ledger) -> None:
    invitation = invite(ledger)
    assert within(ledger, lambda accounts: accounts.credentials("sato")) is None

    accept(ledger, invitation.token)

    found = within(ledger, lambda accounts: accounts.credentials("sato"))
    assert found is not None
    assert (found.password_hash, found.account.profile.municipality) == ("hash", BODY.code)
    with pytest.raises(NotFound):
        accept(ledger, invitation.token)


def test_an_invitation_ends_with_its_week(ledger: Ledger) -> None:
    invitation = invite(ledger)
    assert within(ledger, lambda accounts: accounts.invited(invitation.token, NOW + WEEK)) is None
    with pytest.raises(NotFound):
        accept(ledger, invitation.token, NOW + WEEK)


def test_a_new_link_voids_the_one_before(ledger: Ledger) -> None:
    first = invite(ledger)
    second = within(ledger, lambda accounts: accounts.invite_again(first.account.id, NOW + WEEK))
    with pytest.raises(NotFound):
        accept(ledger, first.token)
    accept(ledger, second.token)


def test_a_new_password_ends_the_sessions_under_the_old_one(ledger: Ledger) -> None:
    account = accept(ledger, invite(ledger).token)
    token = within(ledger, lambda accounts: accounts.open_session(account, NOW, NOW + WEEK))
    again = within(ledger, lambda accounts: accounts.invite_again(account, NOW + WEEK))

    accept(ledger, again.token)

    assert within(ledger, lambda accounts: accounts.session(token, NOW)) is None


def test_a_session_ends_by_time_by_closing_and_by_disabling(ledger: Ledger) -> None:
    account = accept(ledger, invite(ledger).token)
    tokens = [within(ledger, lambda accounts: accounts.open_session(account, NOW, NOW + WEEK)) for _ in range(2)]
    assert len(set(tokens)) == 2
    assert within(ledger, lambda accounts: accounts.session(tokens[0], NOW)) is not None
    assert within(ledger, lambda accounts: accounts.session(tokens[0], NOW + WEEK)) is None

    within(ledger, lambda accounts: accounts.close_session(tokens[0]))
    assert within(ledger, lambda accounts: accounts.session(tokens[0], NOW)) is None

    within(ledger, lambda accounts: accounts.disable(account, NOW))
    assert within(ledger, lambda accounts: accounts.session(tokens[1], NOW)) is None
    assert within(ledger, lambda accounts: accounts.credentials("sato")) is None


def test_no_token_stands_in_the_database(ledger: Ledger) -> None:
    invitation = invite(ledger)
    account = accept(ledger, invitation.token)
    token = within(ledger, lambda accounts: accounts.open_session(account, NOW, NOW + WEEK))

    def everything(session: object) -> str:
        rows = [session.execute(text(f"select * from {t}")).all() for t in ("account", "invitation", "web_session")]  # type: ignore[attr-defined]  # noqa: S608
        return repr(rows)

    stored = ledger.read(everything)
    assert invitation.token not in stored
    assert token not in stored


@pytest.mark.parametrize(
    "profile",
    [
        Profile("Sato", "佐藤", Role.REVIEWER),
        Profile("demo:x", "佐藤", Role.REVIEWER),
        Profile("ab", "佐藤", Role.REVIEWER),
        Profile("sato", "　", Role.REVIEWER),
        Profile("sato", "佐藤", Role.STAFF),
        Profile("sato", "佐藤", Role.REVIEWER, BODY.code),
        Profile("sato", "佐藤", Role.CONSULTANT),
    ],
)
def test_an_account_without_what_its_role_needs_is_not_made(ledger: Ledger, profile: Profile) -> None:
    with pytest.raises(BadInput):
        within(ledger, lambda accounts: accounts.invite(profile, NOW, NOW + WEEK))


def test_a_login_is_given_once(ledger: Ledger) -> None:
    invite(ledger)
    with pytest.raises(BadInput, match="すでに使われています"):
        invite(ledger)


def test_demo_accounts_have_no_password_and_do_not_count_as_people(ledger: Ledger) -> None:
    profile = Profile(demo_login(Role.REVIEWER), "確認者", Role.REVIEWER)
    demo, again = (within(ledger, lambda accounts: accounts.ensure_demo(profile, NOW)) for _ in range(2))
    assert demo == again
    assert demo.is_demo
    assert within(ledger, lambda accounts: accounts.credentials("demo:reviewer")) is None
    assert within(ledger, lambda accounts: accounts.everyone()) == []
    assert not within(ledger, lambda accounts: accounts.has_people())
    with pytest.raises(BadInput):
        within(ledger, lambda accounts: accounts.invite_again(demo.id, NOW + WEEK))

    accept(ledger, invite(ledger).token)
    assert within(ledger, lambda accounts: accounts.has_people())
