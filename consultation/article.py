"""An article (ナレッジ): a consultant's answer for all who ask again, with its states and who may move it.

Only what a second pair of eyes approved may be answered from; generalising.py takes out what nobody else may read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from consultation.calendar import fiscal_year

ArticleId = NewType("ArticleId", str)

DESK = "desk"
SHELF = "knowledge:"
ASK_BEFORE = timedelta(days=30)  # before the expiry, the owner is asked whether it still holds


class ArticleState(StrEnum):
    """Of one edition. Of all editions of an article at most one is approved or expired, and at most one is open."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    EXPIRED = "expired"
    REPLACED = "replaced"
    RETIRED = "retired"


class ArticleDeed(StrEnum):
    """What is done to an article; each deed stands in its history."""

    DRAFT = "draft"
    EDIT = "edit"
    MERGE = "merge"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    ASK = "ask"
    EXPIRE = "expire"
    RENEW = "renew"
    TAKE_ON = "take_on"
    REVISE = "revise"
    REPLACE = "replace"
    RETIRE = "retire"
    TELL = "tell"


OPEN = frozenset({ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.RETURNED})
"""Being written or looked at."""
STANDING = frozenset({ArticleState.APPROVED, ArticleState.EXPIRED})
"""Approved once, and not replaced or retired since."""

_MOVES = {
    (ArticleState.DRAFT, ArticleDeed.EDIT): ArticleState.DRAFT,
    (ArticleState.DRAFT, ArticleDeed.MERGE): ArticleState.DRAFT,
    (ArticleState.DRAFT, ArticleDeed.SUBMIT): ArticleState.SUBMITTED,
    (ArticleState.DRAFT, ArticleDeed.RETIRE): ArticleState.RETIRED,
    (ArticleState.SUBMITTED, ArticleDeed.APPROVE): ArticleState.APPROVED,
    (ArticleState.SUBMITTED, ArticleDeed.RETURN): ArticleState.RETURNED,
    (ArticleState.SUBMITTED, ArticleDeed.RETIRE): ArticleState.RETIRED,
    (ArticleState.RETURNED, ArticleDeed.EDIT): ArticleState.RETURNED,
    (ArticleState.RETURNED, ArticleDeed.MERGE): ArticleState.RETURNED,
    (ArticleState.RETURNED, ArticleDeed.SUBMIT): ArticleState.SUBMITTED,
    (ArticleState.RETURNED, ArticleDeed.RETIRE): ArticleState.RETIRED,
    (ArticleState.APPROVED, ArticleDeed.ASK): ArticleState.APPROVED,
    (ArticleState.APPROVED, ArticleDeed.EXPIRE): ArticleState.EXPIRED,
    (ArticleState.APPROVED, ArticleDeed.RENEW): ArticleState.APPROVED,
    (ArticleState.APPROVED, ArticleDeed.TAKE_ON): ArticleState.APPROVED,
    (ArticleState.APPROVED, ArticleDeed.REVISE): ArticleState.APPROVED,
    (ArticleState.APPROVED, ArticleDeed.REPLACE): ArticleState.REPLACED,
    (ArticleState.APPROVED, ArticleDeed.RETIRE): ArticleState.RETIRED,
    (ArticleState.APPROVED, ArticleDeed.TELL): ArticleState.APPROVED,
    (ArticleState.EXPIRED, ArticleDeed.RENEW): ArticleState.APPROVED,
    (ArticleState.EXPIRED, ArticleDeed.TAKE_ON): ArticleState.EXPIRED,
    (ArticleState.EXPIRED, ArticleDeed.REVISE): ArticleState.EXPIRED,
    (ArticleState.EXPIRED, ArticleDeed.REPLACE): ArticleState.REPLACED,
    (ArticleState.EXPIRED, ArticleDeed.RETIRE): ArticleState.RETIRED,
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does something: an account, or the desk itself."""

    id: str
    is_reviewer: bool = False


DESKS_HAND = Hand(DESK)


@dataclass(frozen=True, slots=True)
class Article:
    """What the rules have to know of an edition: where it stands, who wrote it, who answers for it."""

    state: ArticleState
    author: str
    owner: str

    def after(self, deed: ArticleDeed) -> ArticleState | None:
        """The state that `deed` leads to, or None where the state says no."""
        return _MOVES.get((self.state, deed))

    def allows(self, deed: ArticleDeed, by: Hand) -> bool:
        """Whether the deed is theirs. Nobody approves or returns their own words, whatever else they are."""
        theirs = _THEIRS.get(deed)
        return theirs is not None and theirs(self, by)


def _is_author(article: Article, by: Hand) -> bool:
    return by.id == article.author


def _is_owner(article: Article, by: Hand) -> bool:
    return by.id == article.owner


def _is_second_pair_of_eyes(article: Article, by: Hand) -> bool:
    return by.is_reviewer and by.id != article.author


def _is_responsible(article: Article, by: Hand) -> bool:
    return by.is_reviewer or by.id == (article.author if article.state in OPEN else article.owner)


def _is_desk(_article: Article, by: Hand) -> bool:
    return by == DESKS_HAND


_THEIRS: dict[ArticleDeed, Callable[[Article, Hand], bool]] = {
    ArticleDeed.EDIT: _is_author,
    ArticleDeed.MERGE: _is_author,
    ArticleDeed.SUBMIT: _is_author,
    ArticleDeed.APPROVE: _is_second_pair_of_eyes,
    ArticleDeed.RETURN: _is_second_pair_of_eyes,
    ArticleDeed.ASK: _is_desk,
    ArticleDeed.EXPIRE: _is_desk,
    ArticleDeed.REPLACE: _is_desk,
    ArticleDeed.RENEW: _is_owner,
    ArticleDeed.REVISE: _is_owner,
    ArticleDeed.TAKE_ON: lambda article, by: by.id not in {article.owner, DESK},  # owners change their posts
    ArticleDeed.RETIRE: _is_responsible,
    ArticleDeed.TELL: lambda _article, by: by.is_reviewer,
}


def label(number: int) -> str:
    """How people call an article: K-0007."""
    return f"K-{number:04d}"


def path_of(number: int) -> str:
    """Where it stands in the library, over all editions; no file has such a path."""
    return f"{SHELF}{label(number)}"


def is_path(path: str) -> bool:
    """Whether an article stands there: what becomes of it is decided by its reviewers, not by who brings in files."""
    return path.startswith(SHELF)


def end_of_fiscal_year(day: date) -> date:
    """31 March of the fiscal year that the day belongs to."""
    return date(fiscal_year(day) + 1, 3, 31)


def renewed_until(expires_on: date, today: date) -> date:
    """To the end of the next fiscal year; of this one, where the expiry lies in an earlier one."""
    return end_of_fiscal_year(max(today, expires_on + timedelta(days=1)))


def may_expire_on(day: date, today: date) -> bool:
    """Not before today, nor after the end of the next fiscal year: then somebody has to look at it again."""
    return today <= day <= renewed_until(end_of_fiscal_year(today), today)
