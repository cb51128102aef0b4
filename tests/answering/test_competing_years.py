"""A figure that is told for several years is asked back for its year; one that is told for one year is told."""

import pytest

from answering import wording
from consultation.outcome import Answer, Clarification, Reason
from tests.answering.shelf import Shelf, answerer, ask, passage

YEARLY = passage(
    "統計",
    "チャットボットの導入率は、2024年に全団体で32.0%でした（出典：架空の新聞 2026年1月29日）。"
    "令和5年度のチャットボットの導入率は、全団体で21.0%でした。"
    "チャットボットの利用料は月3万円です。",
)
TREND = passage("推移", "AI-OCRの導入率は、全団体で2018年の5.8%から2024年の59.2%に上がりました。")


def outcome_of(text: str) -> object:
    return answerer(Shelf((YEARLY, TREND), confidence=0.9)).consider(ask(text)).outcome


@pytest.mark.parametrize(
    "text", ["チャットボットの導入率は何%ですか", "チャットボット導入率は？", "チャットボットの導入率は?"]
)
def test_the_year_is_asked_with_the_years_that_are_told_the_latest_first(text: str) -> None:
    outcome = outcome_of(text)

    assert isinstance(outcome, Clarification)
    assert outcome.reason is Reason.WHICH_YEAR
    assert outcome.choices == (f"2024年の{text}", f"令和5年度の{text}")
    assert wording.CLARIFY[Reason.WHICH_YEAR] in outcome.text


@pytest.mark.parametrize(
    "text",
    [
        "2024年のチャットボットの導入率は何%ですか",
        "R5年度のチャットボットの導入率は何%ですか",
        "現在のチャットボットの導入率は何%ですか",
        "チャットボットの導入率は何%から推移していますか",
        "チャットボットの利用料はいくらですか",
        "AI-OCRの導入率は何%ですか",  # one sentence tells how it went
    ],
)
def test_a_year_that_is_said_or_does_not_matter_is_not_asked(text: str) -> None:
    assert isinstance(outcome_of(text), Answer)


@pytest.mark.parametrize("choice", ["2024年のチャットボットの導入率は？", "令和5年度のチャットボットの導入率は？"])
def test_a_choice_is_answered_with_its_year(choice: str) -> None:
    outcome = outcome_of(choice)

    assert isinstance(outcome, Answer)
    assert choice.split("の", maxsplit=1)[0] in outcome.citations[0].quote
