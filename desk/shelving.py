"""An article as a document of the library: what is said of it, its passages, and its way in and out.

Called in the transaction that approves, renews or retires it; it is found once the knowledge has followed.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from consultation.article import path_of
from consultation.calendar import shown_date, tokyo_date
from consultation.outcome import Citation
from consultation.passage import MaterialKind
from desk import wording
from ingest.blocks import Block, BlockKind, Reading
from ingest.chunking import chunks_from
from records.ledger import Session
from records.library import Library, Material, Piece
from records.rows import ArticleRow
from records.staging import Stage, Staging

LONGEST_TITLE = 60  # characters of the question: an answer names its sources in 900 together with the words themselves
SOURCE_KIND = "ナレッジ"
BULLETS = "・●○■-*"


def shelve(session: Session, article: ArticleRow, now: datetime) -> None:
    """Let an approved article go live with the next refresh, in the place of its version before."""
    path, library, staging = path_of(article.number), Library(session), Staging(session)
    staging.settle(path)
    material = material_of(article, _open_sources(library, article))
    print_ = hashlib.sha256(f"{article.id}{material}".encode("utf-8", "surrogatepass")).hexdigest()
    staging.put(library.shelve(path, print_, material, pieces_of(article), now), Stage.COMING)


def take_out(session: Session, article: ArticleRow) -> None:
    """Nobody finds it from this transaction on; what was cited of it stays readable in the log."""
    path = path_of(article.number)
    Staging(session).settle(path)
    Library(session).remove(path)


def material_of(article: ArticleRow, sources: Sequence[Citation]) -> Material:
    """What a citation of it shows. The question stands over each passage: it is searched, and never quoted."""
    if article.approved_at is None:
        raise ValueError(f"article {article.label} is not approved")
    approved_on = tokyo_date(article.approved_at)
    source = wording.ARTICLE_SOURCE.format(day=shown_date(approved_on))
    if sources:
        named = "、".join(
            dict.fromkeys(wording.ARTICLE_GROUND.format(document=one.document, locator=one.locator) for one in sources)
        )
        source = wording.ARTICLE_GROUNDS.format(source=source, grounds=named)
    return Material(
        title=wording.ARTICLE_TITLE.format(question=_cut(_line(article.question))),
        kind=MaterialKind.ARTICLE,
        as_of=approved_on,
        source=source,
        source_kind=SOURCE_KIND,
        valid_from=None,
        valid_until=article.expires_on,
        visible_to=None if article.for_all else frozenset({article.body.code}),
    )


def pieces_of(article: ArticleRow) -> list[Piece]:
    """Its answer in passages, cut as those of any material."""
    question = _line(article.question)
    heading = (question,) if len(question) > LONGEST_TITLE else ()
    locator = wording.ARTICLE_LOCATOR.format(label=article.label)
    blocks = [
        Block(line.strip(), locator, heading, BlockKind.LIST_ITEM if line.strip()[0] in BULLETS else BlockKind.PROSE)
        for line in article.answer.splitlines()
        if line.strip()
    ]
    chunks = chunks_from(Reading(None, tuple(blocks)))
    return [Piece(chunk.locator, chunk.heading, chunk.text, chunk.sentences) for chunk in chunks]


def _open_sources(library: Library, article: ArticleRow) -> list[Citation]:
    """Those that all who may find the article may see: the very title of a material of one body is that body's."""
    found = ((one, library.cited(one.passage_id, one.document_version)) for one in article.sources)
    return [
        one
        for one, passage in found
        if passage is not None
        and (passage.visible_to is None or (not article.for_all and article.body.code in passage.visible_to))
    ]


def _line(question: str) -> str:
    return " ".join(question.split())


def _cut(question: str) -> str:
    return question if len(question) <= LONGEST_TITLE else f"{question[: LONGEST_TITLE - 1]}…"
