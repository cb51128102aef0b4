"""An article as its page shows it: what was changed against what it came from, and what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation.article import OPEN, ArticleDeed, ArticleId, ArticleState, Hand
from consultation.changes import Change, Piece, changes
from desk.articles import said_in
from records.article_pages import ArticlePages, was_asked
from records.ledger import Session
from records.pages import Pages
from records.rows import ArticleEventRow, ArticleRow, AskerRow
from review import wording


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words before and after, in pieces."""

    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.change is not Change.SAME for piece in (*self.question, *self.answer))


@dataclass(frozen=True, slots=True)
class ArticleView:
    """`against`: what it is compared with, in Japanese, or empty: with nothing that is still there."""

    article: ArticleRow
    against: str
    comparison: Comparison
    editions: Sequence[ArticleRow]
    askers: Sequence[AskerRow]

    @property
    def is_open(self) -> bool:
        return self.article.state in OPEN

    @property
    def is_due(self) -> bool:
        return is_asked_for(self.article)

    @property
    def sent_back(self) -> ArticleEventRow | None:
        """Why a reviewer sent it back, while that is what there is to do."""
        if self.article.state is not ArticleState.RETURNED:
            return None
        returns = [event for event in self.article.history if event.deed is ArticleDeed.RETURN]
        return returns[-1] if returns else None

    @property
    def untold(self) -> int:
        return sum(asker.told_at is None for asker in self.askers)

    @property
    def has_open_edition(self) -> bool:
        return any(one.state in OPEN for one in self.editions)

    def deeds_of(self, hand: Hand) -> frozenset[str]:
        """What this visitor may do now."""
        rules = self.article.rules
        return frozenset(deed.value for deed in ArticleDeed if rules.after(deed) and rules.allows(deed, hand))


def article_view(session: Session, article_id: ArticleId) -> ArticleView:
    """Raises NotFound."""
    pages = ArticlePages(session)
    article = pages.get(article_id)
    editions = pages.editions(article.number)
    against, question, answer = _before(session, article, editions)
    comparison = Comparison(changes(question, article.question), changes(answer, article.answer))
    return ArticleView(article, against, comparison, editions, pages.askers(article))


def is_asked_for(article: ArticleRow) -> bool:
    """Whether its owner is asked if it still holds."""
    return article.state is ArticleState.EXPIRED or (article.state is ArticleState.APPROVED and was_asked(article))


def _before(session: Session, article: ArticleRow, editions: Sequence[ArticleRow]) -> tuple[str, str, str]:
    if article.case_id is not None:
        question, answer, _ = said_in(session, Pages(session).case(article.case_id))
        return wording.ARTICLE_AGAINST_CASE, question, answer
    earlier = [one for one in editions if one.edition < article.edition and one.approved_at is not None]
    if earlier:
        return (
            wording.ARTICLE_AGAINST_EDITION.format(edition=earlier[0].edition),
            earlier[0].question,
            earlier[0].answer,
        )
    return "", article.question, article.answer
