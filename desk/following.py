"""What stands in Slack follows what was changed since: an update, planned behind the post that it changes.

Both are in one lane, so the post stands before its update is tried. Where it never came to stand, the update goes too.
"""

from datetime import datetime

from consultation.case import CaseId
from consultation.inquiry import InquiryId, Place
from desk.letters import UPDATES, Purpose
from records.ledger import Session
from records.postbook import POSTED, PostBook
from records.rows import DeliveryRow


def follow(session: Session, update: Purpose, post_id: str, at: datetime) -> list[DeliveryRow]:
    """An update of a delivery's post, one for each moment of change; none where nothing was to be posted."""
    post = PostBook(session).find(post_id)
    if post is None:
        return []
    subject, rest = str(post.turn_id or post.case_id or post.inquiry_id), post_id.partition(":")[2]
    occasion = ":".join(filter(None, (rest.removeprefix(subject).strip(":"), _occasion(at))))
    return [
        PostBook(session).plan(
            update, post.place, at, inquiry_id=post.inquiry_id, case_id=post.case_id, turn_id=post.turn_id,
            occasion=occasion,
        )
    ]  # fmt: skip


def reply_follows(session: Session, turn_id: str, at: datetime) -> list[DeliveryRow]:
    """A consultant's words, in both threads."""
    return [
        *follow(session, Purpose.REPLY_STATE, f"{Purpose.REPLY}:{turn_id}", at),
        *follow(session, Purpose.SENT_STATE, f"{Purpose.SENT}:{turn_id}", at),
    ]


def words_follow(session: Session, inquiry_id: InquiryId, at: datetime) -> list[DeliveryRow]:
    """The asker's words, wherever they were noted under a card."""
    noted = PostBook(session).about(Purpose.ASKER_WORDS, inquiry_id)
    return [row for post in noted for row in follow(session, Purpose.WORDS_STATE, post.id, at)]


def card_follows(session: Session, consultants: Place | None, case_id: CaseId, at: datetime) -> list[DeliveryRow]:
    """The card itself, where its question changed and no deed was done to the case."""
    if consultants is None:
        return []
    return [PostBook(session).plan(Purpose.CARD_STATE, consultants, at, case_id=case_id, occasion=_occasion(at))]


def changed_post(session: Session, update: DeliveryRow) -> str | None:
    """Where the post stands that an update changes."""
    purpose = UPDATES.get(Purpose(update.purpose))
    if purpose is None:
        return None
    post_id = f"{purpose}:{update.id.partition(':')[2].rpartition(':')[0]}"
    post = PostBook(session).find(post_id)
    return post.posted_ref if post is not None and post.state == POSTED else None


def _occasion(at: datetime) -> str:
    """No bare number: that would be an event's (letters.event_told)."""
    return f"v{round(at.timestamp() * 1_000_000)}"
