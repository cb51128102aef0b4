"""What is said where nothing is quoted: asking back, refusing, and that something was masked."""

from answering import wording
from answering.question import Question
from consultation.outcome import Clarification, Reason, Refusal
from consultation.policy import Decision
from consultation.signals import Signal


def clarification(question: Question, signals: frozenset[Signal], decision: Decision) -> Clarification:
    ask = wording.CLARIFY_CHOOSE if decision.choices else wording.CLARIFY_WRITE
    is_many = decision.reason is Reason.AMBIGUOUS and Signal.MANY_QUESTIONS in signals
    text = wording.CLARIFY_MANY if is_many else f"{wording.CLARIFY[decision.reason]}\n{ask}"
    return Clarification(decision.reason, with_masked(text, question), decision.choices)


def refusal(question: Question, reason: Reason) -> Refusal:
    masked = wording.REFUSE_MASKED.format(kinds="・".join(question.masked)) if question.masked else ""
    return Refusal(reason, wording.REFUSE[reason].format(masked=masked))


def with_masked(text: str, question: Question) -> str:
    """The text, with the notice of what was masked in the question."""
    if not question.masked:
        return text
    return f"{text}\n{wording.MASKED.format(kinds='・'.join(question.masked))}"
