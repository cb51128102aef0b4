"""Municipalities: codes with a right check digit, that agree with their prefecture, and the bureau's area from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.errors import BadInput, BadMunicipalityCode
from consultation.municipality import (
    AREA_OF,
    BUREAUS,
    PREFECTURES,
    Area,
    check_digit,
    municipality,
    municipality_code,
)

# Of the ministry's table: 札幌市, 二戸市, さいたま市, 千代田区, 新宿区, 名古屋市, 大阪市, 福岡市, 那覇市, 北海道
NO_CODES = ["", "11007", "1110070", "１１１００７", "11100a", " 111007", "111008", "000000", "480009"]
REAL = "011002 032131 111007 131016 131041 231002 271004 401307 472018 010006 470007".split()
FIVE = st.builds(lambda prefecture, rest: f"{prefecture:02d}{rest:03d}", st.integers(1, 47), st.integers(0, 999))


@pytest.mark.parametrize("code", REAL)
def test_real_codes_are_right(code: str) -> None:
    assert municipality_code(code) == code


@given(FIVE)
def test_of_ten_last_digits_one_is_right(five: str) -> None:
    right = [digit for digit in range(10) if check_digit(five) == digit]

    assert len(right) == 1
    assert municipality_code(f"{five}{right[0]}") == f"{five}{right[0]}"


@given(FIVE, st.integers(0, 4), st.integers(1, 9))
def test_a_digit_mistaken_is_found_or_is_another_right_code(five: str, place: int, step: int) -> None:
    """Weights 6 5 4 3 2 modulo 11: a single wrong digit always changes the sum; only 0 and 1 share a last digit."""
    wrong = f"{five[:place]}{(int(five[place]) + step) % 10}{five[place + 1 :]}"
    if check_digit(wrong) != check_digit(five):
        with pytest.raises(BadMunicipalityCode):
            municipality_code(f"{wrong}{check_digit(five)}")


@pytest.mark.parametrize("wrong", NO_CODES)
def test_what_is_no_code_is_refused_in_japanese(wrong: str) -> None:
    with pytest.raises(BadMunicipalityCode) as no:
        municipality_code(wrong)

    assert no.value.reason.endswith("。")


def test_a_lost_leading_zero_is_hinted_at() -> None:
    with pytest.raises(BadMunicipalityCode, match="先頭の0"):
        municipality_code("11002")


def test_every_prefecture_has_its_bureau() -> None:
    assert len(PREFECTURES) == len(AREA_OF) == 47
    assert set(PREFECTURES) == set(AREA_OF)
    assert set(AREA_OF.values()) == set(BUREAUS) == set(Area)


@pytest.mark.parametrize(
    ("prefecture", "area"),
    [("山梨県", Area.KANTO), ("長野県", Area.SHINETSU), ("福井県", Area.HOKURIKU), ("三重県", Area.TOKAI)],
)
def test_prefectures_at_the_edge_belong_to_their_bureau(prefecture: str, area: Area) -> None:
    assert AREA_OF[prefecture] is area


def test_the_same_name_in_two_prefectures_is_two_bodies() -> None:
    tokyo, hiroshima = municipality("132063", "府中市", "東京都"), municipality("342084", "府中市", "広島県")

    assert tokyo != hiroshima
    assert (tokyo.area, hiroshima.area) == (Area.KANTO, Area.CHUGOKU)


@pytest.mark.parametrize(
    ("code", "name", "prefecture", "told"),
    [
        ("111007", "さいたま市", "千葉県", "埼玉県"),
        ("111007", "さいたま市", "埼玉", "正式な名称"),
        ("111007", " \u3000", "埼玉県", "団体名"),
        ("111008", "さいたま市", "埼玉県", "検査数字"),
    ],
)
def test_what_does_not_agree_is_told(code: str, name: str, prefecture: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        municipality(code, name, prefecture)
