"""Search terms of Japanese text."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser

ANALYSER = Analyser(read_synonyms())


def test_a_long_word_is_found_by_its_parts() -> None:
    assert {"議事録", "議事", "録"} <= set(ANALYSER.terms("会議録").words)


def test_particles_light_verbs_and_signs_are_dropped() -> None:
    assert ANALYSER.terms("計画を、作ることができますか？").words == ("計画", "作る")


def test_what_frames_a_question_is_dropped_from_the_question_alone() -> None:
    assert ANALYSER.question_terms("効果を教えてください").words == ("効果",)
    asked = ANALYSER.question_terms("何時間ですか")
    assert asked.words == ("時間",)
    assert not any("何" in pair for pair in asked.bigrams)
    assert "教える" in ANALYSER.terms("効果を教える").words


def test_both_reckonings_of_a_year_share_a_term() -> None:
    assert set(ANALYSER.terms("令和２年度").years) == set(ANALYSER.terms("2020年度").years) == {"@y2020", "@fy2020"}


def test_spellings_of_one_word_share_all_terms() -> None:
    assert ANALYSER.terms("ＡＩ－ＯＣＲ") == ANALYSER.terms("AIOCR") == ANALYSER.terms("AI‐OCR")


def test_bigrams_are_marked_and_do_not_cross_signs() -> None:
    assert ANALYSER.terms("計画。予算").bigrams == ("#計画", "#予算")


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_has_terms_that_are_searchable(text: str) -> None:
    terms = ANALYSER.terms(text)
    assert all(len(bigram) == 3 for bigram in terms.bigrams)
    assert all(year.startswith("@") for year in terms.years)


def test_a_text_longer_than_sudachi_takes_is_read_whole() -> None:
    assert ANALYSER.terms("予算の要求。" * 8_000).words.count("予算") == 8_000


def test_threads_read_at_the_same_time() -> None:
    texts = [f"保育所の入所選考AIの{number}番目の事例" for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ANALYSER.terms, texts)) == [ANALYSER.terms(text) for text in texts]
