"""Local accounts of the web: invitations, sign-in, sessions. Given a session; of every secret only a hash is kept."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultation.case import ConsultantId
from consultation.errors import BadInput, NotFound
from consultation.municipality import MunicipalityCode
from records.base import new_id
from records.tables import AccountTable, InvitationTable, WebSessionTable

AccountId = NewType("AccountId", str)

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,63}")
DEMO = "demo:"  # no invited login can begin so: LOGIN knows no colon


class Role(StrEnum):
    """What an account may do on the web."""

    STAFF = "staff"
    CONSULTANT = "consultant"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Profile:
    """Who an account is for. Staff belong to a body, consultants to an entry of the register."""

    login: str
    name: str
    role: Role
    municipality: MunicipalityCode | None = None
    consultant_id: ConsultantId | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it stands; `is_ready` once its invitation was accepted."""

    id: AccountId
    profile: Profile
    created_at: datetime
    is_ready: bool
    is_disabled: bool

    @property
    def is_demo(self) -> bool:
        return self.profile.login.startswith(DEMO)


@dataclass(frozen=True, slots=True)
class Invitation:
    """`token` goes into the link and is shown once."""

    account: Account
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    account: Account
    password_hash: str


@dataclass(frozen=True, slots=True)
class WebSession:
    """A signed-in browser: whose it is, and the token that its forms must carry."""

    account: Account
    csrf: str


class Accounts:
    """The accounts inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def invite(self, profile: Profile, at: datetime, expires_at: datetime) -> Invitation:
        """Make an account that has no password yet, and the one link that sets it."""
        _check(profile)
        if not LOGIN.fullmatch(profile.login):
            raise BadInput("ログイン名は半角の英小文字・数字・. _ @ + - で、3文字以上64文字以内にしてください。")
        if self._by_login(profile.login) is not None:
            raise BadInput(f"ログイン名「{profile.login}」はすでに使われています。")
        return self._invitation(self._add(profile, at), expires_at)

    def invite_again(self, account_id: AccountId, expires_at: datetime) -> Invitation:
        """A new link for an account (lost link, forgotten password); the links before it are void."""
        row = self._get(account_id)
        if row.disabled_at is not None or _account(row).is_demo:
            raise BadInput("この利用者には招待リンクを発行できません。")
        self._session.execute(delete(InvitationTable).where(InvitationTable.account_id == account_id))
        return self._invitation(row, expires_at)

    def invited(self, token: str, at: datetime) -> Account | None:
        """Whom an open invitation is for."""
        found = self._open_invitation(token, at)
        return _account(found[1]) if found else None

    def accept(self, token: str, password_hash: str, at: datetime) -> Account:
        """Set the password by an invitation, once. Sessions opened under the password before end."""
        found = self._open_invitation(token, at)
        if found is None:
            raise NotFound("この招待リンクは使えません。期限が切れたか、すでに使われています。")
        invitation, row = found
        invitation.used_at, row.password_hash = at, password_hash
        self._end_sessions(row.id)
        self._session.flush()
        return _account(row)

    def credentials(self, login: str) -> Credentials | None:
        """What a password is checked against; none for who has no password, is disabled or does not exist."""
        row = self._by_login(login)
        if row is None or row.password_hash is None or row.disabled_at is not None:
            return None
        return Credentials(_account(row), row.password_hash)

    def open_session(self, account_id: AccountId, at: datetime, expires_at: datetime) -> str:
        """A session's token, always a new one; what has expired is swept out."""
        self._session.execute(delete(WebSessionTable).where(WebSessionTable.expires_at <= at))
        token = secrets.token_urlsafe(32)
        self._session.add(
            WebSessionTable(
                token_hash=_hashed(token),
                account_id=self._get(account_id).id,
                csrf=secrets.token_urlsafe(32),
                created_at=at,
                expires_at=expires_at,
            )
        )
        self._session.flush()
        return token

    def session(self, token: str, at: datetime) -> WebSession | None:
        """The session of a token, unless it has expired or its account was disabled."""
        row = self._session.get(WebSessionTable, _hashed(token))
        if row is None or row.expires_at <= at:
            return None
        account = self._get(AccountId(row.account_id))
        return None if account.disabled_at is not None else WebSession(_account(account), row.csrf)

    def close_session(self, token: str) -> None:
        self._session.execute(delete(WebSessionTable).where(WebSessionTable.token_hash == _hashed(token)))

    def disable(self, account_id: AccountId, at: datetime) -> None:
        """Shut an account out at once: no sign-in, no session, no link. Its name stays in the log."""
        row = self._get(account_id)
        row.disabled_at = row.disabled_at or at
        self._end_sessions(row.id)
        self._session.execute(delete(InvitationTable).where(InvitationTable.account_id == account_id))

    def ensure_demo(self, profile: Profile, at: datetime) -> Account:
        """The demo account named `demo_login(role)`: no password, only the one-click sign-in."""
        row = self._by_login(profile.login)
        if row is None:
            _check(profile)
            row = self._add(profile, at)
        return _account(row)

    def demo(self, role: Role) -> Account | None:
        row = self._by_login(demo_login(role))
        return _account(row) if row else None

    def everyone(self) -> list[Account]:
        """All but the demo accounts, in order of invitation."""
        rows = self._session.scalars(select(AccountTable).order_by(AccountTable.created_at, AccountTable.login))
        return [account for account in map(_account, rows) if not account.is_demo]

    def has_people(self) -> bool:
        """Whether anybody can sign in by a password."""
        query = select(AccountTable.id).where(
            AccountTable.password_hash.is_not(None), AccountTable.disabled_at.is_(None)
        )
        return self._session.scalar(query.limit(1)) is not None

    def _add(self, profile: Profile, at: datetime) -> AccountTable:
        row = AccountTable(
            id=new_id(),
            login=profile.login,
            name=profile.name.strip(),
            role=profile.role.value,
            municipality_code=profile.municipality,
            consultant_id=profile.consultant_id,
            created_at=at,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def _invitation(self, row: AccountTable, expires_at: datetime) -> Invitation:
        token = secrets.token_urlsafe(32)
        self._session.add(InvitationTable(token_hash=_hashed(token), account_id=row.id, expires_at=expires_at))
        self._session.flush()
        return Invitation(_account(row), token, expires_at)

    def _open_invitation(self, token: str, at: datetime) -> tuple[InvitationTable, AccountTable] | None:
        row = self._session.get(InvitationTable, _hashed(token))
        if row is None or row.used_at is not None or row.expires_at <= at:
            return None
        return row, self._get(AccountId(row.account_id))

    def _end_sessions(self, account_id: str) -> None:
        self._session.execute(delete(WebSessionTable).where(WebSessionTable.account_id == account_id))

    def _by_login(self, login: str) -> AccountTable | None:
        return self._session.scalar(select(AccountTable).where(AccountTable.login == login))

    def _get(self, account_id: AccountId) -> AccountTable:
        row = self._session.get(AccountTable, account_id)
        if row is None:
            raise NotFound("この利用者は見つかりません。")
        return row


def demo_login(role: Role) -> str:
    return f"{DEMO}{role.value}"


def _check(profile: Profile) -> None:
    """A role without what it acts for could see too much, or nothing: it is never made."""
    if not profile.name.strip():
        raise BadInput("お名前が空です。")
    if (profile.role is Role.STAFF) != (profile.municipality is not None):
        raise BadInput("自治体担当者には団体を指定してください。ほかの役割には指定できません。")
    if (profile.role is Role.CONSULTANT) != (profile.consultant_id is not None):
        raise BadInput("担当コンサルタントには登録済みのコンサルタントを指定してください。")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _account(row: AccountTable) -> Account:
    profile = Profile(
        row.login,
        row.name,
        Role(row.role),
        MunicipalityCode(row.municipality_code) if row.municipality_code else None,
        ConsultantId(row.consultant_id) if row.consultant_id else None,
    )
    return Account(
        AccountId(row.id), profile, row.created_at, row.password_hash is not None, row.disabled_at is not None
    )
