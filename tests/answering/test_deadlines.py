"""A deadline that is over is told so; history is left alone."""

from datetime import date

import pytest

from answering import wording
from answering.deadlines import past_deadline
from tests.answering.shelf import Shelf, answerer, ask, passage

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("quote", "over"),
    [
        ("応募の締切は令和2年7月31日です。", date(2020, 7, 31)),
        ("応募は2020年（令和2年）7月31日まで受け付けます。", date(2020, 7, 31)),
        ("申請の期限は平成31年4月1日です。", date(2019, 4, 1)),
        ("募集期間は、令和2年（2020年）5月29日（金）から7月31日（金）までです。", date(2020, 7, 31)),
        ("受付は令和7年12月1日から1月15日までです。", date(2026, 1, 15)),
        ("受付は令和8年11月1日から1月15日までです。", None),
        ("期間は令和2年4月1日から令和9年3月31日までです。", None),
        ("応募の締切は令和2年7月31日でした。", None),
        ("2019年12月31日まで使われた旧版です。次の締切は令和9年3月1日です。", None),
        ("港区は2019年4月1日からAIを使っています。", None),
        ("締切は令和2年2月31日です。", None),
        ("締切は7月31日です。", None),
        ("令和7年度の募集は、5月29日から7月31日までです。", date(2025, 7, 31)),
        ("令和7年度（2025年度）の実績報告は、翌年の2月27日までに出します。", date(2026, 2, 27)),
        ("令和8年度の実績報告は2月26日までに出します。", None),
        ("令和7年度（2025年）の報告の期限は2月27日です。", date(2026, 2, 27)),
        ("令和7年度末までに移行します。", date(2026, 3, 31)),
        ("令和8年度末までに移行します。", None),
        ("申請は令和8年7月末までです。", date(2026, 7, 31)),
        ("申請の締切：2026/7/31", date(2026, 7, 31)),
        ("申請の締切：R8.7.31", date(2026, 7, 31)),
        ("提出期限：2026-07-31", date(2026, 7, 31)),
        ("令和8年度の締切は7/31（金）です。", date(2026, 7, 31)),
        ("補助率は令和8年度まで1/2です。", None),
        ("申請書は令和8年7月31日（必着）です。", date(2026, 7, 31)),
        ("募集期間：令和8年5月29日〜7月31日", date(2026, 7, 31)),
        ("申請は令和8年7月31日まで、事業は令和9年3月31日までです。", date(2026, 7, 31)),
        ("申請は令和8年12月25日まで、事業は3月31日までです。", None),
    ],
)
def test_a_deadline_before_the_day_is_over(quote: str, over: date | None) -> None:
    assert past_deadline(quote, TODAY) == over


def test_the_answer_says_that_the_deadline_is_over() -> None:
    shelf = Shelf([passage("要項", "応募の締切は令和2年7月31日です。研修会は全2回です。", title="募集要項")])

    text = answerer(shelf).consider(ask("応募の締切はいつですか")).outcome.text

    assert wording.NOTE_PAST.format(day="令和2年7月31日") in text
