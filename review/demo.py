"""One demo account per role, so that the web can be tried on the machine it runs on without inviting anybody."""

from datetime import UTC, datetime
from typing import Any

from consultation.case import Consultant
from consultation.municipality import Municipality
from records.accounts import Accounts, Profile, Role, demo_login
from records.ledger import Ledger
from review import wording


def seed_demo_accounts(ledger: Ledger, body: Municipality, consultant: Consultant) -> None:
    """Make them once, for a registered body and consultant."""
    profiles = (
        Profile(demo_login(Role.STAFF), f"{body.name} {wording.ROLES[Role.STAFF]}", Role.STAFF, body.code),
        Profile(demo_login(Role.CONSULTANT), consultant.name, Role.CONSULTANT, None, consultant.id),
        Profile(demo_login(Role.REVIEWER), wording.ROLES[Role.REVIEWER], Role.REVIEWER),
        Profile(demo_login(Role.OPERATOR), wording.ROLES[Role.OPERATOR], Role.OPERATOR),
    )

    def deed(session: Any) -> None:
        accounts, now = Accounts(session), datetime.now(UTC)
        for profile in profiles:
            accounts.ensure_demo(profile, now)

    ledger.write(deed)
