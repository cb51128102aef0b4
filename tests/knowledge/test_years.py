"""Years of both reckonings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import normalise
from knowledge.years import year_mentions


def tokens(text: str) -> set[str]:
    return {token for mention in year_mentions(normalise(text)) for token in mention.tokens}


@given(st.integers(2, 30))
def test_a_fiscal_year_is_the_same_in_both_reckonings(count: int) -> None:
    assert tokens(f"令和{count}年度") == tokens(f"{2018 + count}年度") == {f"y{2018 + count}", f"fy{2018 + count}"}


@given(st.integers(1989, 2060), st.integers(1, 12))
def test_january_to_march_belong_to_the_fiscal_year_before(year: int, month: int) -> None:
    assert tokens(f"{year}年{month}月") == {f"y{year}", f"fy{year if month >= 4 else year - 1}"}


@given(st.text())
def test_any_text_has_mentions_in_order_and_inside_it(text: str) -> None:
    searched = normalise(text)
    spans = [mention.span for mention in year_mentions(searched)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(searched) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R2年度", {"y2020", "fy2020"}),
        ("Ｈ３０", {"y2018"}),
        ("令和元年5月", {"y2019", "fy2019"}),
        ("令和二年度", {"y2020", "fy2020"}),
        ("平成三十一年", {"y2019"}),
        ("令2", {"y2020"}),
        ("R2.5.29", {"y2020", "fy2020"}),
        ("FY2020", {"y2020", "fy2020"}),
        ("令和3年2月", {"y2021", "fy2020"}),
        ("2025-12-16", {"y2025", "fy2025"}),
        ("平成32年", set()),
        ("2000件", set()),
        ("2020", {"y2020"}),
        ("12020年", set()),
        ("A4用紙", set()),
        ("RPA", set()),
        ("命令3回", set()),
    ],
)
def test_a_year_is_read_as_written(text: str, expected: set[str]) -> None:
    assert tokens(text) == expected
