"""What the asker of a hand-over may already read: the nearest passages, quoted, never as certain."""

from dataclasses import replace

import pytest

from answering import wording
from answering.nearest import FLOOR, LONGEST, MOST
from consultation.masking import mask
from consultation.outcome import Handoff, Reason
from consultation.passage import Passage
from tests.answering.shelf import NURSERY, Shelf, answerer, ask, passage

QUESTION = "議事録を作る道具の費用はいくらですか"
KOCHI = passage("高知", "高知の町は、議事録を作る道具の費用はいくらかを調べ、月5万円と見積もりました。", locator="p.7")
NARA = passage("奈良", "議事録を作る道具の費用は、奈良では県がまとめて払うため、村からの持ち出しはありませんでした。")
TSU = passage("三重", "使う人数と録音時間の長さから議事録を作る道具の費用を割り出す表が、三重の冊子に載っています。")
GIFU = passage("岐阜", "岐阜のように議事録を作る道具の費用を毎年見直すと、使われないまま契約だけ続くのを避けられます。")


def handed_over(*passages: Passage, confidence: float = FLOOR, text: str = QUESTION) -> Handoff:
    masked = mask(text)
    asked = ask(masked.text, masked=masked.kinds)
    outcome = answerer(Shelf(passages=list(passages), confidence=confidence)).consider(asked).outcome
    assert isinstance(outcome, Handoff)
    return outcome


def test_the_nearest_passages_are_quoted_exactly_with_their_page_and_said_not_to_be_certain() -> None:
    outcome = handed_over(KOCHI, NARA, NURSERY)

    assert outcome.reason is Reason.LOW_CONFIDENCE
    assert [citation.passage_id for citation in outcome.citations] == ["高知", "奈良"]
    assert all(citation.is_reference for citation in outcome.citations)
    before, _, after = outcome.text.partition(wording.REFERENCE)
    assert wording.HANDOFF_WHAT_NEXT in before
    assert after.startswith(f"\n{wording.REFERENCE_LEAD}\n[1] 『資料高知』（p.7）")
    assert all(f"「{item.text}」" in after for item in (KOCHI, NARA))
    assert all(item.text in outcome.draft for item in (KOCHI, NARA))


def test_each_passage_speaks_once_and_at_most_three_do() -> None:
    outcome = handed_over(KOCHI, NARA, TSU, GIFU)

    assert len({citation.passage_id for citation in outcome.citations}) == len(outcome.citations) == MOST


def test_passages_far_behind_the_first_are_not_shown() -> None:
    behind = passage("遠", "費用はいくらになるかを先に確かめてください。")

    assert [citation.passage_id for citation in handed_over(KOCHI, behind).citations] == ["高知"]


@pytest.mark.parametrize(
    "says_nothing",
    [
        "議事録を作る道具の費用は、確認した資料には書かれていません。",
        "分野：議事録を作る道具の費用",
        KOCHI.text,
    ],
)
def test_what_tells_nothing_is_not_shown(says_nothing: str) -> None:
    outcome = handed_over(KOCHI, passage("空", says_nothing))

    assert [citation.quote for citation in outcome.citations] == [KOCHI.text]


def test_further_passages_fall_before_it_gets_too_long_to_read() -> None:
    letters = ["".join(map(chr, range(start, start + 230))) for start in (0x4E00, 0x5E00, 0x6E00)]
    long = [passage(f"長{some[0]}", f"{some}、議事録を作る道具の費用。") for some in letters]
    outcome = handed_over(*long)

    assert len(outcome.citations) == 2
    assert len(outcome.text) - outcome.text.index(wording.REFERENCE) <= LONGEST


@pytest.mark.parametrize("text", ["担当の方とお話ししたいです。" + QUESTION, "至急、" + QUESTION])
def test_a_hand_over_for_another_reason_shows_nothing(text: str) -> None:
    outcome = handed_over(KOCHI, NARA, text=text)

    assert outcome.reason is not Reason.LOW_CONFIDENCE
    assert outcome.citations
    assert not any(citation.is_reference for citation in outcome.citations)
    assert wording.REFERENCE not in outcome.text


def test_what_was_masked_is_said_before_the_reference() -> None:
    text = handed_over(KOCHI, text=f"{QUESTION}。連絡は090-1234-5678まで").text

    assert text.index("電話番号は、個人情報のため") < text.index(wording.REFERENCE)


def test_what_may_not_be_seen_any_more_is_not_shown() -> None:
    outcome = handed_over(KOCHI, passage("他", NARA.text, visible_to=frozenset({"011002"})))

    assert [citation.passage_id for citation in outcome.citations] == ["高知"]


@pytest.mark.parametrize(("text", "asks"), [(QUESTION, True), ("至急、" + QUESTION, False)])
def test_where_the_body_wishes_it_the_asker_is_asked_before_an_unsure_hand_over_only(text: str, asks: bool) -> None:
    asked = replace(ask(text), asks_consent=True)
    outcome = answerer(Shelf(passages=[KOCHI, NARA], confidence=FLOOR)).consider(asked).outcome

    assert isinstance(outcome, Handoff)
    assert outcome.asks_consent is asks
    assert (wording.HANDOFF_ASK in outcome.text) is asks
    assert ("引き継ぎました" in outcome.text) is not asks
    assert (KOCHI.text in outcome.text) is asks  # the nearest are shown either way where the machine is unsure
