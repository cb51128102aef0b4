"""A team's week in figures (週次の集計), from what the log tells of it. Pure: the same rows, the same figures.

What was done in the week counts; what stands, as it stood at its end. Times are opening time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from statistics import median

from consultation.calendar import TOKYO
from consultation.case import CaseDeed
from consultation.consent import ASKED_FOR
from consultation.outcome import OutcomeKind, Reason
from consultation.rating import Rating, Score
from consultation.watch import BEGINNINGS, Watch

ENDS = (CaseDeed.CONFIRM, CaseDeed.LAPSE, CaseDeed.WITHDRAW)
NO_QUESTION = frozenset({Reason.WITH_PERSON, Reason.ABOUT_DESK})
"""Words to a person who is on it, thanks, and questions about the desk itself: the share would flatter by them."""
MOST_TOPICS = 5
MOST_EXAMPLES = 3
MOST_DOCUMENTS = 5
MOST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday 0:00 to Monday 0:00, Japanese time."""

    monday: date

    @property
    def since(self) -> datetime:
        return datetime.combine(self.monday, time(), TOKYO)

    @property
    def until(self) -> datetime:
        return self.since + timedelta(days=7)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> "Week":
        return Week(self.monday - timedelta(days=7))

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


def week_of(day: date) -> Week:
    return Week(day - timedelta(days=day.weekday()))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was not taken back; `documents` are the titles found near it."""

    text: str
    at: datetime
    outcome: OutcomeKind | None
    reason: Reason | None
    topic: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handled:
    """A case."""

    reason: Reason
    watch: Watch
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took; None where it never happened. `most`: nine in ten took no longer."""

    count: int
    median: timedelta | None
    most: timedelta | None


@dataclass(frozen=True, slots=True)
class Lack:
    """A topic on which the materials were not enough; `examples` are questions, the newest first."""

    topic: str | None
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    week: Week
    outcomes: Mapping[OutcomeKind, int]
    """Of the questions that are decided; NO_QUESTION is not counted."""
    handed_over: tuple[tuple[Reason, int], ...]
    """Cases opened in the week by reason, the most frequent first."""
    claim: Times
    reply: Times
    """From opening or reopening to the first claim, the first reply, made in the week."""
    standing: int
    """Open cases at the end of the week."""
    overdue: int
    """Those of them whose time had run out by then."""
    ended: Mapping[CaseDeed, int]
    ratings: Mapping[Score, int]
    lacks: tuple[Lack, ...]
    near: tuple[tuple[str, int], ...]
    """Documents that lay near those questions and did not tell enough, by how many questions."""
    contradicting: tuple[tuple[tuple[str, ...], int], ...]
    """Documents that tell different figures of one thing, by how many questions met them."""

    @property
    def questions(self) -> int:
        return sum(self.outcomes.values())

    @property
    def answered(self) -> float | None:
        """The share that the machine answered; None: there was no question."""
        return self.outcomes.get(OutcomeKind.ANSWER, 0) / self.questions if self.questions else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell of."""
        return not (self.questions or self.standing or self.claim.count or self.reply.count or any(self.ended.values()))


def figures(week: Week, questions: Sequence[Asked], cases: Sequence[Handled]) -> Figures:
    """The week's figures; rows of other weeks do no harm."""
    decided = [one for one in questions if week.covers(one.at) and one.outcome is not None]
    asked = [one for one in decided if one.reason not in NO_QUESTION]
    lacking = [one for one in asked if one.outcome is OutcomeKind.HANDOFF and one.reason in ASKED_FOR]
    stood = [seen for one in cases if (seen := one.watch.as_of(week.until)) is not None and seen.due is not None]
    done = Counter(event.deed for one in cases for event in one.watch.history if week.covers(event.at))
    opened = Counter(one.reason for one in cases if week.covers(one.watch.history[0].at))
    return Figures(
        week=week,
        outcomes=Counter(one.outcome for one in asked if one.outcome is not None),
        handed_over=tuple(opened.most_common()),
        claim=_times(_spans(week, cases, CaseDeed.CLAIM)),
        reply=_times(_spans(week, cases, CaseDeed.REPLY)),
        standing=len(stood),
        overdue=sum(seen.due is not None and seen.due < week.until for seen in stood),
        ended={deed: done[deed] for deed in ENDS},
        ratings=Counter(rating.score for one in cases for rating in one.ratings if week.covers(rating.at)),
        lacks=tuple(_lacks(lacking)),
        near=tuple(Counter(title for one in lacking for title in _near(one)).most_common(MOST_DOCUMENTS)),
        contradicting=tuple(Counter(_sides(one) for one in lacking if _sides(one)).most_common(MOST_DOCUMENTS)),
    )


def _near(one: Asked) -> frozenset[str]:
    return frozenset(one.documents) if one.reason is not Reason.CONFLICTING_SOURCES else frozenset()


def _sides(one: Asked) -> tuple[str, ...]:
    return tuple(sorted(set(one.documents))) if one.reason is Reason.CONFLICTING_SOURCES else ()


def _spans(week: Week, cases: Sequence[Handled], deed: CaseDeed) -> list[timedelta]:
    return [span for one in cases for at, span in _firsts(one.watch, deed) if week.covers(at)]


def _firsts(watch: Watch, deed: CaseDeed) -> Iterator[tuple[datetime, timedelta]]:
    """When `deed` was first done after each opening, and how much opening time it took."""
    opened: datetime | None = None
    for event in watch.history:
        if event.deed in BEGINNINGS:
            opened = event.at
        elif event.deed is deed and opened is not None:
            yield event.at, watch.hours.between(opened, event.at)
            opened = None


def _times(spans: Sequence[timedelta]) -> Times:
    ranked = sorted(spans)
    if not ranked:
        return Times(0, None, None)
    middle = timedelta(seconds=median(span.total_seconds() for span in ranked))
    return Times(len(ranked), middle, ranked[ceil(MOST_SHARE * len(ranked)) - 1])


def _lacks(lacking: Sequence[Asked]) -> Iterator[Lack]:
    newest = sorted(lacking, key=lambda one: one.at, reverse=True)
    for topic, count in Counter(one.topic for one in lacking).most_common(MOST_TOPICS):
        examples = dict.fromkeys(one.text for one in newest if one.topic == topic)
        yield Lack(topic, count, tuple(examples)[:MOST_EXAMPLES])
