"""Look-alike programmes: which one is named, and which one a passage's words tell about."""

from datetime import date

import pytest

from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from consultation.programmes import Programme, Programmes, of_asked_programme, programmes_of

AI, IOT = "自治体AI実装タイプ（AI実装タイプ、AIタイプ）", "地域IoT実装タイプ（IoT実装タイプ）"


def passage(text: str, programme: str = "", heading: tuple[str, ...] = ()) -> Passage:
    return Passage(
        PassageId(text), DocumentId("資料"), 1, "資料", heading, "p.1", text, (text,), MaterialKind.PROGRAMME,
        date(2020, 7, 31), "架空", None, None, None, programme,
    )  # fmt: skip


TWICE = passage("研修会は全2回です。", AI)
FOUR = passage("研修会は全4回です。", IOT)
BOTH = passage("研修会は、AI実装タイプが2回、IoT実装タイプが4回です。")
GENERAL = passage("研修会の前に課題を書き出します。")
ALL = [TWICE, FOUR, BOTH, GENERAL]
KNOWN = Programmes.of([AI, IOT])


def test_a_cell_names_programmes_with_their_other_names() -> None:
    assert programmes_of(f"{AI}；RPA導入補助") == (
        Programme("自治体AI実装タイプ", ("AI実装タイプ", "AIタイプ")),
        Programme("RPA導入補助"),
    )
    assert programmes_of("") == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("自治体ＡＩ実装タイプの研修会は何回ですか", {"自治体AI実装タイプ"}),
        ("IoT実装タイプは何団体ですか", {"地域IoT実装タイプ"}),
        ("AIタイプと地域IoT実装タイプの違いは", {"自治体AI実装タイプ", "地域IoT実装タイプ"}),
        ("研修会は何回ですか", set()),
        ("計画策定支援事業（自治体AI実装タイプ）とは", {"自治体AI実装タイプ"}),
    ],
)
def test_a_question_names_the_programme_that_its_longest_name_means(question: str, named: set[str]) -> None:
    assert KNOWN.named(question) == named


def test_a_name_inside_a_longer_name_is_not_meant() -> None:
    known = Programmes.of(["計画策定支援", "2019年度の計画策定支援（令和元年度の計画策定支援）"])

    assert known.named("2019年度（令和元年度）の計画策定支援は何団体ですか") == {"2019年度の計画策定支援"}


@pytest.mark.parametrize(
    ("question", "may"),
    [
        ("AI実装タイプの研修会は何回ですか", [True, False, True, True]),
        ("IoT実装タイプの研修会は何回ですか", [False, True, True, True]),
        ("AI実装タイプとIoT実装タイプの違いは", [True, True, True, True]),
        ("研修会は何回ですか", [True, True, True, True]),
        ("国勢調査の研修会は何回ですか", [True, True, True, True]),  # of a programme that no material tells
    ],
)
def test_passages_of_another_programme_may_not_answer(question: str, may: list[bool]) -> None:
    assert of_asked_programme(question, ALL, KNOWN) == may


def test_in_a_material_of_several_programmes_the_heading_tells_which() -> None:
    several = "2018年度の支援；RPA導入補助"
    first = passage("7団体が対象でした。", several, ("2018年度の支援",))
    second = passage("82団体が対象でした。", several, ("RPA導入補助（令和元年度）",))
    preface = passage("この資料は記録です。", several)

    question = "RPA導入補助は何団体ですか"
    assert of_asked_programme(question, [first, second, preface], Programmes.of([several])) == [False, True, True]


def test_a_sentence_without_a_name_tells_of_what_its_passage_names() -> None:
    named = passage("AI実装タイプの研修会は全2回です。第1回は1日です。")

    assert KNOWN.told(named, "第1回は1日です。") == {"自治体AI実装タイプ"}


def test_a_programme_of_which_nothing_was_found_is_known_all_the_same() -> None:
    assert of_asked_programme("IoT実装タイプの研修会は何回ですか", [TWICE, GENERAL], KNOWN) == [False, True]


def test_a_sentence_that_names_another_programme_tells_of_that_one() -> None:
    aside = passage("IoT実装タイプの研修会は全4回でした。", AI)

    assert KNOWN.told(aside, aside.text) == {"地域IoT実装タイプ"}
