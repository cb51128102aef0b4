"""Posting what was planned: in order per lane, once; before a repeat, a look whether it stands already."""

import threading
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from consultation.errors import PostDelayed, PostRefused, Unavailable
from consultation.inquiry import Channel
from desk.letters import CARD_THREAD, Letter, Postman, Purpose
from records.ledger import Ledger
from records.pages import Pages
from records.postbook import ATTEMPTED, PostBook
from records.rows import DeliveryRow

log = structlog.get_logger()

UNKNOWN_WAIT_S = 1.0  # before the look whether a post of unknown result stands
CARD_WAIT_S = 0.5


class Posting:
    """Settles deliveries through the postmen, one per channel."""

    def __init__(self, ledger: Ledger, postmen: Mapping[Channel, Postman]) -> None:
        self._ledger = ledger
        self._postmen = postmen
        # After a crash a recovered delivery may run beside its lane's queue: one at a time still.
        self._lanes: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def settle_up_to(self, delivery_id: str) -> float | None:
        """Post whatever of the lane is due up to this delivery, in order. None: done; else seconds to wait first."""
        mine = self._ledger.read(lambda session: PostBook(session).get(delivery_id))
        with self._lanes[mine.place.lane]:
            for due in self._ledger.read(lambda session: PostBook(session).due(mine)):
                try:
                    self._settle(due)
                except PostDelayed as delay:
                    return delay.retry_after_s
                except Unavailable as fault:
                    log.warning("post_unknown", delivery=due.id, fault=str(fault))
                    return UNKNOWN_WAIT_S
        return None

    def give_up(self, delivery_id: str) -> None:
        """Mark as failed for good; `doctor` and the log show it."""
        log.error("post_given_up", delivery=delivery_id)
        self._ledger.write(lambda session: PostBook(session).fail(delivery_id, "given_up"))

    def _settle(self, due: DeliveryRow) -> None:
        letter = self._ledger.read(lambda session: _letter(session, due))
        if letter.purpose is Purpose.OUTCOME and letter.inquiry.withdrawn_at is not None:
            self._ledger.write(lambda session: PostBook(session).drop(due.id))
            return
        if letter.purpose in CARD_THREAD and letter.card_ref is None:
            self._without_card(due, letter)
            return
        postman = self._postmen[due.place.channel]
        ref = postman.find(letter) if due.state == ATTEMPTED else None
        if ref is None:
            self._ledger.write(lambda session: PostBook(session).attempt(due.id))
            try:
                ref = postman.post(letter)
            except PostRefused as refusal:
                log.error("post_refused", delivery=due.id, code=refusal.code)
                code = refusal.code
                self._ledger.write(lambda session: PostBook(session).fail(due.id, code))
                return
        posted = ref
        self._ledger.write(lambda session: PostBook(session).settle(due.id, posted, datetime.now(UTC)))

    def _without_card(self, due: DeliveryRow, letter: Letter) -> None:
        """The card stands before what belongs to it, or it never will."""
        planned = letter.case is not None and self._ledger.read(
            lambda session: PostBook(session).is_coming(Purpose.CARD, letter.case.id if letter.case else None)
        )
        if planned:
            raise PostDelayed(CARD_WAIT_S)
        self._ledger.write(lambda session: PostBook(session).drop(due.id))


def _letter(session: Any, due: DeliveryRow) -> Letter:
    pages = Pages(session)
    case = pages.case(due.case_id) if due.case_id else None
    inquiry = pages.inquiry(due.inquiry_id) if due.inquiry_id else None
    if inquiry is None:
        if case is None:
            raise LookupError(f"delivery {due.id} is about nothing")
        inquiry = case.inquiry
    card = PostBook(session).posted(Purpose.CARD, case.id) if case else None
    return Letter(
        delivery=due,
        purpose=Purpose(due.purpose),
        consultation=pages.consultation(inquiry.consultation_id),
        inquiry=inquiry,
        case=case,
        turn=pages.turn(due.turn_id) if due.turn_id else None,
        card_ref=card.posted_ref if card else None,
    )
