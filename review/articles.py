"""The knowledge pages: a resolved case becomes a draft, its author writes, a reviewer decides, its owner keeps it."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from consultation.article import ArticleId, ArticleState, Hand
from consultation.calendar import tokyo_date
from consultation.case import CaseId
from consultation.errors import BadInput
from desk.articles import ArticleDesk, ArticleOutcome
from desk.casework import Refused
from records.accounts import Role
from records.article_pages import ArticleFilter, ArticlePages
from records.articles import Words
from records.ledger import Session
from records.rows import ArticleRow
from review import wording
from review.article_views import ArticleView, article_view, is_asked_for
from review.parts import Parts, WebParts
from review.rendering import page
from review.sessions import Visiting, Visitor, consultant_of

router = APIRouter()

ALL, OWN = "all", "own"


class Wish(BaseModel):
    """The author's form as it was filled in."""

    question: str = ""
    answer: str = ""
    scope: str = OWN
    expires: str = ""
    source: list[int] = []
    then: str = ""
    """Empty: only keep it; else also hand it in."""


@router.get("/knowledge")
def articles(
    request: Request,
    parts: Parts,
    visitor: Visiting,
    state: Annotated[str, Query()] = "",
    whose: Annotated[str, Query()] = "",
) -> Response:
    """The list, with what asks for its owner first."""
    me = visitor.signed_in.id
    states = {ArticleState(state)} if state in set(ArticleState) else set[ArticleState]()
    wanted = ArticleFilter(states, me if whose == OWN else None)

    def view(session: Session) -> tuple[list[ArticleRow], list[ArticleRow]]:
        pages = ArticlePages(session)
        return pages.all(wanted), pages.all(ArticleFilter(owner=me))

    found, mine = parts.ledger.read(view)
    due = [one for one in mine if one.owner.id == me and is_asked_for(one)]
    return page(request, "articles.html", articles=found, due=due, states=list(ArticleState), state=state, whose=whose)


@router.post("/cases/{case_id}/article")
def draft(parts: Parts, visitor: Visiting, case_id: str) -> Response:
    """From a resolved case of their own; where there is one already, it is opened."""
    outcome = parts.articles.draft(CaseId(case_id), consultant_of(parts, visitor), _hand(visitor))
    if isinstance(outcome, Refused):
        raise BadInput(outcome.sentence)
    return _to(outcome.article.id)


@router.get("/knowledge/{article_id}")
def article(request: Request, parts: Parts, visitor: Visiting, article_id: str) -> Response:
    return _page(request, parts, visitor, article_id)


@router.post("/knowledge/{article_id}")
def save(request: Request, parts: Parts, visitor: Visiting, article_id: str, wish: Annotated[Wish, Form()]) -> Response:
    """Kept, and handed in where that was pressed."""
    hand, found = _hand(visitor), ArticleId(article_id)

    def deed(articles: ArticleDesk) -> ArticleOutcome:
        words = _words(wish)
        if words is None:
            return Refused(wording.BAD_DATE)
        kept = articles.save(found, words, hand)
        return articles.submit(found, hand) if wish.then and not isinstance(kept, Refused) else kept

    return _answered(request, parts, visitor, article_id, deed, wish)


@router.post("/knowledge/{article_id}/merge")
def merge(
    request: Request, parts: Parts, visitor: Visiting, article_id: str, into: Annotated[str, Form()] = ""
) -> Response:
    target = ArticleId(into or article_id)
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.merge(ArticleId(article_id), target, _hand(visitor))
    )


@router.post("/knowledge/{article_id}/approve")
def approve(
    request: Request, parts: Parts, visitor: Visiting, article_id: str, seen: Annotated[str, Form()] = "-"
) -> Response:
    """What the reviewer has on the screen, and nothing newer."""
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.approve(ArticleId(article_id), _hand(visitor), seen)
    )


@router.post("/knowledge/{article_id}/return")
def send_back(
    request: Request, parts: Parts, visitor: Visiting, article_id: str, why: Annotated[str, Form()] = ""
) -> Response:
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.send_back(ArticleId(article_id), _hand(visitor), why)
    )


@router.post("/knowledge/{article_id}/retire")
def retire(
    request: Request, parts: Parts, visitor: Visiting, article_id: str, why: Annotated[str, Form()] = ""
) -> Response:
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.retire(ArticleId(article_id), _hand(visitor), why)
    )


@router.post("/knowledge/{article_id}/renew")
def renew(request: Request, parts: Parts, visitor: Visiting, article_id: str) -> Response:
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.renew(ArticleId(article_id), _hand(visitor))
    )


@router.post("/knowledge/{article_id}/own")
def take_on(request: Request, parts: Parts, visitor: Visiting, article_id: str) -> Response:
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.take_on(ArticleId(article_id), _hand(visitor))
    )


@router.post("/knowledge/{article_id}/revise")
def revise(request: Request, parts: Parts, visitor: Visiting, article_id: str) -> Response:
    """Leads to the new edition's own page."""
    return _answered(
        request, parts, visitor, article_id, lambda desk: desk.revise(ArticleId(article_id), _hand(visitor))
    )


@router.post("/knowledge/{article_id}/tell")
def tell(request: Request, parts: Parts, visitor: Visiting, article_id: str) -> Response:
    return _answered(request, parts, visitor, article_id, lambda desk: desk.tell(ArticleId(article_id), _hand(visitor)))


def _hand(visitor: Visitor) -> Hand:
    account = visitor.signed_in
    return Hand(account.id, is_reviewer=account.profile.role is Role.REVIEWER)


def _words(wish: Wish) -> Words | None:
    try:
        expires_on = date.fromisoformat(wish.expires)
    except ValueError:
        return None
    question, answer = (text.replace("\r\n", "\n") for text in (wish.question, wish.answer))
    return Words(question, answer, wish.scope == ALL, expires_on, frozenset(wish.source))


def _answered(
    request: Request,
    parts: WebParts,
    visitor: Visitor,
    article_id: str,
    deed: Callable[[ArticleDesk], ArticleOutcome],
    wish: Wish | None = None,
) -> Response:
    """Done: the article as it stands now. Refused: the same page with the rule's sentence, nothing typed lost."""
    outcome = deed(parts.articles)
    if isinstance(outcome, Refused):
        return _page(request, parts, visitor, article_id, wish, outcome.sentence)
    return _to(outcome.article.id)


def _page(
    request: Request,
    parts: WebParts,
    visitor: Visitor,
    article_id: str,
    wish: Wish | None = None,
    error: str = "",
) -> Response:
    shown: ArticleView = parts.ledger.read(lambda session: article_view(session, ArticleId(article_id)))
    near = parts.articles.near(shown.article) if shown.is_open else []
    return page(
        request,
        "article.html",
        HTTPStatus.CONFLICT if error else HTTPStatus.OK,
        shown=shown,
        article=shown.article,
        near=near,
        may=shown.deeds_of(_hand(visitor)),
        fields=wish or _as_written(shown.article),
        error=error,
        today=tokyo_date(datetime.now(UTC)),
    )


def _as_written(article: ArticleRow) -> Mapping[str, object]:
    return {
        "question": article.question,
        "answer": article.answer,
        "scope": ALL if article.for_all else OWN,
        "expires": article.expires_on.isoformat(),
        "source": range(1, len(article.sources) + 1),
    }


def _to(article_id: ArticleId) -> Response:
    return RedirectResponse(f"/knowledge/{article_id}", HTTPStatus.SEE_OTHER)
