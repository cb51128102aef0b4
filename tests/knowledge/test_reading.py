"""What a question names."""

import pytest

from knowledge.reading import key_terms
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser

ANALYSER = Analyser(read_synonyms())


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("札幌市の事例はありますか", [{"札幌市", "札幌"}]),
        ("つくばではどうでしたか", [{"つくば"}]),
        ("龍ヶ崎市と港区の例", [{"龍ケ崎市", "龍ケ崎"}, {"港区"}]),
        ("青森県の議事録", [{"青森県", "青森"}]),
        ("日本全国の自治体では", []),
        ("近くの町と組むには", []),
        ("市町村の費用対効果", []),
    ],
)
def test_municipalities_are_named_with_and_without_their_kind(question: str, places: list[set[str]]) -> None:
    assert [set(place) for place in key_terms(question, ANALYSER).places] == places


def test_a_year_may_be_met_in_either_reckoning() -> None:
    assert key_terms("令和2年度の締切", ANALYSER).years == (frozenset({"@y2020", "@fy2020"}),)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("１４８件から何件に", ["148"]),
        ("人口2万人の町", ["20000"]),
        ("79.2%の根拠", ["79.2"]),
        ("令和2年度の2つの研修", []),
        ("一緒に三つ", []),
    ],
)
def test_numbers_are_read_but_not_years_and_small_counts(question: str, numbers: list[str]) -> None:
    assert [next(iter(number)) for number in key_terms(question, ANALYSER).numbers] == numbers


def test_names_are_latin_and_katakana_words() -> None:
    names = {name for group in key_terms("ChatGPTとドローンとRPAの効果", ANALYSER).names for name in group}
    assert names == {"chatgpt", "ドローン", "rpa"}
