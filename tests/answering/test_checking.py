"""What does not stand in a passage that the body may see today is dropped."""

from dataclasses import replace
from datetime import date

import pytest

from answering.checking import Checking, citation_of
from answering.frame import LONGEST, Framing, answer_text, draft_text, fitting
from consultation.passage import Passage
from tests.answering.shelf import NURSERY, OUTLINE, SAPPORO, TODAY, TSUKUBA, Shelf, passage

QUOTE = "研修会兼相談会は全2回です。"


def stands(now: list[Passage], words: str = QUOTE) -> bool:
    citation = citation_of(OUTLINE, words, 0.5)
    return bool(Checking(Shelf(now)).standing([citation], TSUKUBA, TODAY))


def test_exact_words_of_a_visible_passage_stand() -> None:
    assert stands([OUTLINE])


@pytest.mark.parametrize("words", ["研修会兼相談会は全3回です。", "研修会兼相談会は全２回です。", "", " "])
def test_words_that_differ_in_a_letter_fall(words: str) -> None:
    assert not stands([OUTLINE], words)


def test_a_passage_that_was_changed_removed_restricted_or_has_expired_falls() -> None:
    assert not stands([replace(OUTLINE, text="研修会兼相談会は全4回です。")])
    assert not stands([NURSERY])
    assert not stands([replace(OUTLINE, visible_to=frozenset({SAPPORO}))])
    assert not stands([replace(OUTLINE, valid_until=date(2026, 3, 31))])


def test_one_that_falls_does_not_take_the_others_along() -> None:
    citations = [citation_of(OUTLINE, "作り話です。", 0.9), citation_of(OUTLINE, QUOTE, 0.5)]

    standing = Checking(Shelf([OUTLINE])).standing(citations, TSUKUBA, TODAY)

    assert [item.citation.quote for item in standing] == [QUOTE]


def test_an_answer_keeps_its_length_by_letting_go_of_the_last_quotations() -> None:
    long = [passage(str(number), "長" * 300 + "。", source="出" * 100) for number in range(3)]
    citations = [citation_of(item, item.text, 0.5) for item in long]
    standing = Checking(Shelf(long)).standing(citations, TSUKUBA, TODAY)

    shown = fitting(standing, Framing(TODAY))

    assert 1 <= len(shown) < 3
    assert len(answer_text(shown, Framing(TODAY))) <= LONGEST
    assert answer_text(standing, Framing(TODAY)) == answer_text(shown, Framing(TODAY))


def test_a_consultants_draft_owns_up_when_nothing_was_found() -> None:
    assert "見つかりませんでした" in draft_text(())
