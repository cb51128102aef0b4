"""A fictitious municipality, consultant and accounts, so that the desk can be tried without registering anybody."""

from datetime import UTC, datetime

from consultation.case import ConsultantId
from consultation.municipality import municipality
from records.accounts import Accounts, Profile, Role, demo_login
from records.ledger import Ledger, Session
from records.registry import Registry
from records.roster import Roster

DEMO_BODY = municipality("119997", "見本町（架空）", "埼玉県")
DEMO_CONSULTANT = "見本 太郎（デモ）"
_NAMES = {Role.STAFF: "見本町 企画課", Role.REVIEWER: "確認者（デモ）", Role.OPERATOR: "運用担当（デモ）"}


def seed_demo(ledger: Ledger) -> None:
    """Register the body and one account per role, once."""

    def deed(session: Session) -> None:
        registry, accounts, now = Registry(session), Accounts(session), datetime.now(UTC)
        if DEMO_BODY not in registry.municipalities():
            registry.add_municipality(DEMO_BODY, now)
        for role, name in _NAMES.items():
            body = DEMO_BODY.code if role is Role.STAFF else None
            accounts.ensure_demo(Profile(demo_login(role), name, role, municipality=body), now)
        if accounts.demo(Role.CONSULTANT) is None:
            consultant_id = _consultant(registry, now)
            profile = Profile(
                demo_login(Role.CONSULTANT), DEMO_CONSULTANT, Role.CONSULTANT, consultant_id=consultant_id
            )
            accounts.ensure_demo(profile, now)
            _make_lead(Roster(session), consultant_id)

    ledger.write(deed)


def _make_lead(roster: Roster, consultant_id: ConsultantId) -> None:
    roster.place(consultant_id, team=None, deputy_id=None, is_lead=True, most_open=None, most_a_day=None)


def _consultant(registry: Registry, now: datetime) -> ConsultantId:
    return registry.add_consultant(DEMO_CONSULTANT, None, (), (), now).id
