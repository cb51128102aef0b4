"""What a newer edition changed is said with the older one's own words, and only where figures differ."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import materials
from answering.editions import changed
from consultation.passage import Passage
from ingest.chunking import chunks_from
from ingest.readers import read
from tests.answering.shelf import OUTLINE, Shelf, answerer, ask, passage

PROGRAMME = Path(materials.__file__).parent / "files" / "programme"
OLD = passage("旧", "応募の締切は令和2年7月3日です。研修会兼相談会は全2回です。", title="報道発表")
NEW = passage("新", "", title="募集要項")


def told(new: str, old: str, heading: tuple[str, ...] = ()) -> str | None:
    """What is told of the edition before, where each edition has but one sentence."""
    found = changed(new, passage("新", new, heading=heading), [passage("旧", old, heading=heading)])
    return found[0] if found else None


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("応募の締切は令和2年7月31日です。", "応募の締切は令和2年7月3日です。"),
        ("補助の上限は、1団体当たり200万円とします。", "補助の上限は100万円でした。"),
        ("募集期間は5月1日から6月30日までとし、延長はしません。", "募集期間は、5月1日から6月15日までです。"),
        (
            "令和8年(2026年)の募集期間は、令和8年（2026年）5月1日から始まります。",
            "募集期間は令和7年4月1日から始まります。",
        ),
        ("研修会は、全部で3回開きます。", "研修会は全4回です。"),
        ("支援の対象は60団体程度に広げました。", "支援の対象は、50団体程度です。"),
        ("交付税措置の割合は50%です。", "交付税措置の割合は、30％とされています。"),
    ],
)
def test_other_figures_of_the_same_subject_are_told_however_they_are_worded(new: str, old: str) -> None:
    assert told(new, old) == old


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("第2回の時期は11月です。", "第1回の時期は9月です。"),  # another meeting
        ("工事の上限は200万円です。", "委託の上限は50万円です。"),  # another thing's ceiling
        ("応募の締切は7月31日です。", "応募の上限は3件です。"),  # another kind of figure
        ("補助の上限は、100万円から200万円に上がりました。", "補助の上限は100万円でした。"),  # it says so itself
        ("派遣は2024年度に400件でした。", "派遣は2023年度に363件でした。"),  # another year's, no other edition's
        ("市民課の削減時間は71時間です。", "税務課の削減時間は336時間です。"),  # another's
        ("採択は3件です。", "研修会は4件です。"),
    ],
)
def test_figures_of_something_else_are_not_told(new: str, old: str) -> None:
    assert told(new, old) is None


def test_a_line_without_a_subject_is_told_of_its_heading() -> None:
    assert told("5月29日から7月31日まで", "5月29日から7月3日まで", ("4 募集期間",)) == "5月29日から7月3日まで"


def test_a_row_of_a_table_is_held_against_the_row_of_its_name() -> None:
    old = passage("旧", "委託の上限は50万円です。財産の買入れの上限は80万円です。", heading=("契約の上限",))
    row = "種類：財産の買入れ／市町村：150万円／都道府県：300万円"

    assert changed(row, passage("新", row, heading=("契約の上限",), title="市町村の契約"), [old]) == (
        "財産の買入れの上限は80万円です。",
        old,
    )


def test_two_different_older_figures_make_none_sure() -> None:
    old = passage("旧", "締切は7月3日です。締切は7月10日です。")

    assert changed("締切は7月31日です。", NEW, [old]) is None


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
    assert changed(quote, NEW, [OLD]) is None


def test_without_an_edition_before_nothing_changed() -> None:
    assert changed("応募の締切は令和2年7月31日です。", NEW, []) is None


@given(st.text(max_size=80))
def test_a_text_never_differs_from_itself(text: str) -> None:
    same = passage("同", text or "空")
    assert changed(text, same, [same]) is None


def test_the_moved_deadline_of_the_starter_corpus_is_told() -> None:
    new = read_passages("r2-ai-type-outline.pdf", "令和2年度 自治体AI実装タイプ 事業概要と募集要項のまとめ")
    old = read_passages("r2-press-release-0529.docx", "令和2年5月29日の報道発表メモ")
    quotes = [(sentence, each) for each in new for sentence in each.sentences]

    notes = [found[0].strip() for sentence, each in quotes if (found := changed(sentence, each, old))]

    assert notes == ["令和2年5月29日の発表では、募集期間は令和2年5月29日から7月3日まででした。"]


def read_passages(file: str, title: str) -> list[Passage]:
    chunks = chunks_from(read(PROGRAMME / file))
    return [passage(chunk.locator, chunk.text, heading=chunk.heading, title=title) for chunk in chunks]


def test_an_answer_from_a_newer_edition_says_what_the_older_said() -> None:
    shelf = Shelf(before={OUTLINE.document_id: [OLD]})

    text = answerer(shelf).consider(ask("応募の締切はいつですか")).outcome.text

    assert "令和2年7月31日" in text
    assert "旧版『報道発表』（p.3、令和8年4月1日時点）では「応募の締切は令和2年7月3日です。」" in text
