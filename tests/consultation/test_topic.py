"""The topic that a question's words give; how often it is right is measured by `python -m evals topic`."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.topic import Topic, topic_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("応募の締め切りは結局いつになったのでしょうか", Topic.PROGRAMME),
        ("業務の棚卸しでは何を数えておけばいいですか", Topic.BASICS),
        ("函館市の受診率はどれだけ上がりましたか", Topic.CASES),
        ("投資の回収期間はどう計算しますか", Topic.COST_BENEFIT),
        ("CIO補佐官は置かないといけませんか", Topic.PEOPLE),
        ("補正予算で対応する場合の流れは", Topic.BUDGET),
        ("公募型プロポーザルで気をつけることは何ですか", Topic.PROCUREMENT),
        ("ＬＧＷＡＮ－ＡＳＰとは何ですか", Topic.NETWORK),
        ("個人情報を生成AIに入れてもいいですか", Topic.LAW),
        ("KPIはどんなものを置けばいいですか", Topic.PLAN),
        ("eラーニングの単元1つは何分くらいですか", Topic.OPERATION),
        ("共同調達の幹事団体は何をするのですか", Topic.COOPERATION),
    ],
)
def test_a_plain_question_of_each_topic_has_that_topic(question: str, topic: Topic) -> None:
    assert topic_of(question) is topic


def test_what_a_named_body_is_asked_for_outweighs_its_name() -> None:
    assert topic_of("深谷市のチャットを見たいです") is Topic.CASES
    assert topic_of("深谷市は入札で業者を選んだのですか") is Topic.PROCUREMENT


@pytest.mark.parametrize("text", ["", "お世話になっております。", "あの人に頼んでもだいじょうぶですか"])
def test_words_that_say_nothing_have_no_topic(text: str) -> None:
    assert topic_of(text) is None


def test_titles_speak_where_the_question_does_not_and_are_not_heard_against_it() -> None:
    titles = ("研修A8 ネットワークとクラウドの基礎",)

    assert topic_of("それってどうですか", titles) is Topic.NETWORK
    assert topic_of("補正予算で対応する場合の流れは", titles * 3) is Topic.BUDGET


def test_a_latin_word_is_heard_only_where_it_stands_alone() -> None:
    assert topic_of("IDが分からない") is Topic.OPERATION
    assert topic_of("confidence") is None


def test_a_topic_is_its_code_and_has_a_label_of_its_own() -> None:
    assert [str(topic) for topic in Topic] == [f"T{number:02}" for number in range(1, 13)]
    assert len({topic.label for topic in Topic}) == len(Topic)


@given(st.text(), st.lists(st.text(), max_size=5))
def test_no_text_raises(question: str, titles: list[str]) -> None:
    assert topic_of(question, titles) in {None, *Topic}


@pytest.mark.parametrize("piece", ["あ", "ai", "漢", "市", "AIを使うのは", "ﷺ", "研修会の資料は"])
def test_twenty_thousand_characters_take_no_longer_than_what_is_read_of_them(piece: str) -> None:
    text = piece * (20_000 // len(piece))

    begun = perf_counter()
    topic_of(text, [text] * 3)

    assert perf_counter() - begun < 2
