"""What would be quoted is judged by what it says of the question."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.judging import Judgement, Quoted
from knowledge.opening import Knowledge, open_knowledge
from knowledge.settings import KnowledgeSettings
from knowledge.wanted import wanted
from tests.knowledge.corpora import FIVE, TODAY, TSUKUBA, BigramEmbedder, ListCorpus

QUESTION = "弘前市の議事録作成の時間は何時間になりましたか"
ANSWER = Quoted("研修資料", "弘前市では、AIによる議事録作成の時間が3時間から1.5時間になりました。")
BESIDE = Quoted("研修資料", "録音の質が大切です。")
TELLS_NOTHING = Quoted("研修資料", "弘前市の議事録作成の時間は、資料には書かれていません。")


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    home: Path = tmp_path_factory.mktemp("index")
    opened = open_knowledge(home, ListCorpus(list(FIVE)), KnowledgeSettings(gate_threshold=0.6), BigramEmbedder())
    opened.refresh()
    yield opened
    opened.close()


def judged(knowledge: Knowledge, *quotes: Quoted) -> Judgement:
    return knowledge.judge(QUESTION, knowledge.search(QUESTION, TSUKUBA, TODAY), quotes)


def test_words_that_answer_hold_what_is_asked_for(knowledge: Knowledge) -> None:
    features = judged(knowledge, ANSWER).features
    assert features["said"] == pytest.approx(1)
    assert (features["kind_asked"], features["kind_unsaid"], features["tells_nothing"]) == (1, 0, 0)


def test_words_beside_the_question_say_less_of_it(knowledge: Knowledge) -> None:
    beside, answer = judged(knowledge, BESIDE).features, judged(knowledge, ANSWER).features
    assert beside["said"] < answer["said"] / 2
    assert beside["heaviest_unsaid"] > answer["heaviest_unsaid"]
    assert beside["kind_unsaid"] == 1


def test_a_second_quotation_adds_what_it_says(knowledge: Knowledge) -> None:
    features = judged(knowledge, BESIDE, ANSWER).features
    assert features["said"] > features["said_first"]


def test_that_the_source_does_not_tell_is_no_answer(knowledge: Knowledge) -> None:
    answer, nothing = judged(knowledge, ANSWER), judged(knowledge, TELLS_NOTHING)
    assert nothing.features["tells_nothing"] == 1
    assert nothing.confidence < answer.confidence / 2


def test_without_a_quotation_nothing_is_sure(knowledge: Knowledge) -> None:
    judgement = judged(knowledge)
    assert (judgement.confidence, judgement.threshold) == (0, 0.6)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("費用はいくら", "月額8万円です。", "令和2年度です。"),
        ("補正額が知りたい", "120万円を補正しました。", "9月に補正しました。"),
        ("端末を何台増やしましたか", "12台を増やしました。", "課に増やしました。"),
        ("締切はいつ", "7月31日です。", "本庁です。"),
    ],
)
def test_what_is_asked_for_is_known_by_its_unit(question: str, answer: str, other: str) -> None:
    kinds = wanted(question)
    assert any(kind.search(answer) for kind in kinds)
    assert not any(kind.search(other) for kind in kinds)


def test_a_question_for_no_figure_wants_none() -> None:
    assert wanted("RPAとは何ですか") == []
