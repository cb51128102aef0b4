"""What a newer edition changed is said with the older one's own words, and only where figures differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.editions import changed
from tests.answering.shelf import OUTLINE, Shelf, answerer, ask, passage

OLD = passage("旧", "応募の締切は令和2年7月3日です。研修会兼相談会は全2回です。", title="報道発表")


def test_the_sentence_with_another_figure_is_found() -> None:
    assert changed("応募の締切は令和2年7月31日です。", [OLD]) == ("応募の締切は令和2年7月3日です。", OLD)


@pytest.mark.parametrize(
    "quote",
    [
        "研修会兼相談会は全2回です。",  # the same figures
        "研修会兼相談会は全２回です。",  # the same, written wide
        "保育所の入所選考は約1分で終わります。",  # about something else
        "応募は電子メールで受け付けます。",  # no figure
        "",
    ],
)
def test_what_did_not_change_is_not_told(quote: str) -> None:
    assert changed(quote, [OLD]) is None


def test_without_an_edition_before_nothing_changed() -> None:
    assert changed("応募の締切は令和2年7月31日です。", []) is None


@given(st.text(max_size=80))
def test_a_text_never_differs_from_itself(text: str) -> None:
    assert changed(text, [passage("同", text or "空")]) is None


def test_an_answer_from_a_newer_edition_says_what_the_older_said() -> None:
    shelf = Shelf(before={OUTLINE.document_id: [OLD]})

    text = answerer(shelf).consider(ask("応募の締切はいつですか")).outcome.text

    assert "令和2年7月31日" in text
    assert "旧版『報道発表』（p.3、令和8年4月1日時点）では「応募の締切は令和2年7月3日です。」" in text
