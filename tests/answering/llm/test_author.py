"""A language model behind the real client: what it writes arrives, what it does wrong is one error, in bounded time."""

import time

import pytest

from answering.claims import Claim
from answering.llm.author import LONGEST, Author
from answering.llm.opening import open_author
from answering.llm.usage import Used
from answering.settings import WritingSettings
from consultation.errors import Unwritten, WrongSetting
from consultation.passage import PassageId
from tests.answering.shelf import DESK, NURSERY, TODAY
from tests.twins.llm import LanguageModelTwin, Reply
from tests.twins.llm.replies import question, sentences, told

HELD = ("申請2,900人分の選考が約1分で終わるようになりました。", ["S1"])
QUESTION = "港区の保育所の選考は"


def author(twin: LanguageModelTwin, timeout_s: float = 30.0, **more: object) -> Author:
    opened = open_author(WritingSettings(llm="openai:twin", llm_base_url=twin.url, llm_timeout_s=timeout_s, **more))
    assert opened is not None
    return opened


def written(author: Author) -> list[Claim | Used]:
    return list(author.write(QUESTION, [NURSERY, DESK], TODAY))


def test_each_sentence_comes_with_what_it_cites_and_the_tokens_come_last(twin: LanguageModelTwin) -> None:
    twin.says(sentences(HELD, ("出典を確かめてください。", ["S2", "S9"])))

    first, second, used = written(author(twin))

    assert first == Claim(HELD[0], (NURSERY.id,))
    assert second == Claim("出典を確かめてください。", (DESK.id, PassageId("unknown: S9")))
    assert used == Used(1_000, 200)


def test_a_sentence_comes_before_the_next_one_is_written(twin: LanguageModelTwin) -> None:
    text = sentences(HELD, ("二つ目の文です。" * 10, ["S1"]))
    twin.says(Reply(text, piece=10, waits_before=text.index("二つ目") // 10 + 1))
    writing = author(twin).write(QUESTION, [NURSERY], TODAY)

    first = next(writing)
    assert not twin.goes_on.is_set()
    twin.goes_on.set()

    assert first == Claim(HELD[0], (NURSERY.id,))
    assert len(list(writing)) == 2


def test_materials_and_question_are_data_in_one_document(twin: LanguageModelTwin) -> None:
    twin.says(sentences(HELD))
    written(author(twin))

    system, user = twin.requests[0]["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert NURSERY.text not in system["content"]
    assert told(twin.requests[0])["sources"][0] == {
        "id": "S1", "title": "資料港区", "heading": "", "place": "p.3", "as_of": "2019-03-31", "text": NURSERY.text,
    }  # fmt: skip
    assert "tools" not in twin.requests[0]
    assert twin.requests[0]["response_format"]["type"] == "json_schema"


def test_a_model_that_counts_no_tokens_costs_none(twin: LanguageModelTwin) -> None:
    twin.says(Reply(sentences(HELD), counts_tokens=False))

    assert written(author(twin))[-1] == Used(0, 0)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(is_mute=True), id="mute"),
        pytest.param(Reply(drips=True), id="drips"),
        pytest.param(Reply(sentences(HELD) * 50, piece=5, pause_s=0.05), id="slow"),
    ],
)
def test_a_model_that_never_comes_to_its_end_is_left_in_bounded_time(twin: LanguageModelTwin, reply: Reply) -> None:
    twin.says(reply)
    began = time.monotonic()

    with pytest.raises(Unwritten, match="timeout"):
        written(author(twin, timeout_s=0.4))

    assert time.monotonic() - began < 20  # far from the 30 s that the twin keeps its line


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=429), "http_429"),
        (Reply(status=500), "http_500"),
        (Reply(status=401), "http_401"),
        (Reply(body=b"<html>proxy</html>"), "AssertionError"),
        (Reply(""), "empty"),
        (Reply("申し訳ありませんが、お答えできません。"), "garbled"),
        (Reply('{"sentences": "なし"}'), "garbled"),
        (Reply('{"sentences": [{"text": 5}]}'), "garbled"),
        (Reply('[{"text": "あ", "sources": ["S1"]}]'), "garbled"),
        (Reply(sentences(HELD)[:40], ends_by="length"), "LengthFinishReasonError"),
        (Reply(sentences(HELD)[:40]), "garbled"),
        (Reply("あ" * 200_000, piece=1_000), "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_misbehaviour_is_one_error(twin: LanguageModelTwin, reply: Reply, code: str) -> None:
    twin.says(reply)

    with pytest.raises(Unwritten) as fault:
        written(author(twin))

    assert fault.value.code == code


def test_a_line_that_breaks_is_an_error_even_after_whole_sentences(twin: LanguageModelTwin) -> None:
    twin.says(Reply(sentences(HELD, HELD, HELD), breaks_after=8))

    with pytest.raises(Unwritten):
        written(author(twin))


def test_nobody_waits_again_for_a_model_that_just_failed(twin: LanguageModelTwin) -> None:
    twin.says(Reply(status=503))
    asking = author(twin)
    with pytest.raises(Unwritten, match="http_503"):
        written(asking)

    with pytest.raises(Unwritten, match="resting"):
        written(asking)
    assert len(twin.requests) == 1


def test_a_reply_that_cannot_be_read_does_not_silence_the_model(twin: LanguageModelTwin) -> None:
    twin.says("わかりません", sentences(HELD))
    asking = author(twin)
    with pytest.raises(Unwritten, match="garbled"):
        written(asking)

    assert written(asking)[0] == Claim(HELD[0], (NURSERY.id,))


def test_nobody_there_is_an_error(twin: LanguageModelTwin) -> None:
    gone = open_author(WritingSettings(llm="openai:twin", llm_base_url="http://127.0.0.1:9/v1"))
    assert gone is not None

    with pytest.raises(Unwritten, match="ConnectionError"):
        written(gone)


def test_more_than_a_reply_may_hold_is_cut_off(twin: LanguageModelTwin) -> None:
    twin.says(Reply(sentences(*[HELD] * 500), piece=2_000))

    with pytest.raises(Unwritten, match="too_long"):
        written(author(twin))
    assert len(sentences(*[HELD] * 500)) > LONGEST


def test_a_follow_up_is_worded_to_stand_alone(twin: LanguageModelTwin) -> None:
    twin.says(question("港区の保育所の選考の費用はいくらですか"))

    text, used = author(twin).rewrite("費用は？", ["港区の保育所の選考は"])

    assert text == "港区の保育所の選考の費用はいくらですか"
    assert used == Used(1_000, 200)
    assert told(twin.requests[0]) == {"earlier": ["港区の保育所の選考は"], "question": "費用は？"}


def test_nothing_personal_leaves_whoever_forgot_to_mask_it(twin: LanguageModelTwin) -> None:
    canaries = ("090-1234-5678", "taro@example.jp", "123456789018")
    twin.says(sentences(HELD), question("費用は"))
    asking = author(twin)

    list(asking.write("電話は090-1234-5678、マイナンバーは123456789018です", [NURSERY], TODAY))
    asking.rewrite("宛先はtaro@example.jpです", ["電話は090-1234-5678です"])

    assert [canary for canary in canaries if canary in twin.sent] == []
    assert "〔" in twin.sent


def test_no_model_is_no_author() -> None:
    assert open_author(WritingSettings()) is None


@pytest.mark.parametrize("name", ["nobody:model", "mistralai:model"])
def test_a_provider_that_cannot_be_used_stops_the_start_with_one_line(name: str) -> None:
    with pytest.raises(WrongSetting, match="MADOGUCHI_LLM"):
        open_author(WritingSettings(llm=name))
