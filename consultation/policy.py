"""What to do with a question: signals and evidence in, one decision out. Pure; the first rule that fits decides."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from consultation.outcome import OutcomeKind, Reason
from consultation.signals import Signal

VERSION = "policy-4"
MOST_CHOICES = 4  # more than four buttons are not read, and Slack shows them badly

Signals = frozenset[Signal]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found, and where the conversation stands."""

    confidence: float
    threshold: float
    is_anything_found: bool
    missing: tuple[str, ...] = ()
    """What the question names and no passage near speaks of (a place, a year)."""
    topics: tuple[str, ...] = ()
    """What competes for the answer, as choices to offer."""
    namesakes: tuple[str, ...] = ()
    """The bodies that a name in the question may mean."""
    years: tuple[str, ...] = ()
    """The question for each year that its answer is told for."""
    questions: tuple[str, ...] = ()
    """The asking sentences, where a message holds several."""
    is_clarified: bool = False
    """The asker was asked back once already."""
    can_cite_earlier: bool = False
    is_due_soon: bool = False
    """The asker names a day, at most three opening days away, by which it is needed."""
    is_contested: bool = False
    """Another source says otherwise than what would be quoted, and nobody has decided yet."""
    can_compute: bool = False
    """The question has all the figures of a formula that the materials give."""

    @property
    def is_sure(self) -> bool:
        return self.is_anything_found and self.confidence >= self.threshold


@dataclass(frozen=True, slots=True)
class Decision:
    kind: OutcomeKind
    reason: Reason
    choices: tuple[str, ...] = ()


_BLANK = (Signal.EMPTY, Signal.EMOJI_ONLY)
_REFUSED = (
    (Signal.RESIDENT_DATA, Reason.PERSONAL_DATA),
    (Signal.UNLAWFUL, Reason.UNLAWFUL),
    (Signal.INSTRUCTION_ATTACK, Reason.INSTRUCTION_ATTACK),
    (Signal.OTHER_BODY, Reason.OTHER_BODY),
    (Signal.OUT_OF_SCOPE, Reason.OUT_OF_SCOPE),
)
_FOR_PEOPLE = (
    (Signal.TOO_LONG, Reason.TOO_LONG),
    (Signal.ASKS_PERSON, Reason.ASKED_FOR_PERSON),
    (Signal.COMPLAINT, Reason.COMPLAINT),
    (Signal.URGENT, Reason.URGENT),
)
_FOR_JUDGEMENT = (
    (Signal.LEGAL, Reason.LEGAL_INTERPRETATION),
    (Signal.PROSPECT, Reason.SELECTION_PROSPECT),
    (Signal.PRODUCT, Reason.PRODUCT_COMPARISON),
    (Signal.PLAN_REVIEW, Reason.PLAN_REVIEW),
    (Signal.ADMINISTRATIVE, Reason.ADMINISTRATIVE),
)
_UNCLEAR = (
    (Signal.TOO_SHORT, Reason.TOO_SHORT),
    (Signal.OWN_ESTIMATE, Reason.NEEDS_DETAIL),
    (Signal.NO_REFERENT, Reason.NO_REFERENT),
)
_LACKING = (
    (Signal.NETWORK_UNSAID, Reason.WHICH_NETWORK),
    (Signal.WORK_UNSAID, Reason.NEEDS_DETAIL),
    (Signal.AT_A_LOSS, Reason.AT_A_LOSS),
)
_ABOUT_US = (Signal.ABOUT_DESK, Signal.THANKS, Signal.GREETING)


def needs_search(signals: Signals) -> bool:
    """Whether anything that is found could matter; a hand-over shows it, unless there is too much to search by."""
    decides = {*_BLANK, *(signal for signal, _ in _REFUSED), Signal.TOO_LONG}
    return not signals & decides and not (signals and signals <= {Signal.THANKS, Signal.GREETING})


def calls_for_person(signals: Signals) -> bool:
    """Whether a person gets it, whatever is found."""
    return not signals.isdisjoint(signal for signal, _ in (*_FOR_PEOPLE, *_FOR_JUDGEMENT))


def decide(signals: Signals, evidence: Evidence) -> Decision:
    """The decision of the first rule that has one."""
    for rule in _RULES:
        decision = rule(signals, evidence)
        if decision is not None:
            return decision
    return Decision(OutcomeKind.ANSWER, Reason.GROUNDED)


def _blank(signals: Signals, _: Evidence) -> Decision | None:
    return Decision(OutcomeKind.CLARIFY, Reason.EMPTY) if signals.intersection(_BLANK) else None


def _refused(signals: Signals, _: Evidence) -> Decision | None:
    return _first(signals, _REFUSED, OutcomeKind.REFUSE)


def _about_us(signals: Signals, evidence: Evidence) -> Decision | None:
    """A question about an answer or the desk itself, unless a person is wanted."""
    if signals.intersection(signal for signal, _ in _FOR_PEOPLE):
        return None
    if Signal.ABOUT_SOURCES in signals and evidence.can_cite_earlier:
        return Decision(OutcomeKind.ANSWER, Reason.GROUNDED)
    needs_judgement = Signal.LEGAL in signals or Signal.PROSPECT in signals
    if signals.intersection(_ABOUT_US) and not needs_judgement:
        return Decision(OutcomeKind.ANSWER, Reason.ABOUT_DESK)
    return None


def _for_people(signals: Signals, evidence: Evidence) -> Decision | None:
    due = Decision(OutcomeKind.HANDOFF, Reason.URGENT) if evidence.is_due_soon else None
    return (
        _first(signals, _FOR_PEOPLE, OutcomeKind.HANDOFF) or due or _first(signals, _FOR_JUDGEMENT, OutcomeKind.HANDOFF)
    )


def _computed(_: Signals, evidence: Evidence) -> Decision | None:
    return Decision(OutcomeKind.ANSWER, Reason.GROUNDED) if evidence.can_compute else None


def _unclear(signals: Signals, evidence: Evidence) -> Decision | None:
    """Ask back, once in a conversation."""
    if evidence.is_clarified:
        return None
    if Signal.MANY_QUESTIONS in signals:
        return Decision(OutcomeKind.CLARIFY, Reason.AMBIGUOUS, evidence.questions[:MOST_CHOICES])
    if evidence.namesakes:
        return Decision(OutcomeKind.CLARIFY, Reason.WHICH_BODY, evidence.namesakes[:MOST_CHOICES])
    if evidence.years:
        return Decision(OutcomeKind.CLARIFY, Reason.WHICH_YEAR, evidence.years[:MOST_CHOICES])
    topics = evidence.topics[:MOST_CHOICES]
    unclear = _first(signals, _UNCLEAR, OutcomeKind.CLARIFY)
    if unclear is None and not evidence.is_sure and not evidence.missing:
        competing = Decision(OutcomeKind.CLARIFY, Reason.AMBIGUOUS) if len(topics) > 1 else None
        unclear = _first(signals, _LACKING, OutcomeKind.CLARIFY) or competing
    return replace(unclear, choices=topics) if unclear else None


def _unsure(signals: Signals, evidence: Evidence) -> Decision | None:
    if Signal.OWN_ESTIMATE in signals:
        return Decision(OutcomeKind.HANDOFF, Reason.INDIVIDUAL_JUDGEMENT)
    if not evidence.is_anything_found or evidence.missing:
        return Decision(OutcomeKind.HANDOFF, Reason.NOT_IN_MATERIALS)
    return None if evidence.is_sure else Decision(OutcomeKind.HANDOFF, Reason.LOW_CONFIDENCE)


def _contested(_: Signals, evidence: Evidence) -> Decision | None:
    return Decision(OutcomeKind.HANDOFF, Reason.CONFLICTING_SOURCES) if evidence.is_contested else None


def _first(signals: Signals, table: tuple[tuple[Signal, Reason], ...], kind: OutcomeKind) -> Decision | None:
    return next((Decision(kind, reason) for signal, reason in table if signal in signals), None)


_RULES: tuple[Callable[[Signals, Evidence], Decision | None], ...] = (
    _blank,
    _refused,
    _about_us,
    _for_people,
    _computed,
    _unclear,
    _unsure,
    _contested,
)
