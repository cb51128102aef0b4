"""What is said where nothing is answered: asking back, handing over, refusing, and that something was masked."""

from collections.abc import Sequence

from answering import wording
from answering.checking import Standing
from answering.frame import draft_text, reference_text
from answering.question import Question
from consultation.consent import ASKED_FOR
from consultation.outcome import Clarification, Handoff, Reason, Refusal
from consultation.policy import Decision
from consultation.signals import Signal


def clarification(question: Question, signals: frozenset[Signal], decision: Decision) -> Clarification:
    ask = wording.CLARIFY_CHOOSE if decision.choices else wording.CLARIFY_WRITE
    is_many = decision.reason is Reason.AMBIGUOUS and Signal.MANY_QUESTIONS in signals
    text = wording.CLARIFY_MANY if is_many else f"{wording.CLARIFY[decision.reason]}\n{ask}"
    return Clarification(decision.reason, with_masked(text, question), decision.choices)


def handoff(question: Question, reason: Reason, found: Sequence[Standing], shown: Sequence[Standing]) -> Handoff:
    """What was `found` is for the consultant; what is `shown` of it, the asker reads as a reference."""
    asks, is_contested = question.asks_consent and reason in ASKED_FOR, reason is Reason.CONFLICTING_SOURCES
    next_ = wording.HANDOFF_ASK if asks else wording.HANDOFF_WHAT_NEXT
    parts = (wording.HANDOFF_WHY[reason], next_, wording.HANDOFF_COMPLETING.get(reason, ""))
    text = with_masked("\n".join(part for part in parts if part), question)
    lead = wording.REFERENCE_LEAD_ASKED if asks else wording.REFERENCE_LEAD
    lead = wording.REFERENCE_LEAD_CONTESTED if is_contested else lead
    text = f"{text}\n{reference_text(shown, lead)}" if shown else text
    draft = draft_text(found, is_contested=is_contested)
    return Handoff(reason, text, tuple(item.citation for item in found), draft, asks)


def refusal(question: Question, reason: Reason) -> Refusal:
    masked = wording.REFUSE_MASKED.format(kinds="・".join(question.masked)) if question.masked else ""
    return Refusal(reason, wording.REFUSE[reason].format(masked=masked))


def with_masked(text: str, question: Question) -> str:
    """The text, with the notice of what was masked in the question."""
    if not question.masked:
        return text
    return f"{text}\n{wording.MASKED.format(kinds='・'.join(question.masked))}"
