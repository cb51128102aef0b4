"""What would end a start anyway, looked for before the desk is imported and opened, which takes seconds."""

from madoguchi.log import open_ledger
from madoguchi.ownership import owned
from madoguchi.settings import Settings
from records.accounts import Accounts
from records.ledger import Ledger, Session
from review.exposure import check_exposure
from review.settings import is_loopback


def check_start(settings: Settings, host: str | None) -> None:
    """Raises StoreBusy where another desk runs, WrongSetting where it may not listen."""
    bound = host or settings.review.host
    with owned(settings.records.home):
        if is_loopback(bound):
            return
        with open_ledger(settings) as ledger:
            check_exposure(bound, has_accounts(ledger))


def has_accounts(ledger: Ledger) -> bool:
    """Whether anybody was let in: an open invitation counts, or the first one could never be accepted."""

    def deed(session: Session) -> bool:
        return any(not account.is_disabled for account in Accounts(session).everyone())

    return ledger.read(deed)
