"""Posting what was planned: in order per lane, once; before a repeat, a look whether it stands already."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import structlog

from consultation.case import CaseState, Consultant
from consultation.errors import PostDelayed, PostRefused, Unavailable
from consultation.inquiry import Channel
from desk import undelivered
from desk.letters import CARD_THREAD, TO_CONSULTANTS, Letter, Postman, Purpose, event_told
from desk.pace import GAP_S, Pace
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import ATTEMPTED, FAILED, PostBook
from records.registry import Registry
from records.rows import CaseRow, DeliveryRow

log = structlog.get_logger()

POSTS_PER_LANE = 3  # by one workflow: then others have their turn
UNKNOWN_WAIT_S = 1.0  # before the look whether a post of unknown result stands
FAULT_WAIT_S = 5.0
TAKEN_BACK = frozenset({Purpose.OUTCOME, Purpose.ASKER_WORDS})  # what goes with a deleted message
FAULTS = 5  # of our own making: then the post is failed, so that the lane's others go on


class _RoomClosed(Exception):
    """The lane's room takes nothing now: it waits until somebody knocks again (Desk.knock)."""


class Posting:
    """Settles deliveries through the postmen, one per channel. `dispatch` takes what a failure has planned."""

    dispatch: Callable[[list[DeliveryRow]], None] = staticmethod(lambda _planned: None)

    def __init__(
        self, ledger: Ledger, postmen: Mapping[Channel, Postman], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._paces: dict[str, Pace] = {}
        self._postmen = postmen
        # After a crash a recovered delivery may run beside its lane's queue: one at a time still.
        self._lanes: dict[str, threading.Lock] = {}
        self._quiet_until: dict[str, float] = {}
        self._faults: Counter[str] = Counter()

    def settle_up_to(self, delivery_id: str) -> float | None:
        """Post what of the lane is due up to this delivery, in order. None: done; else seconds to wait first.

        Where nobody can post to the channel (no tokens), it is done as well: the next launch looks again.
        """
        try:
            mine = self._ledger.read(lambda session: PostBook(session).get(delivery_id))
            if mine.place.channel not in self._postmen:
                return None
            with self._lanes.setdefault(mine.place.lane, threading.Lock()):
                return self._settle_lane(mine)
        except _RoomClosed:
            return None
        except Unavailable as fault:  # the log, not the postman
            log.warning("log_unavailable", delivery=delivery_id, fault=str(fault))
            return UNKNOWN_WAIT_S

    def give_up(self, delivery_id: str) -> None:
        """Mark as failed for good; `doctor` and the log show it."""
        log.error("post_given_up", delivery=delivery_id)
        self._fail(delivery_id, "given_up")

    def _fail(self, delivery_id: str, code: str) -> None:
        now = datetime.now(UTC)
        self.dispatch(self._ledger.write(lambda session: undelivered.failed(session, delivery_id, code, now)))

    def _settle_lane(self, mine: DeliveryRow) -> float | None:
        """Who has to wait comes back when those before it should have had their turns: no crowd wakes every second."""
        waiting = self._ledger.read(lambda session: PostBook(session).due(mine))
        quiet_s = self._quiet_s(mine.place.lane)
        if waiting and quiet_s > 0:
            return quiet_s + (len(waiting) - 1) * GAP_S
        for count, due in enumerate(waiting[:POSTS_PER_LANE], start=1):
            wait_s = self._settle_one(due)
            if wait_s is not None:
                turns = len(waiting) - count if self._quiet_s(mine.place.lane) > 0 else 0
                return wait_s + turns * GAP_S
        return UNKNOWN_WAIT_S if len(waiting) > POSTS_PER_LANE else None

    def _quiet_s(self, lane: str) -> float:
        return self._quiet_until.get(lane, float("-inf")) - self._clock()

    def _pace(self, due: DeliveryRow) -> Pace:
        return self._paces.setdefault(due.place.lane, Pace())

    def _settle_one(self, due: DeliveryRow) -> float | None:
        """One delivery settled: None; else seconds to wait before the lane goes on."""
        try:
            self._settle(due)
        except PostDelayed as delay:
            self._pace(due).slow_down()
            self._quiet_until[due.place.lane] = self._clock() + delay.retry_after_s
            return delay.retry_after_s
        except Unavailable as fault:
            log.warning("post_unknown", delivery=due.id, fault=str(fault))
            return UNKNOWN_WAIT_S
        except _RoomClosed:
            raise
        except Exception as fault:  # noqa: BLE001  a workflow's border: one letter must not stop its lane
            return self._faulty(due, fault)
        return None

    def _faulty(self, due: DeliveryRow, fault: Exception) -> float | None:
        """Told once, tried again, and failed when it stays so."""
        self._faults[due.id] += 1
        if self._faults[due.id] == 1:
            log.error("post_fault", delivery=due.id, exc_info=fault)
        if self._faults[due.id] < FAULTS:
            return FAULT_WAIT_S
        self._fail(due.id, type(fault).__name__)
        return None

    def _settle(self, due: DeliveryRow) -> None:
        letter = self._ledger.read(lambda session: _letter(session, due))
        postman = self._postmen[due.place.channel]
        if letter.purpose in CARD_THREAD and letter.card_ref is None:
            self._without_card(due, letter)
            return
        ref = postman.find(letter) if due.state == ATTEMPTED else None
        if ref is None and _is_moot(letter):
            if letter.draft is not None:
                postman.retract(letter)
            self._ledger.write(lambda session: PostBook(session).drop(due.id))
            return
        if ref is None:
            if letter.purpose is not Purpose.CARD_STATE:  # an update, of which Slack takes more
                self._pace(due).step(self._clock())
            self._ledger.write(lambda session: PostBook(session).attempt(due.id))
            try:
                ref = postman.post(letter)
            except PostRefused as refusal:
                self._refused(due, letter, refusal.code)
                return
        posted = ref
        self._ledger.write(lambda session: PostBook(session).settle(due.id, posted, datetime.now(UTC)))

    def _refused(self, due: DeliveryRow, letter: Letter, code: str) -> None:
        log.error("post_refused", delivery=due.id, code=code)
        if undelivered.waits(letter.purpose, code):
            self._ledger.write(lambda session: PostBook(session).hold(due.id, code))
            raise _RoomClosed
        self._fail(due.id, code)

    def _without_card(self, due: DeliveryRow, letter: Letter) -> None:
        """The card stands before what belongs to it, or it never will."""
        planned = letter.case is not None and self._ledger.read(
            lambda session: PostBook(session).is_coming(Purpose.CARD, letter.case.id if letter.case else None)
        )
        if planned:
            raise Unavailable("the card does not stand yet")
        self._ledger.write(lambda session: PostBook(session).drop(due.id))


def _is_moot(letter: Letter) -> bool:
    """Whether there is nothing to say any more: taken back before it stood, delivered after all, or its body left."""
    if letter.is_over and letter.purpose not in TO_CONSULTANTS:
        return True
    if letter.undelivered is not None and letter.undelivered.state != FAILED:
        return True
    if letter.purpose is Purpose.CARD:
        return letter.case is not None and letter.case.state is CaseState.WITHDRAWN
    return letter.purpose in TAKEN_BACK and letter.inquiry.withdrawn_at is not None


def _told(session: Session, case: CaseRow | None, due: DeliveryRow) -> Consultant | None:
    """Whom the event that a delivery tells of calls."""
    event = event_told(case, due)
    return Registry(session).consultant(event.to) if event is not None and event.to is not None else None


def _letter(session: Session, due: DeliveryRow) -> Letter:
    pages = Pages(session)
    case_id = due.case_id or (CaseBook(session).of_inquiry(due.inquiry_id) if due.inquiry_id else None)
    case = pages.case(case_id) if case_id else None
    inquiry = pages.inquiry(due.inquiry_id) if due.inquiry_id else None
    if inquiry is None:
        if case is None:
            raise LookupError(f"delivery {due.id} is about nothing")
        inquiry = case.inquiry
    consultation = pages.consultation(inquiry.consultation_id)
    card = PostBook(session).posted(Purpose.CARD, case.id) if case else None
    return Letter(
        delivery=due,
        purpose=Purpose(due.purpose),
        consultation=consultation,
        inquiry=inquiry,
        case=case,
        told=_told(session, case, due),
        turn=pages.turn(due.turn_id) if due.turn_id else None,
        card_ref=card.posted_ref if card else None,
        draft=PostBook(session).draft_of(inquiry.id) if due.purpose == Purpose.OUTCOME else None,
        undelivered=undelivered.told_of(session, due),
        is_over=Registry(session).has_left(consultation.municipality.code),
    )
