"""The log alone, opened: all that the register's commands need."""

from collections.abc import Iterator
from contextlib import contextmanager

from madoguchi.demo import seed_demo
from madoguchi.ownership import made
from madoguchi.settings import Settings
from records.ledger import Ledger
from records.migrate import migrate


@contextmanager
def open_ledger(settings: Settings) -> Iterator[Ledger]:
    """The log's database, up to date, with the demo body in it where a demo is wanted."""
    made(settings.records.home)
    ledger = Ledger(settings.records.url)
    try:
        migrate(ledger.engine)
        if settings.review.demo:
            seed_demo(ledger)
        yield ledger
    finally:
        ledger.close()
