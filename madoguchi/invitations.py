"""Inviting somebody to the web desk from the command line: how the first account comes to be."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from consultation.calendar import shown
from consultation.errors import BadInput
from consultation.municipality import municipality_code
from records.accounts import Accounts, Invitation, Profile, Role
from records.ledger import Ledger, Session
from records.registry import Registry
from review.settings import ReviewSettings

Said = dict[str, object]


def invite(settings: ReviewSettings, address: str, ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """A link at the public URL, else at the `address` where the web desk is served.

    Arguments: login, name, role, municipality (staff). A consultant is entered in the register as well.
    """
    now = datetime.now(UTC)
    expires = now + timedelta(days=settings.invitation_days)

    def deed(session: Session) -> Invitation:
        return Accounts(session).invite(_profile(Registry(session), said, now), now, expires)

    invitation = ledger.write(deed)
    place = settings.public_url or address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    yield {"result": {"link": f"{place}/invitation/{invitation.token}", "expires": shown(expires)}}


def _profile(registry: Registry, said: Mapping[str, object], now: datetime) -> Profile:
    role, name, login = _role(str(said["role"])), str(said["name"]), str(said["login"])
    if role is Role.STAFF:
        if not said.get("municipality"):
            raise BadInput("自治体担当者（staff）の招待には --municipality で団体コードが必要です。")
        body = registry.municipality(municipality_code(str(said["municipality"])))
        return Profile(login, name, role, municipality=body.code)
    if role is Role.CONSULTANT:
        return Profile(login, name, role, consultant_id=registry.add_consultant(name, None, (), (), now).id)
    return Profile(login, name, role)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise BadInput(f"役割「{text}」はありません。{'、'.join(Role)} のいずれかです。") from None
