"""Answers as shown: sections, references, marked quotations; nothing of the text is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consultation.outcome import Citation
from consultation.passage import DocumentId, PassageId
from review.answers import Stretch, Word, marked, sections, sources

LETTERS = st.text(alphabet="あいう。[1]\n【結論】", max_size=40)


def citation(passage: str, quote: str) -> Citation:
    return Citation(PassageId(passage), DocumentId("d"), 1, "資料", "p.1", quote, 0.5)


def test_an_answer_is_cut_at_its_headings() -> None:
    found = sections("前置きです。\n【結論】\n答え[1]\n【根拠】資料[2]\n　【次にすること】\n・相談", 1)
    assert [section.heading for section in found] == ["", "結論", "根拠", "次にすること"]
    assert found[1].lines == ((Word("答え"), Word("[1]", 1)),)
    assert found[2].lines == ((Word("資料[2]"),),)  # there is no second source to point to


def test_a_sentence_that_begins_like_a_heading_is_none() -> None:
    assert [section.heading for section in sections("根拠のない話ではありません。\n結論", 0)] == [""]


def test_citations_of_one_passage_stand_together_with_their_numbers() -> None:
    found = sources([(citation("a", "一"), None), (citation("b", "二"), None), (citation("a", "三"), None)])
    assert [(source.numbers, source.quotes) for source in found] == [((1, 3), ("一", "三")), ((2,), ("二",))]
    assert found[0].stretches == (Stretch("一", True), Stretch("三", True))


@given(LETTERS, st.lists(LETTERS, max_size=3))
def test_marking_loses_nothing(text: str, quotes: list[str]) -> None:
    found = marked(text, quotes)
    assert "".join(stretch.text for stretch in found) == text
    assert all(one.is_quoted != next_one.is_quoted for one, next_one in pairwise(found))


@given(
    st.text(alphabet="あい", max_size=10), st.text(alphabet="うえ", min_size=1, max_size=10), st.text(alphabet="おか")
)
def test_what_is_quoted_is_marked(before: str, quote: str, after: str) -> None:
    assert [stretch.text for stretch in marked(before + quote + after, [quote]) if stretch.is_quoted] == [quote]


@given(LETTERS)
def test_no_word_of_an_answer_is_lost(text: str) -> None:
    shown = "".join(
        section.heading + "".join(word.text for line in section.lines for word in line) for section in sections(text, 2)
    )
    assert set("あいう") & set(text) == set("あいう") & set(shown)
    assert all(shown.count(letter) == text.count(letter) for letter in "あいう")
