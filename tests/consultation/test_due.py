"""A deadline within three opening days, by the calendar of offices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.due import SOON, is_due_soon
from consultation.opening import opening_days

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "12月1日までに回答がほしいです。保育所のAIの効果は何時間ですか",
        "１２／２（水）までに提出しないといけません",
        "2026年11月30日の議会で使います",
        "3日後の会議に必要です",
        "来週の火曜までに財政課へ出す資料です",
        "月曜中に教えてください",
        "11月30日が期限なので助けてください",
        "二日以内にお願いします",
        "3営業日以内に回答ください",
        "12月1日17時までに教えてもらえますか",
        "R8.12.1までに提出です",
        "12月1日必着です",
    ],
)
def test_a_day_by_which_it_is_needed_is_soon(text: str) -> None:
    assert is_due_soon(text, FRIDAY)


@pytest.mark.parametrize(
    "text",
    [
        "12月3日までに回答がほしいです",  # the fourth opening day
        "来週の金曜までに出す資料です",
        "応募の締切は11月30日で合ってますか",
        "応募は11月30日までですか",
        "令和2年7月31日までに何を出すのですか",
        "11月20日までに提出でした",
        "令和2年12月1日の会議では何が決まりましたか",
        "2月30日までに提出したい",
        "令和2年12月1日までに提出した団体はどこですか",
        "2025/12/1までに提出しました",
        "R7.12.1までに提出です",
        "応募書類は12月1日までに何を提出すればよいですか",
        "届出から3日以内に回答するルールです",
        "毎週月曜までに提出する日報をRPA化したい",
        "月曜に研修がありますか",
        "3月1日までに回答がほしい",
        "2099年1月1日までに回答がほしい",
        "",
    ],
)
def test_another_day_or_none_is_not(text: str) -> None:
    assert not is_due_soon(text, FRIDAY)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_no_more_days_are_open_than_there_are(day: date, later: int) -> None:
    until = date.fromordinal(day.toordinal() + later)

    assert 0 <= opening_days(day, until) <= later
    assert SOON == 3
