"""What a question means inside its thread: what is to be searched, and which signals are left then."""

import re

from answering.premises import asked_openly
from answering.question import Question
from consultation.folding import folded
from consultation.outcome import Citation, OutcomeKind
from consultation.signals import Signal, content_of, questions_in, signals_of

_LEANS = re.compile(
    r"^(?:さっき|先ほど|先程|さきほど|この|あの|あれ|例の|その|それ|そこ|これ|この場合|こちら|じゃあ?|では|だったら|なら|ほかに|他に|もっと|もう少し|"
    r"もうちょっと|詳しく|くわしく|具体的|同じく|同様|続き|ちなみに|あと、|あとは|上記|前の|今の|で、)"
)
_SAID_BEFORE = {
    Signal.TOO_SHORT,
    Signal.NO_REFERENT,
    Signal.NETWORK_UNSAID,
    Signal.WORK_UNSAID,
    Signal.AT_A_LOSS,
}
_SHORT = 10  # letters of content: 「LGWANは？」「費用のほうは」 say nothing without what went before


def searched(question: Question) -> str:
    """The words to search: with the earlier question where this one leans on it; a chosen question alone."""
    if question.chosen is not None:
        return question.chosen if questions_in(question.chosen) else question.text
    if leans(question):
        return f"{question.earlier[-1].text} {question.text}"
    return asked_openly(question.text)


def signals_in(question: Question) -> frozenset[Signal]:
    """The signals of the words; what a follow-up leaves unsaid stands in the thread that it leans on."""
    signals = signals_of(question.text if question.chosen is None else searched(question))
    return signals - _SAID_BEFORE if leans(question) else signals


def leans(question: Question) -> bool:
    """Whether the question is about what was asked before it."""
    if not question.earlier or question.chosen is not None:
        return False
    words = folded(question.text).strip()
    return _LEANS.match(words) is not None or 0 < sum(map(len, content_of(words))) <= _SHORT


def is_clarified(question: Question) -> bool:
    """Whether the asker was just asked back: one round is enough."""
    return question.chosen is not None or (
        bool(question.earlier) and question.earlier[-1].outcome is OutcomeKind.CLARIFY
    )


def earlier_citations(question: Question) -> tuple[Citation, ...]:
    """The sources of the latest answer in the thread."""
    answers = (item.citations for item in reversed(question.earlier) if item.outcome is OutcomeKind.ANSWER)
    return next((citations for citations in answers if citations), ())
