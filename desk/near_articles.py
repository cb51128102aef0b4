"""Which articles a draft may repeat: those asked in nearly the same letters, and those that its question finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from consultation.article import OPEN, STANDING
from consultation.municipality import MunicipalityCode
from consultation.passage import MaterialKind
from desk import wording
from knowledge.retrieval import Hit, Retrieval
from knowledge.text import normalise
from records.article_pages import ArticleFilter, ArticlePages
from records.ledger import Session
from records.rows import ArticleRow

MOST = 3
ALIKE = 0.6  # Dice's coefficient of the letter pairs: from there on two questions rarely ask two things
NEAR_BEST = 0.5  # of the best hit's score, as for the related document of an answer

Find = Callable[[str, MunicipalityCode, date], Retrieval]
"""The knowledge's search: it finds the same thing asked in other words, among what is approved."""


def near_articles(session: Session, article: ArticleRow, found: Sequence[Hit]) -> list[ArticleRow]:
    """One edition each of other articles, the nearest first: the one that stands, where one does."""
    others: dict[int, ArticleRow] = {}
    for row in ArticlePages(session).all(ArticleFilter(OPEN | STANDING)):
        if row.number != article.number and (row.number not in others or row.state in STANDING):
            others[row.number] = row
    named = [*_alike(article, others.values()), *_found(others.values(), found)]
    return list({row.number: row for row in named}.values())[:MOST]


def _alike(article: ArticleRow, others: Iterable[ArticleRow]) -> list[ArticleRow]:
    shares = [(_likeness(article.question, row.question), row) for row in others]
    return [row for share, row in sorted(shares, key=lambda one: -one[0]) if share >= ALIKE]


def _found(others: Iterable[ArticleRow], hits: Sequence[Hit]) -> Iterator[ArticleRow]:
    by_locator = {wording.ARTICLE_LOCATOR.format(label=row.label): row for row in others}
    for hit in hits:
        row = by_locator.get(hit.passage.locator)
        if hit.passage.kind is MaterialKind.ARTICLE and row is not None and hit.score >= NEAR_BEST * hits[0].score:
            yield row


def _likeness(one: str, other: str) -> float:
    ours, theirs = _pairs(one), _pairs(other)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _pairs(text: str) -> set[str]:
    letters = "".join(normalise(text).split()).rstrip("。?.")
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
