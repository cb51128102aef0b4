"""When whom a case must be told of: worked out from its history each time, so that no timer can be lost or fire twice.

Reminders come in opening hours only. Whoever was down meanwhile tells the gravest notice that is due, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from consultation.case import OPEN_STATES, CaseDeed, CaseEvent, CaseState, after
from consultation.opening import OpeningHours

NOTICES = {CaseDeed.REMIND: 0.75, CaseDeed.ESCALATE: 1.0, CaseDeed.ALARM: 1.5}
"""From which share of the target on; the graver later."""
ASKED_AGAIN = 1  # times after the notice of the resolution, which asks as well
BEGINNINGS = frozenset({CaseDeed.OPEN, CaseDeed.REOPEN})
_RECKONED_ANEW = frozenset({CaseDeed.PRIORITISE, CaseDeed.SCHEDULE})
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Targets:
    """In opening time from the opening of a case on: its first reply, its resolution; urgent ones sooner.

    `asked_after` are the opening days between two questions whether it is solved, and until it lapses.
    """

    reply: timedelta = timedelta(hours=8, minutes=45)
    resolution: timedelta = timedelta(hours=43, minutes=45)
    urgent_reply: timedelta = timedelta(hours=2)
    urgent_resolution: timedelta = timedelta(hours=17, minutes=30)
    asked_after: int = 3


@dataclass(frozen=True, slots=True)
class Watch:
    """A case as far as its clock goes."""

    state: CaseState
    history: Sequence[CaseEvent]
    is_urgent: bool
    hours: OpeningHours
    targets: Targets

    @property
    def opened_at(self) -> datetime:
        """When it was opened, or last reopened."""
        return self._since_opening[0].at

    def as_of(self, moment: datetime) -> "Watch | None":
        """As it stood just before a moment, by its history; None: there was no case yet."""
        history = [event for event in self.history if event.at < moment]
        state = CaseState.WAITING
        for event in history[1:]:
            state = after(state, event.deed) or state
        return replace(self, state=state, history=history) if history else None

    @property
    def is_answered(self) -> bool:
        """Whether the municipality was written to since."""
        return self._last(CaseDeed.REPLY) is not None

    @property
    def due_on(self) -> date | None:
        """The last day as a consultant set it by hand since the opening; None: the targets say."""
        scheduled = self._last(CaseDeed.SCHEDULE)
        return date.fromisoformat(scheduled.value) if scheduled and scheduled.value else None

    @property
    def reply_by(self) -> datetime:
        return self._by(reply=True)

    @property
    def resolve_by(self) -> datetime:
        return self._by(reply=False)

    @property
    def due(self) -> datetime | None:
        """By when something has to happen next; None: it is not open."""
        if self.state not in OPEN_STATES:
            return None
        return self.resolve_by if self.is_answered else self.reply_by

    def notice(self, now: datetime) -> CaseDeed | None:
        """What is to be told now, by the history not told yet."""
        if not self.hours.is_open(now):
            return None
        if self.state in OPEN_STATES:
            return self._reminder(now)
        return self._question(now) if self.state is CaseState.RESOLVED else None

    def _reminder(self, now: datetime) -> CaseDeed | None:
        share = self.hours.between(self.opened_at, now) / self._target(reply=not self.is_answered)
        due = [deed for deed, least in NOTICES.items() if share >= least]
        told = {event.deed for event in self._since_opening[max(self._first_reply, self._reckoned) :]}
        graver = list(NOTICES)[len(due) - 1 :]
        return due[-1] if due and told.isdisjoint(graver) else None

    def _question(self, now: datetime) -> CaseDeed | None:
        asked = [event for event in self._since_opening if event.deed in {CaseDeed.RESOLVE, CaseDeed.ASK}]
        if not asked or now < self.hours.days_after(asked[-1].at, self.targets.asked_after):
            return None
        resolved = max((at for at, event in enumerate(asked) if event.deed is CaseDeed.RESOLVE), default=0)
        again = sum(event.deed is CaseDeed.ASK for event in asked[resolved:])  # by order: a clock may be set back
        return CaseDeed.ASK if again < ASKED_AGAIN else CaseDeed.LAPSE

    @property
    def _since_opening(self) -> Sequence[CaseEvent]:
        starts = [at for at, event in enumerate(self.history) if event.deed in BEGINNINGS]
        return self.history[starts[-1] :]

    @property
    def _first_reply(self) -> int:
        """Where the clock of the resolution begins to be told of."""
        replies = [at for at, event in enumerate(self._since_opening) if event.deed is CaseDeed.REPLY]
        return replies[0] if replies else 0

    @property
    def _reckoned(self) -> int:
        """Where urgency or the last day was set by hand: from there on it is told anew."""
        at = [number for number, event in enumerate(self._since_opening) if event.deed in _RECKONED_ANEW]
        return at[-1] if at else 0

    def _last(self, deed: CaseDeed) -> CaseEvent | None:
        return next((event for event in reversed(self._since_opening) if event.deed is deed), None)

    def _by(self, *, reply: bool) -> datetime:
        if self.due_on is not None:
            return self.hours.end_of(self.due_on)
        return self.hours.after(self.opened_at, self._target(reply=reply))

    def _target(self, *, reply: bool) -> timedelta:
        targets = self.targets
        if self.due_on is not None:  # a day that was closed since leaves no time: due at once
            return max(_MINUTE, self.hours.between(self.opened_at, self.hours.end_of(self.due_on)))
        if self.is_urgent:
            return targets.urgent_reply if reply else targets.urgent_resolution
        return targets.reply if reply else targets.resolution
