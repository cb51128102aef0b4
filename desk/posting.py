"""Posting what was planned: in order per lane, once; before a repeat, a look whether it stands already."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import structlog

from consultation.attachment import Unfit
from consultation.errors import FileUnfit, PostDelayed, PostRefused, Unavailable
from consultation.inquiry import Channel
from desk import carrying, undelivered
from desk.bulletins import BULLETINS, bulletin
from desk.letters import (
    CARD_THREAD,
    CARRIES,
    OF_THE_MOMENT,
    UPDATES,
    Bulletin,
    Letter,
    Postman,
    Purpose,
)
from desk.pace import GAP_S, Pace
from desk.reading import is_moot, letter_of
from records.ledger import Ledger, Session
from records.postbook import ATTEMPTED, FAILED, NO_CARD, WAITING, PostBook
from records.rows import DeliveryRow

log = structlog.get_logger()

POSTS_PER_LANE = 3  # by one workflow: then others have their turn
UNKNOWN_WAIT_S = 1.0  # before the look whether a post of unknown result stands
FAULT_WAIT_S = 5.0
FAULTS = 5  # of our own making: then the post is failed, so that the lane's others go on


class _RoomClosed(Exception):
    """The lane's room takes nothing now: it waits until somebody knocks again (Desk.knock)."""


class Posting:
    """Settles deliveries through the postmen, one per channel."""

    def __init__(
        self,
        ledger: Ledger,
        postmen: Mapping[Channel, Postman],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
        gap_s: float = GAP_S,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._ticks = ticks
        self._gap_s = gap_s
        self._paces: dict[str, Pace] = {}
        self._postmen = postmen
        self.follow: Callable[[list[DeliveryRow]], None] = lambda _planned: None
        """Told what was planned while posting; the engine's, once it is launched."""
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
        due = self._ledger.read(lambda session: PostBook(session).get(delivery_id))
        self._fail(due, "given_up")

    def _settle_lane(self, mine: DeliveryRow) -> float | None:
        """Who has to wait comes back when those before it should have had their turns: no crowd wakes every second."""
        waiting = self._ledger.read(lambda session: PostBook(session).due(mine))
        quiet_s = self._quiet_s(mine.place.lane)
        if waiting and quiet_s > 0:
            return quiet_s + (len(waiting) - 1) * self._gap_s
        for count, due in enumerate(waiting[:POSTS_PER_LANE], start=1):
            wait_s = self._settle_one(due)
            if wait_s is not None:
                turns = len(waiting) - count if self._quiet_s(mine.place.lane) > 0 else 0
                return wait_s + turns * self._gap_s
        return UNKNOWN_WAIT_S if len(waiting) > POSTS_PER_LANE else None

    def _quiet_s(self, lane: str) -> float:
        return self._quiet_until.get(lane, float("-inf")) - self._ticks()

    def _pace(self, due: DeliveryRow) -> Pace:
        return self._paces.setdefault(due.place.lane, Pace(self._gap_s))

    def _settle_one(self, due: DeliveryRow) -> float | None:
        """One delivery settled: None; else seconds to wait before the lane goes on."""
        try:
            self._settle(due)
        except PostDelayed as delay:
            self._pace(due).slow_down()
            self._quiet_until[due.place.lane] = self._ticks() + delay.retry_after_s
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
        self._fail(due, type(fault).__name__)
        return None

    def _settle(self, due: DeliveryRow) -> None:
        if due.purpose in BULLETINS:
            self._settle_bulletin(due)
            return
        letter = self._ledger.read(lambda session: letter_of(session, due))
        postman = self._postmen[due.place.channel]
        if letter.purpose in CARD_THREAD and letter.card_ref is None:
            self._without_card(due, letter)
            return
        if letter.purpose in UPDATES and letter.stands_at is None:  # it never came to stand: nothing to change
            self._ledger.write(lambda session: PostBook(session).drop(due.id))
            return
        ref = postman.find(letter) if due.state == ATTEMPTED else None
        if ref is None and is_moot(letter):
            if letter.draft is not None:
                postman.retract(letter)
            self._drop(due, letter)
            return
        self._stand(due, letter, ref)

    def _settle_bulletin(self, due: DeliveryRow) -> None:
        """Posted while its day or week lasts and there is something to tell."""
        told = self._ledger.read(lambda session: bulletin(session, due, self._clock()))
        if told is None:
            self._ledger.write(lambda session: PostBook(session).drop(due.id))
            return
        ref = self._postmen[due.place.channel].find(told) if due.state == ATTEMPTED else None
        self._stand(due, told, ref)

    def _stand(self, due: DeliveryRow, letter: Letter | Bulletin, ref: str | None) -> None:
        """Post what does not stand yet (`ref` None), and note where it does."""
        if ref is None:
            if not (isinstance(letter, Letter) and letter.is_update):  # of updates Slack takes more
                self._pace(due).step(self._ticks())
            self._ledger.write(lambda session: PostBook(session).attempt(due.id))
            try:
                ref = self._postmen[due.place.channel].post(letter)
            except FileUnfit as no:
                log.info("file_unfit", delivery=due.id, why=no.why.value)
                self._fail(due, no.why.value, no.why)
                return
            except PostRefused as refusal:
                self._refused(due, letter.purpose, refusal.code)
                return
        self._stands(due, letter, ref)

    def _stands(self, due: DeliveryRow, letter: Letter | Bulletin, ref: str) -> None:
        def deed(session: Session) -> list[DeliveryRow]:
            now = datetime.now(UTC)
            PostBook(session).settle(due.id, ref, now)
            return carrying.settled(session, letter, now) if isinstance(letter, Letter) else []

        self.follow(self._ledger.write(deed))

    def _fail(self, due: DeliveryRow, failure: str, why: Unfit = Unfit.UNTAKEN) -> None:
        """It will never stand there, and is told of. A file that is unfit is no failure of the desk's."""

        def deed(session: Session) -> list[DeliveryRow]:
            posts, now = PostBook(session), datetime.now(UTC)
            if due.purpose not in CARRIES:
                return undelivered.failed(session, due.id, failure, now)
            if why is Unfit.UNTAKEN:
                posts.fail(due.id, failure)
            else:
                posts.drop(due.id)
            return carrying.unfit(session, letter_of(session, due), why, now)

        self.follow(self._ledger.write(deed))

    def _drop(self, due: DeliveryRow, letter: Letter) -> None:
        def deed(session: Session) -> None:
            PostBook(session).drop(due.id)
            carrying.left(session, letter, datetime.now(UTC))

        self._ledger.write(deed)

    def _refused(self, due: DeliveryRow, purpose: Purpose, code: str) -> None:
        log.error("post_refused", delivery=due.id, code=code)
        if undelivered.waits(purpose, code):
            self._ledger.write(lambda session: PostBook(session).hold(due.id, code))
            raise _RoomClosed
        self._fail(due, code)

    def _without_card(self, due: DeliveryRow, letter: Letter) -> None:
        """The card stands before what belongs to it; where it failed, so does that, to be tried again with it."""
        case_id = letter.case.id if letter.case else None
        card = self._ledger.read(lambda session: PostBook(session).newest(Purpose.CARD, case_id))
        if card is not None and card.state in {WAITING, ATTEMPTED}:
            raise Unavailable("the card does not stand yet")
        if card is not None and card.state == FAILED and due.purpose not in OF_THE_MOMENT:
            self._ledger.write(lambda session: PostBook(session).fail(due.id, NO_CARD))
        else:
            self._drop(due, letter)
