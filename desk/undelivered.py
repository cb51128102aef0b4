"""What a municipality's channel does not take is not lost: it stays in the log, and the case's thread says so."""

from datetime import datetime

from desk.letters import FILES, TO_CONSULTANTS, Purpose
from records.casebook import CaseBook
from records.ledger import Session
from records.postbook import PostBook
from records.rows import DeliveryRow

CLOSED = frozenset(
    {
        *("is_archived", "channel_not_found", "not_in_channel"),
        *("not_installed", "token_revoked", "invalid_auth", "account_inactive"),
    }
)
"""Words for a room that may be opened again: archived, gone or not ours, left; and the app may be installed again."""


def waits(letter_purpose: Purpose, code: str) -> bool:
    """Whether a refused letter waits for its room: the consultants' own does, since the cards must stand in order."""
    return letter_purpose in TO_CONSULTANTS and code in CLOSED


def failed(session: Session, delivery_id: str, code: str, at: datetime) -> list[DeliveryRow]:
    """Fail a delivery for good, and plan what the consultants are told of it."""
    posts = PostBook(session)
    posts.fail(delivery_id, code)
    row = posts.get(delivery_id)
    case_id = row.case_id or (CaseBook(session).of_inquiry(row.inquiry_id) if row.inquiry_id else None)
    card = posts.first_of(Purpose.CARD, case_id) if case_id else None
    if card is None or Purpose(row.purpose) in TO_CONSULTANTS | FILES:
        return []
    plan = posts.plan(Purpose.UNDELIVERED, card.place, at, case_id=case_id, turn_id=row.turn_id, occasion=delivery_id)
    return [plan]


def told_of(session: Session, delivery: DeliveryRow) -> DeliveryRow | None:
    """Of what a letter about something undelivered tells: its id ends with the other's."""
    if delivery.purpose != Purpose.UNDELIVERED:
        return None
    return PostBook(session).get(delivery.id.split(":", 2)[2])
