"""Whether the log's database is sound, and what waits or failed in it."""

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from records.ledger import Ledger
from records.library import Library
from records.postbook import PostBook


@dataclass(frozen=True, slots=True)
class Health:
    """`journal` is SQLite's journal mode, None elsewhere."""

    is_sound: bool
    fault: str
    journal: str | None
    documents: int
    passages: int
    unsettled: int
    failed: int


def health_of(ledger: Ledger) -> Health:
    """Look at the database: integrity, foreign keys, deliveries, materials."""
    return ledger.read(_health)


def is_reachable(ledger: Ledger) -> bool:
    """Whether the database answers now."""
    return ledger.read(lambda session: session.scalar(select(func.count())) is not None)


def _health(session: Session) -> Health:
    journal, fault = None, ""
    if session.get_bind().dialect.name == "sqlite":
        journal = str(session.scalar(text("PRAGMA journal_mode")))
        integrity = str(session.scalar(text("PRAGMA integrity_check")))
        strays = session.execute(text("PRAGMA foreign_key_check")).all()
        fault = (
            "" if integrity == "ok" and not strays else integrity if integrity != "ok" else "参照先のない行があります"
        )
    documents, passages = Library(session).counts()
    posts = PostBook(session)
    return Health(not fault, fault, journal, documents, passages, len(posts.unsettled()), len(posts.failed()))
