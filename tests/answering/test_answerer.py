"""One question to its outcome, over a few materials."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering import wording
from answering.nearest import FLOOR
from answering.question import Earlier
from consultation.masking import mask
from consultation.outcome import Answer, Clarification, Finding, Handoff, OutcomeKind, Reason, Refusal, kind_of
from tests.answering.shelf import DESK, NURSERY, OUTLINE, SAPPORO, Shelf, answerer, ask, passage

NURSERY_QUESTION = "港区の保育所の入所選考はどれくらい短くなりましたか"


def considered(shelf: Shelf, text: str, *earlier: Earlier, **more: object) -> Finding:
    return answerer(shelf).consider(ask(text, *earlier, **more))  # type: ignore[arg-type]


def test_a_sure_answer_quotes_the_best_sentence_with_its_source() -> None:
    finding = considered(Shelf(), NURSERY_QUESTION)

    outcome = finding.outcome
    assert isinstance(outcome, Answer)
    assert outcome.reason is Reason.GROUNDED
    assert "申請2,900人分の選考が約1分で終わる" in outcome.citations[0].quote
    assert outcome.citations[0].quote in NURSERY.text
    assert outcome.citations[0].quote in outcome.text
    assert "『資料港区』（p.3）" in outcome.text


def test_the_answer_says_whose_result_it_is_and_how_old() -> None:
    text = considered(Shelf(), NURSERY_QUESTION).outcome.text

    assert wording.NOTE_OTHERS in text
    assert "2019年3月31日時点の資料が含まれます" in text
    assert all(head in text for head in (wording.CONCLUSION, wording.GROUNDS, wording.NOTES, wording.NEXT))


def test_the_finding_tells_what_it_was_decided_on() -> None:
    finding = considered(Shelf(features={"coverage": 0.8}), NURSERY_QUESTION)

    assert (finding.confidence, finding.threshold) == (0.9, 0.6)
    assert finding.features == {"coverage": 0.8}
    assert finding.versions == {"corpus": "v1", "model": "shelf", "gate": "cautious-2", "policy": "policy-4"}
    assert set(finding.took_ms) == {"retrieve", "decide", "compose"}


def test_what_nothing_stands_near_is_handed_over_with_what_was_found_for_the_consultant_alone() -> None:
    finding = considered(Shelf(confidence=FLOOR - 0.01), NURSERY_QUESTION)
    outcome = finding.outcome

    assert finding.threshold > finding.confidence  # what the consultant reads of how near it was
    assert isinstance(outcome, Handoff)
    assert outcome.reason is Reason.LOW_CONFIDENCE
    assert outcome.citations[0].passage_id == "港区"
    assert outcome.citations[0].quote in outcome.draft
    assert outcome.citations[0].quote not in outcome.text
    assert not any(citation.is_reference for citation in outcome.citations)
    assert wording.REFERENCE not in outcome.text
    assert wording.HANDOFF_WHAT_NEXT in outcome.text


def test_what_no_material_speaks_of_is_handed_over() -> None:
    nothing = considered(Shelf(passages=[]), NURSERY_QUESTION).outcome
    elsewhere = considered(Shelf(features={"places_missing": 1.0}), "札幌市の保育所の入所選考の結果を教えて").outcome

    assert (kind_of(nothing), nothing.reason) == (OutcomeKind.HANDOFF, Reason.NOT_IN_MATERIALS)
    assert (kind_of(elsewhere), elsewhere.reason) == (OutcomeKind.HANDOFF, Reason.NOT_IN_MATERIALS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("担当の方とお話ししたいです", Reason.ASKED_FOR_PERSON),
        ("保育所の入所選考のAIはどの製品がおすすめですか", Reason.PRODUCT_COMPARISON),
        ("至急、応募の締切を教えてください", Reason.URGENT),
        ("計画案を添削してもらえますか", Reason.PLAN_REVIEW),
        ("あ" * 5_000, Reason.TOO_LONG),
    ],
)
def test_what_is_for_people_is_handed_over_however_sure(text: str, reason: Reason) -> None:
    outcome = considered(Shelf(confidence=0.99), text).outcome

    assert isinstance(outcome, Handoff)
    assert outcome.reason is reason
    assert wording.HANDOFF_WHY[reason] in outcome.text


def test_residents_data_is_refused_and_named_but_not_repeated() -> None:
    masked = mask("滞納者の田中太郎様（090-1234-5678）の税額を知りたい")

    outcome = considered(Shelf(), masked.text, masked=masked.kinds).outcome

    assert isinstance(outcome, Refusal)
    assert outcome.reason is Reason.PERSONAL_DATA
    assert "氏名・電話番号は伏せて" in outcome.text
    assert not outcome.citations


def test_an_askers_own_number_is_masked_and_the_question_answered() -> None:
    masked = mask(f"{NURSERY_QUESTION}。連絡は090-1234-5678まで")

    outcome = considered(Shelf(), masked.text, masked=masked.kinds).outcome

    assert isinstance(outcome, Answer)
    assert wording.MASKED.format(kinds="電話番号") in outcome.text


@pytest.mark.parametrize("text", ["", "　", "😀", ":pray:", "\u200b"])
def test_an_empty_message_is_asked_back_without_a_search(text: str) -> None:
    shelf = Shelf()

    outcome = considered(shelf, text).outcome

    assert (kind_of(outcome), outcome.reason) == (OutcomeKind.CLARIFY, Reason.EMPTY)
    assert shelf.asked == []


@pytest.mark.parametrize("text", ["滞納者の[電話番号]の税額", "あ" * 5_000, "ありがとうございました"])
def test_what_the_wording_alone_decides_is_not_searched(text: str) -> None:
    shelf = Shelf()

    considered(shelf, mask(text.replace("[電話番号]", "090-1234-5678")).text)

    assert shelf.asked == []


def test_a_single_word_is_asked_back_with_what_the_materials_hold() -> None:
    outcome = considered(Shelf(), "AI-OCR").outcome

    assert isinstance(outcome, Clarification)
    assert set(outcome.choices) == {"AI-OCRとは何か", "AI-OCRの費用の見方"}


def test_a_choice_is_searched_and_not_asked_back_again() -> None:
    shelf = Shelf()
    earlier = Earlier("AI-OCR", OutcomeKind.CLARIFY)

    outcome = considered(shelf, "AI-OCR（AI-OCRの費用の見方）", earlier, chosen="AI-OCRの費用の見方").outcome

    assert isinstance(outcome, Answer)
    assert outcome.citations[0].passage_id == "費用"


def test_of_several_questions_the_chosen_one_is_searched_alone() -> None:
    shelf = Shelf()
    many = "応募の締切はいつですか。研修会は何回ありますか。保育所の事例はありますか。"
    first = considered(shelf, many).outcome
    assert isinstance(first, Clarification)

    chosen = first.choices[1]
    outcome = considered(shelf, f"{many}（{chosen}）", Earlier(many, OutcomeKind.CLARIFY), chosen=chosen).outcome

    assert shelf.asked[-1] == "研修会は何回ありますか。"
    assert isinstance(outcome, Answer)


def test_an_own_estimate_is_asked_back_once_and_then_handed_over() -> None:
    text = "うちだといくらかかりますか"
    first = considered(Shelf(), text).outcome
    assert isinstance(first, Clarification)

    choice = first.choices[0]
    earlier = Earlier(text, OutcomeKind.CLARIFY)
    second = considered(Shelf(), f"{text}（{choice}）", earlier, chosen=choice).outcome

    assert (kind_of(second), second.reason) == (OutcomeKind.HANDOFF, Reason.INDIVIDUAL_JUDGEMENT)


@pytest.mark.parametrize("text", ["じゃあ締切は？", "その締切を詳しく教えてください", "締切は"])
def test_a_follow_up_that_leans_on_the_thread_is_searched_together_with_it(text: str) -> None:
    shelf = Shelf()

    considered(shelf, text, Earlier("募集要項の応募について", OutcomeKind.ANSWER))

    assert shelf.asked == [f"募集要項の応募について {text}"]


def test_a_new_question_in_the_thread_is_searched_alone() -> None:
    shelf = Shelf()

    considered(shelf, NURSERY_QUESTION, Earlier("応募の締切は", OutcomeKind.ANSWER))

    assert shelf.asked == [NURSERY_QUESTION]


def test_the_sources_of_the_earlier_answer_are_told() -> None:
    first = considered(Shelf(), NURSERY_QUESTION).outcome
    earlier = Earlier(NURSERY_QUESTION, OutcomeKind.ANSWER, first.citations)

    outcome = considered(Shelf(confidence=0.0), "この回答の根拠は何ページですか", earlier).outcome

    assert isinstance(outcome, Answer)
    assert outcome.citations == first.citations
    assert "『資料港区』（p.3）" in outcome.text


def test_an_earlier_source_that_is_gone_is_not_told_again() -> None:
    first = considered(Shelf(), NURSERY_QUESTION).outcome
    earlier = Earlier(NURSERY_QUESTION, OutcomeKind.ANSWER, first.citations)

    outcome = considered(Shelf(passages=[OUTLINE]), "出典は？", earlier).outcome

    assert isinstance(outcome, Handoff)
    assert not outcome.citations


def test_the_desk_speaks_of_itself_from_its_material_or_honestly_without() -> None:
    text = "この回答を議会の答弁に使ってもいいですか"

    with_material = considered(Shelf(confidence=0.1), text).outcome
    without = considered(Shelf(passages=[NURSERY]), text).outcome

    assert isinstance(with_material, Answer)
    assert with_material.citations[0].passage_id == DESK.id
    assert (without.reason, without.text) == (Reason.ABOUT_DESK, wording.ABOUT_DESK)


def test_thanks_are_returned_without_sources() -> None:
    outcome = considered(Shelf(), "ありがとうございました").outcome

    assert isinstance(outcome, Answer)
    assert (outcome.text, outcome.citations) == (wording.THANKS, ())


def test_search_by_words_alone_is_owned_up_to() -> None:
    outcome = considered(Shelf([GONE_DATE], dense=False), "試算の手順はどう進めますか").outcome

    assert wording.NOTE_KEYWORDS in outcome.text
    assert wording.NOTE_NO_DATE in outcome.text


GONE_DATE = passage("日付なし", "試算の手順は、件数と時間を数えることから始めます。", as_of=None)


def test_another_bodys_and_expired_passages_are_never_quoted() -> None:
    secret = passage("秘密", "保育所の入所選考の秘密の数字は7です。", visible_to=frozenset({SAPPORO}))
    expired = passage("旧", "保育所の入所選考の旧い決まりです。", valid_until=date(2020, 3, 31))

    outcome = considered(Shelf([secret, expired]), "保育所の入所選考の数字").outcome

    assert (kind_of(outcome), outcome.citations) == (OutcomeKind.HANDOFF, ())
    assert "秘密" not in outcome.text


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "\u202e保育所", "What is AI-OCR?", "保" * 40_000, "?" * 4_000, "ｱｲｵｰｼｰｱｰﾙ"]
)
def test_hostile_input_comes_to_some_outcome(text: str) -> None:
    assert considered(Shelf(), text).outcome.text


@settings(deadline=None)  # the machine may be busy
@given(st.text(st.characters(), max_size=60), st.floats(0, 1))
def test_any_words_come_to_an_outcome_in_words(text: str, confidence: float) -> None:
    finding = considered(Shelf(confidence=confidence), text)

    assert finding.outcome.text.strip()
    assert all(citation.quote.strip() for citation in finding.outcome.citations)
