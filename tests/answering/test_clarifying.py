"""What is asked back where a question leaves unsaid what its answer hangs on, and what a choice then means."""

import pytest

from answering import wording
from answering.question import Earlier
from consultation.outcome import Answer, Clarification, OutcomeKind, Reason
from consultation.signals import questions_in
from tests.answering.shelf import Shelf, answerer, ask

MENUS = (wording.NETWORK_CHOICES, wording.START_CHOICES, wording.EXAMPLE_CHOICES)


@pytest.mark.parametrize(
    ("text", "reason", "choices"),
    [
        ("AI議事録はうちのネットで使えますか", Reason.WHICH_NETWORK, wording.NETWORK_CHOICES),
        ("導入したら何時間くらい減りますか", Reason.NEEDS_DETAIL, wording.EXAMPLE_CHOICES),
        ("AIをどこから始めればよいか分かりません", Reason.AT_A_LOSS, wording.START_CHOICES),
        ("これってAI-OCRでできますか", Reason.NO_REFERENT, ()),
        ("府中市の保育所の入所選考の結果を教えて", Reason.WHICH_BODY, ("府中市（東京都）", "府中市（広島県）")),
    ],
)
def test_what_is_unsaid_is_asked_once(text: str, reason: Reason, choices: tuple[str, ...]) -> None:
    shelf = Shelf(confidence=0.2)

    first = answerer(shelf).consider(ask(text)).outcome
    again = answerer(shelf).consider(ask(text, Earlier(text, OutcomeKind.CLARIFY))).outcome

    assert isinstance(first, Clarification)
    assert (first.reason, first.choices) == (reason, choices)
    assert wording.CLARIFY[reason] in first.text
    assert not isinstance(again, Clarification)


@pytest.mark.parametrize(
    "text", ["港区の保育所の入所選考は庁内の端末から使えますか", "港区の入所選考でAIをどこから始めたらよいですか"]
)
def test_what_the_materials_answer_for_sure_is_answered(text: str) -> None:
    assert isinstance(answerer(Shelf(confidence=0.9)).consider(ask(text)).outcome, Answer)


def test_a_pointing_word_may_lean_on_the_thread() -> None:
    before = Earlier("港区の保育所の入所選考AIの結果は", OutcomeKind.ANSWER)

    assert isinstance(answerer(Shelf()).consider(ask("それは何分ですか", before)).outcome, Answer)


def test_a_choice_that_is_a_question_is_asked_alone() -> None:
    shelf, menu = Shelf(), wording.START_CHOICES[0]

    answerer(shelf).consider(ask(f"さっぱりです（{menu}）", Earlier("さっぱりです", OutcomeKind.CLARIFY), chosen=menu))

    assert shelf.asked == [menu]
    assert all(questions_in(choice) for choices in MENUS for choice in choices)


def test_any_other_choice_is_added_to_the_question() -> None:
    shelf, body = Shelf(), "府中市（東京都）"

    answerer(shelf).consider(
        ask(f"府中市の効果額は（{body}）", Earlier("府中市の効果額は", OutcomeKind.CLARIFY), chosen=body)
    )

    assert shelf.asked == [f"府中市の効果額は（{body}）"]
