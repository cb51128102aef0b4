"""The book of articles: drafting, editing, moving by the rules, merging, new editions. Given a session.

Nothing here makes an article found: desk/articles.py puts an approved one into the library in the same transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from consultation.article import (
    DESK,
    DESKS_HAND,
    OPEN,
    STANDING,
    ArticleDeed,
    ArticleId,
    ArticleState,
    Hand,
    end_of_fiscal_year,
)
from consultation.calendar import tokyo_date
from consultation.case import CaseId
from consultation.municipality import MunicipalityCode
from consultation.outcome import Citation
from records.article_pages import ArticlePages
from records.base import new_id
from records.rows import ArticleRow
from records.tables import ArticleEventTable, ArticleSourceTable, ArticleTable, CaseTable, CounterTable

SERIES = "ARTICLE"
_OPEN = [state.value for state in OPEN]
_STANDING = [state.value for state in STANDING]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an article begins with."""

    question: str
    answer: str
    body: MunicipalityCode
    case_id: CaseId
    sources: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Words:
    """What its author may change. `sources`: the numbers, from 1, of those that stay."""

    question: str
    answer: str
    for_all: bool
    expires_on: date
    sources: Collection[int]


class Hindrance(StrEnum):
    """Why a deed was not done."""

    STATE = "state"
    HAND = "hand"
    """It is not theirs to do."""
    CHANGED = "changed"
    """It reads otherwise than they saw, or somebody was first."""
    TARGET = "target"
    """It cannot be merged into that one."""


@dataclass(frozen=True, slots=True)
class ArticleMoved:
    """What came of a deed: done, or what stood against it, and the state as it is now."""

    state: ArticleState
    hindrance: Hindrance | None = None

    @property
    def done(self) -> bool:
        return self.hindrance is None


class ArticleBook:
    """The articles inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pages = ArticlePages(session)

    def draft(self, draft: Draft, author: Hand, at: datetime) -> ArticleId:
        """A new article, or the one that stands of the same case: a doubled click is one."""
        self._session.get_one(CaseTable, draft.case_id, with_for_update=True)  # of two drafters one drafts
        standing = self._pages.of_case(draft.case_id)
        if standing is not None:
            return standing
        row = ArticleTable(
            id=new_id(),
            number=self._number(),
            edition=1,
            state=ArticleState.DRAFT.value,
            question=draft.question,
            answer=draft.answer,
            municipality_code=draft.body,
            for_all=False,
            case_id=draft.case_id,
            author_id=author.id,
            owner_id=author.id,
            expires_on=end_of_fiscal_year(tokyo_date(at)),
            created_at=at,
            changed_at=at,
        )
        self._add(row, draft.sources)
        self._note(row.id, ArticleDeed.DRAFT, author.id, at)
        return ArticleId(row.id)

    def edit(self, article_id: ArticleId, words: Words, by: Hand, at: datetime) -> ArticleMoved:
        """The author's new words, and which of the sources stay."""
        article = self._pages.get(article_id)
        kept = [source for rank, source in enumerate(article.sources, 1) if rank in words.sources]
        values: dict[str, Any] = {
            "question": words.question,
            "answer": words.answer,
            "for_all": words.for_all,
            "expires_on": words.expires_on,
        }
        is_same = (article.question, article.answer, article.for_all, article.expires_on) == tuple(values.values())
        if is_same and len(kept) == len(article.sources):
            return ArticleMoved(article.state, _hindrance(article, ArticleDeed.EDIT, by))
        moved = self._move(article, ArticleDeed.EDIT, by, at, **values)
        if moved.done:
            self._put_sources(article_id, kept)
        return moved

    def move(
        self, article_id: ArticleId, deed: ArticleDeed, by: Hand, at: datetime, *, why: str = "", seen: str = ""
    ) -> ArticleMoved:
        """Do `deed` where state and hand allow it, by compare-and-set: of two at once, one wins.

        `seen`: what the one who does it has read of it; where it reads otherwise by now, nothing is done.
        """
        article = self._pages.get(article_id, locked=True)  # nobody else moves it from here on
        if seen and seen != article.seen:
            return ArticleMoved(article.state, Hindrance.CHANGED)
        if deed is ArticleDeed.TAKE_ON:
            return self._move(article, deed, by, at, why, owner_id=by.id)
        if deed is not ArticleDeed.APPROVE:
            return self._move(article, deed, by, at, why)
        hindrance = _hindrance(article, deed, by)
        if hindrance is not None:
            return ArticleMoved(article.state, hindrance)
        self._replace_earlier(article, at)
        return self._move(article, deed, by, at, why, approved_at=at)

    def renew(self, article_id: ArticleId, until: date, by: Hand, at: datetime) -> ArticleMoved:
        """It holds on, in the same words."""
        return self._move(self._pages.get(article_id), ArticleDeed.RENEW, by, at, until.isoformat(), expires_on=until)

    def revise(self, article_id: ArticleId, by: Hand, at: datetime) -> ArticleId | None:
        """A draft of its next edition in the owner's hand, or the one that is open; None where the rule says no."""
        article = self._pages.get(article_id)
        opened = self._edition_in(article.number, _OPEN)
        if opened is not None:
            return ArticleId(opened.id)
        if not self._move(article, ArticleDeed.REVISE, by, at).done:
            return None
        row = ArticleTable(
            id=new_id(),
            number=article.number,
            edition=self._next_edition(article.number),
            state=ArticleState.DRAFT.value,
            question=article.question,
            answer=article.answer,
            municipality_code=article.body.code,
            for_all=article.for_all,
            author_id=by.id,
            owner_id=by.id,
            expires_on=max(article.expires_on, end_of_fiscal_year(tokyo_date(at))),
            created_at=at,
            changed_at=at,
        )
        self._add(row, article.sources)
        self._note(row.id, ArticleDeed.DRAFT, by.id, at, article.label)
        return ArticleId(row.id)

    def merge(self, article_id: ArticleId, into: ArticleId, by: Hand, at: datetime) -> ArticleMoved:
        """Let a draft go on as the next edition of an article that stands; its sources join the draft's.

        What only another body may find is not merged into: its words would reach this one's.
        """
        article, target = self._pages.get(article_id), self._pages.get(into)
        fits = target.state in STANDING and article.number != target.number
        fits = fits and (target.for_all or target.body == article.body)
        if not fits or self._edition_in(target.number, _OPEN) is not None:
            return ArticleMoved(article.state, Hindrance.TARGET)
        why = f"{article.label} → {target.label}"
        values: dict[str, Any] = {
            "number": target.number,
            "edition": self._next_edition(target.number),
            "for_all": target.for_all,
        }
        moved = self._move(article, ArticleDeed.MERGE, by, at, why, **values)
        if moved.done:
            known = {(one.passage_id, one.quote) for one in article.sources}
            joined = [one for one in target.sources if (one.passage_id, one.quote) not in known]
            self._put_sources(article_id, [*article.sources, *joined])
            self._note(into, ArticleDeed.MERGE, by.id, at, why)
        return moved

    def _move(
        self, article: ArticleRow, deed: ArticleDeed, by: Hand, at: datetime, why: str = "", **values: Any
    ) -> ArticleMoved:
        target, hindrance = article.rules.after(deed), _hindrance(article, deed, by)
        if target is None or hindrance is not None:
            return ArticleMoved(article.state, hindrance)
        standing = (
            ArticleTable.id == article.id,
            ArticleTable.state == article.state.value,
            ArticleTable.changed_at == article.changed_at,
        )
        swap = update(ArticleTable).where(*standing).values(state=target.value, changed_at=at, **values)
        done = cast(CursorResult[Any], self._session.execute(swap)).rowcount == 1
        self._session.expire_all()
        if done:
            self._note(article.id, deed, by.id, at, why)
        return ArticleMoved(self._pages.get(article.id).state, None if done else Hindrance.CHANGED)

    def _replace_earlier(self, article: ArticleRow, at: datetime) -> None:
        """Before the new edition stands: of all editions of a number one does."""
        others = select(ArticleTable.id).where(
            ArticleTable.number == article.number, ArticleTable.id != article.id, ArticleTable.state.in_(_STANDING)
        )
        for earlier in self._session.scalars(others).all():
            self.move(ArticleId(earlier), ArticleDeed.REPLACE, DESKS_HAND, at, why=f"第{article.edition}版")

    def _edition_in(self, number: int, states: Sequence[str]) -> ArticleTable | None:
        query = select(ArticleTable).where(ArticleTable.number == number, ArticleTable.state.in_(states))
        return self._session.scalar(query)

    def _next_edition(self, number: int) -> int:
        highest = select(func.max(ArticleTable.edition)).where(ArticleTable.number == number)
        return (self._session.scalar(highest) or 0) + 1

    def _number(self) -> int:
        raised = update(CounterTable).where(CounterTable.series == SERIES).values(last=CounterTable.last + 1)
        if cast(CursorResult[Any], self._session.execute(raised)).rowcount == 0:
            self._session.add(CounterTable(series=SERIES, last=1))
            self._session.flush()
        return self._session.scalar(select(CounterTable.last).where(CounterTable.series == SERIES)) or 1

    def _add(self, row: ArticleTable, sources: Sequence[Citation]) -> None:
        self._session.add(row)
        self._session.flush()
        self._put_sources(ArticleId(row.id), sources)

    def _put_sources(self, article_id: ArticleId, sources: Sequence[Citation]) -> None:
        self._session.execute(delete(ArticleSourceTable).where(ArticleSourceTable.article_id == article_id))
        for rank, source in enumerate(sources, 1):
            self._session.add(
                ArticleSourceTable(
                    id=new_id(),
                    article_id=article_id,
                    rank=rank,
                    passage_id=source.passage_id,
                    document_id=source.document_id,
                    document_version=source.document_version,
                    document=source.document,
                    locator=source.locator,
                    quote=source.quote,
                )
            )
        self._session.flush()

    def _note(self, article_id: str, deed: ArticleDeed, by: str, at: datetime, why: str = "") -> None:
        self._session.add(ArticleEventTable(article_id=article_id, deed=deed.value, by=by or DESK, at=at, why=why))
        self._session.flush()


def _hindrance(article: ArticleRow, deed: ArticleDeed, by: Hand) -> Hindrance | None:
    """What the rules have against it."""
    if not article.rules.allows(deed, by):
        return Hindrance.HAND
    return Hindrance.STATE if article.rules.after(deed) is None else None
