"""A payback is computed where all its figures are there, and only there."""

from decimal import Decimal

import pytest

from answering.answerer import Answerer
from answering.estimates import estimate_in, steps
from consultation.municipality import MunicipalityCode
from consultation.outcome import Answer, OutcomeKind, kind_of
from tests.answering.shelf import COST, Shelf, ask, passage

FORMULA = passage(
    "試算",
    "回収年数 ＝ 初期費用 ÷ 年間純効果 です。年間純効果が0以下のときは「回収不可」と書きます。",
    heading=("回収年数 初期費用 年間純効果 の計算式",),
)
WHOLE = "導入費は100万円、利用料が年50万円、効果額は年90万円です。回収年数は何年ですか"


@pytest.mark.parametrize(
    ("question", "years"),
    [
        (WHOLE, "2.50"),
        ("初期費用200万円、月額5万円、毎月25時間減って単価4,000円。元は取れますか", "3.33"),
        ("構築は1億2千万円、保守年2000万円、効果は年に5000万円。何年で回収?", None),
        ("初期は無料、使用料が年60万円、残業代が年90万円減ります。回収年数は", "0.00"),
        ("初期費用30万円、運用費年20万円、効果額年20万円のとき回収は", "never"),
    ],
)
def test_the_years_are_those_found_by_hand(question: str, years: str | None) -> None:
    estimate = estimate_in(question)
    if years is None:  # 1億2千万円 is two figures in a row: not understood, and so not computed
        assert estimate is None
        return
    assert estimate is not None
    assert estimate.years == (None if years == "never" else Decimal(years))


@pytest.mark.parametrize(
    "question",
    [
        "回収年数の出し方を教えてください",
        "初期費用100万円で年50万円の効果があります。回収年数は",  # no running cost
        "導入費100万円、利用料が年50万円、効果額は年90万円です",  # nothing asked
        "導入費100万円、構築費20万円、利用料年50万円、効果年90万円。回収年数は",  # two of a kind
        "導入費100万円、利用料年50万円、効果年90万円、予備30万円。回収年数は",  # one nobody can place
        "導入費100万円、利用料年50万円、効果は5年で450万円。回収年数は",  # of several years
        "導入費100万円、利用料年50万円、年6,000件で効果90万円。回収年数は",  # a figure that may matter
        "導入費100万円、利用料年50万円、年300時間減ります。回収年数は",  # no rate
        "",
    ],
)
def test_what_is_not_understood_wholly_is_not_computed(question: str) -> None:
    assert estimate_in(question) is None


def test_the_steps_can_be_followed() -> None:
    estimate = estimate_in(
        "AI-OCRで年間300時間減る見込み、単価3,000円、使用料が年50万円、立ち上げに100万円。回収は何年?"
    )
    assert estimate is not None
    assert steps(estimate) == [
        "年間効果額：300時間 × 3,000円 ＝ 900,000円",
        "年間純効果：900,000円 − 500,000円 ＝ 400,000円",
        "回収年数：1,000,000円 ÷ 400,000円 ＝ 2.5年",
    ]


def test_what_never_pays_back_is_said_so_and_no_negative_years() -> None:
    estimate = estimate_in("効果が年50万円で利用料が年66万円。初期は10万円。回収何年?")
    assert estimate is not None
    assert steps(estimate) == [
        "年間純効果：500,000円 − 660,000円 ＝ −160,000円",
        "回収年数：年間純効果が0以下のため、回収不可",
    ]


def test_the_answer_shows_the_steps_and_cites_the_formula() -> None:
    shelf = Shelf([FORMULA, COST], confidence=0.1)

    finding = Answerer(shelf, shelf, shelf).consider(ask(WHOLE))
    outcome = finding.outcome

    assert finding.threshold is None  # no gate was asked
    assert isinstance(outcome, Answer)
    assert "1,000,000円 ÷ 400,000円 ＝ 2.5年 [1]" in outcome.text
    assert [one.passage_id for one in outcome.citations] == [FORMULA.id]
    assert outcome.citations[0].quote in FORMULA.text
    assert "お書きいただいた数字" in outcome.text


def test_without_a_source_for_the_formula_nothing_is_computed() -> None:
    hidden = passage("別団体", FORMULA.text, visible_to=frozenset({MunicipalityCode("011002")}))
    shelf = Shelf([COST, hidden], confidence=0.1)

    assert kind_of(Answerer(shelf, shelf, shelf).consider(ask(WHOLE)).outcome) is not OutcomeKind.ANSWER


def test_a_person_who_is_asked_for_goes_before_a_computation() -> None:
    shelf = Shelf([FORMULA, COST])

    outcome = Answerer(shelf, shelf, shelf).consider(ask(f"{WHOLE}。担当者に相談したいです。")).outcome

    assert kind_of(outcome) is OutcomeKind.HANDOFF
