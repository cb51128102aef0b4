"""An answer is of one programme, and says of which where neither question nor quotation does."""

import pytest

from answering.checking import Standing, citation_of
from answering.frame import Framing, answer_text
from answering.programmes import of_one_programme, programmes_told
from consultation.passage import Passage
from consultation.programmes import Programmes
from tests.answering.shelf import TODAY, Shelf, answerer, ask, passage

AI, IOT = "自治体AI実装タイプ（AI実装タイプ）", "地域IoT実装タイプ（IoT実装タイプ）"
KNOWN = Programmes.of([AI, IOT])
TWICE = passage("甲", "研修会兼相談会は全部で2回です。", programme=AI)
FOUR = passage("乙", "研修会兼相談会の回数は全部で4回です。オンラインで開きます。", programme=IOT)
BOTH = passage("丙", "研修会兼相談会は、AI実装タイプが2回、IoT実装タイプが4回です。")


def answered(question: str, *passages: Passage) -> str:
    return answerer(Shelf(list(passages))).consider(ask(question)).outcome.text


def test_a_programme_that_is_named_is_not_answered_with_another_ones_figure() -> None:
    text = answered("IoT実装タイプの研修会兼相談会は全部で何回ですか", TWICE, FOUR)

    assert "4回" in text
    assert "2回" not in text


def test_figures_of_two_programmes_do_not_meet_in_an_answer() -> None:
    text = answered("研修会兼相談会は全部で何回ですか", TWICE, FOUR)

    assert ("2回" in text) is not ("4回" in text)


@pytest.mark.parametrize(("only", "name"), [(TWICE, "自治体AI実装タイプ"), (FOUR, "地域IoT実装タイプ")])
def test_the_reader_is_told_which_programme_the_answer_is_of(only: Passage, name: str) -> None:
    assert f"「{name}」のものです" in answered("研修会兼相談会は全部で何回ですか", only)


def test_what_the_question_or_the_quotation_says_is_not_told_again() -> None:
    assert "のものです。ほかの事業" not in answered("AI実装タイプの研修会兼相談会は全部で何回ですか", TWICE)
    assert "取り違え" not in answered("研修会兼相談会は全部で何回ですか", BOTH)


def test_where_both_are_asked_about_the_quotation_is_told_of_its_own() -> None:
    question = "AI実装タイプとIoT実装タイプの研修会兼相談会は全部で何回ですか"
    standing = [Standing(citation_of(item, item.text, 1.0), item) for item in (TWICE, FOUR, BOTH)]

    assert of_one_programme(question, KNOWN, standing) == tuple(standing)
    assert programmes_told(question, KNOWN, standing) == ((1, "自治体AI実装タイプ"), (2, "地域IoT実装タイプ"))
    assert "[1]は「自治体AI実装タイプ」、[2]は「地域IoT実装タイプ」の内容です" in answer_text(
        standing, Framing(TODAY, programmes=programmes_told(question, KNOWN, standing))
    )
