"""What a question takes for granted is looked up, and said not to be found where the source says otherwise."""

import pytest

from answering.premises import asked_openly, not_found, premise_in
from consultation.outcome import Answer
from tests.answering.shelf import Shelf, answerer, ask


@pytest.mark.parametrize(
    ("question", "claimed", "asked"),
    [
        ("応募の締切は7月3日で合ってますか", "7月3日", "応募の締切はいつですか"),
        ("充当率は75%で正しいでしょうか？", "75%", "充当率は何%ですか"),
        ("港区では３０分に短縮されたんですよね", "３０分", "港区では何分に短縮されたんですか"),
        ("1時間の会議が約30分になりましたよね。", "約30分", "1時間の会議が何分になりましたか"),
        ("費用は1,200円で間違いないですか", "1,200円", "費用は何円ですか"),
        ("精度は95%だったよね", "95%", "精度は何%ですか"),
        ("締切は令和7年10月5日ですよね", "令和7年10月5日", "締切はいつですか"),
    ],
)
def test_the_last_figure_of_a_confirmation_is_asked_for(question: str, claimed: str, asked: str) -> None:
    premise = premise_in(question)

    assert premise is not None
    assert (premise.claimed, premise.open) == (claimed, asked)


@pytest.mark.parametrize(
    "question",
    [
        "締切は7月31日ですか",
        "人口2万人の町の例はありますか",
        "無料ですよね",
        "100件じゃないですよね",
        "上限は2億5000万円ですよね",
        "期間は12月1日からですよね",
        "1" * 5_000 + "ですよね",
        "27.4%って後の率ですよね",
        "100万円でいいですか",
        "よね",
        "",
        "単価3,000円で計算して",
    ],
)
def test_another_question_is_asked_as_it_is(question: str) -> None:
    assert premise_in(question) is None
    assert asked_openly(question) == question


def test_a_figure_that_a_quotation_holds_is_found_however_it_is_written() -> None:
    question = "費用は約1,200円で合ってますか"

    assert not_found(question, ["費用は１２００円です。"]) == ""
    assert not_found(question, ["費用は11,200円です。"]) == "約1,200円"
    assert not_found("費用は5万円ですよね", ["費用は50,000円です。"]) == ""
    assert not_found("8割減ったで合ってますか", ["80%減りました。"]) == ""
    assert not_found("定員は5名ですよね", ["定員は5人です。"]) == ""
    assert not_found("締切は7月3日ですよね", ["締切は令和2年7月3日です。"]) == ""
    assert not_found("費用はいくらですか", ["無料です。"]) == ""


def test_the_answer_says_first_that_the_figure_does_not_stand_in_its_source() -> None:
    wrong = answerer(Shelf()).consider(ask("応募の締切は7月3日で合ってますか")).outcome
    right = answerer(Shelf()).consider(ask("応募の締切は7月31日で合ってますか")).outcome

    assert isinstance(wrong, Answer)
    assert isinstance(right, Answer)
    assert wrong.text.startswith("ご質問にある「7月3日」は、引用した箇所にはありません。")
    assert "令和2年7月31日" in wrong.text
    assert "引用した箇所にはありません" not in right.text
