"""An article: the rules of who may do what in which state, and how long one holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.article import (
    DESKS_HAND,
    OPEN,
    STANDING,
    Article,
    ArticleDeed,
    ArticleState,
    Hand,
    end_of_fiscal_year,
    label,
    may_expire_on,
    path_of,
    renewed_until,
)

AUTHOR, OWNER, REVIEWER, STRANGER = Hand("author"), Hand("owner"), Hand("reviewer", is_reviewer=True), Hand("stranger")
HANDS = (AUTHOR, OWNER, REVIEWER, STRANGER, DESKS_HAND, Hand("author", is_reviewer=True))
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def in_state(state: ArticleState) -> Article:
    return Article(state, AUTHOR.id, OWNER.id)


def allowed(deed: ArticleDeed, state: ArticleState = ArticleState.APPROVED) -> set[Hand]:
    return {hand for hand in HANDS if in_state(state).allows(deed, hand)}


def test_each_deed_is_somebodys() -> None:
    both = Hand("author", is_reviewer=True)
    for deed in (ArticleDeed.EDIT, ArticleDeed.MERGE, ArticleDeed.SUBMIT):
        assert allowed(deed) == {AUTHOR, both}
    for deed in (ArticleDeed.RENEW, ArticleDeed.REVISE):
        assert allowed(deed) == {OWNER}
    for deed in (ArticleDeed.APPROVE, ArticleDeed.RETURN):
        assert allowed(deed) == {REVIEWER}
    for deed in (ArticleDeed.ASK, ArticleDeed.EXPIRE, ArticleDeed.REPLACE):
        assert allowed(deed) == {DESKS_HAND}
    assert allowed(ArticleDeed.RETIRE) == {OWNER, REVIEWER, both}
    assert allowed(ArticleDeed.RETIRE, ArticleState.DRAFT) == {AUTHOR, REVIEWER, both}
    assert allowed(ArticleDeed.TAKE_ON) == {AUTHOR, REVIEWER, STRANGER, both}
    assert allowed(ArticleDeed.TELL) == {REVIEWER, both}
    assert allowed(ArticleDeed.DRAFT) == set()


@given(st.lists(st.tuples(st.sampled_from(ArticleDeed), st.sampled_from(HANDS)), max_size=25))
def test_whatever_is_tried_only_a_reviewer_who_did_not_write_it_lets_it_stand(
    tried: list[tuple[ArticleDeed, Hand]],
) -> None:
    article, approved_by = in_state(ArticleState.DRAFT), None
    for deed, hand in tried:
        target = article.after(deed)
        if target is None or not article.allows(deed, hand):
            continue
        if deed is ArticleDeed.APPROVE:
            approved_by = hand
        owner = hand.id if deed is ArticleDeed.TAKE_ON else article.owner
        article = Article(target, article.author, owner)
        if article.state in STANDING:
            assert approved_by is not None
            assert approved_by.is_reviewer
            assert approved_by.id != article.author


@pytest.mark.parametrize("state", [ArticleState.REPLACED, ArticleState.RETIRED])
def test_what_is_over_stays_so(state: ArticleState) -> None:
    assert [deed for deed in ArticleDeed if in_state(state).after(deed)] == []


def test_no_word_is_changed_while_it_is_looked_at_or_stands() -> None:
    for state in {ArticleState.SUBMITTED, *STANDING}:
        assert in_state(state).after(ArticleDeed.EDIT) is None
    assert {state for state in ArticleState if in_state(state).after(ArticleDeed.APPROVE)} == {ArticleState.SUBMITTED}
    assert all(in_state(state).after(ArticleDeed.RETIRE) for state in OPEN | STANDING)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 4, 1), date(2027, 3, 31)),
        (date(2027, 3, 31), date(2027, 3, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_it_holds_to_the_end_of_the_fiscal_year(day: date, end: date) -> None:
    assert end_of_fiscal_year(day) == end


def test_renewed_it_holds_to_the_end_of_the_next_fiscal_year_or_of_this_one_if_it_is_long_over() -> None:
    assert renewed_until(date(2027, 3, 31), date(2027, 3, 10)) == date(2028, 3, 31)
    assert renewed_until(date(2027, 3, 31), date(2027, 4, 5)) == date(2028, 3, 31)
    assert renewed_until(date(2027, 3, 31), date(2028, 6, 1)) == date(2029, 3, 31)
    assert renewed_until(date(2026, 12, 1), date(2026, 11, 28)) == date(2027, 3, 31)


@given(DAYS, DAYS)
def test_a_renewal_lies_ahead_at_most_some_two_years_and_never_shortens(expires_on: date, today: date) -> None:
    until = renewed_until(expires_on, today)
    assert until >= today
    assert until > expires_on
    assert until - max(today, expires_on) <= timedelta(days=366)


@given(DAYS)
def test_an_expiry_lies_between_today_and_the_end_of_the_next_fiscal_year(today: date) -> None:
    end = end_of_fiscal_year(today)
    assert may_expire_on(today, today)
    assert may_expire_on(end, today)
    assert not may_expire_on(today - timedelta(days=1), today)
    assert not may_expire_on(end + timedelta(days=367), today)


def test_it_has_a_name_and_a_place_that_no_file_has() -> None:
    assert label(7) == "K-0007"
    assert path_of(7) == "knowledge:K-0007"
