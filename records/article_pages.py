"""Articles as they are read: one, the list, what expires, and who was told an earlier edition. Given a session."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consultation.article import ASK_BEFORE, OPEN, STANDING, ArticleDeed, ArticleId, ArticleState, path_of
from consultation.case import CaseId
from consultation.errors import NotFound
from consultation.inquiry import ConsultationId, InquiryId
from consultation.municipality import Municipality, MunicipalityCode
from consultation.outcome import Citation, OutcomeKind
from consultation.passage import DocumentId, PassageId
from records.pages import Pages
from records.rows import ArticleEventRow, ArticleRow, AskerRow, PersonRow
from records.tables import (
    AccountTable,
    ArticleEventTable,
    ArticleSourceTable,
    ArticleTable,
    CaseTable,
    CitationTable,
    DocumentTable,
    InquiryTable,
    MunicipalityTable,
    TurnTable,
)


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Narrows the list; None and empty do not. Replaced editions only where their state is asked for."""

    states: Collection[ArticleState] = ()
    owner: str | None = None


class ArticlePages:
    """The read side inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, article_id: ArticleId, *, locked: bool = False) -> ArticleRow:
        row = self._session.get(ArticleTable, article_id, with_for_update=locked or None)
        if row is None:
            raise NotFound("このナレッジは見つかりません。")
        return self._row(row)

    def editions(self, number: int) -> list[ArticleRow]:
        """All that ever were begun, the newest first."""
        query = select(ArticleTable).where(ArticleTable.number == number)
        return [self._row(row) for row in self._session.scalars(query.order_by(ArticleTable.edition.desc()))]

    def all(self, wanted: ArticleFilter) -> list[ArticleRow]:
        """The newest changes first."""
        states = wanted.states or [state for state in ArticleState if state is not ArticleState.REPLACED]
        query = select(ArticleTable).where(ArticleTable.state.in_([state.value for state in states]))
        if wanted.owner is not None:
            query = query.where(or_(ArticleTable.owner_id == wanted.owner, ArticleTable.author_id == wanted.owner))
        query = query.order_by(ArticleTable.changed_at.desc(), ArticleTable.id)
        return [self._row(row) for row in self._session.scalars(query)]

    def of_case(self, case_id: CaseId) -> ArticleId | None:
        """The article that a case was made into, open or standing."""
        lives = [state.value for state in OPEN | STANDING | {ArticleState.REPLACED}]
        query = select(ArticleTable.id).where(ArticleTable.case_id == case_id, ArticleTable.state.in_(lives))
        found = self._session.scalar(query.limit(1))
        return ArticleId(found) if found else None

    def over(self, today: date) -> list[ArticleRow]:
        """Approved, and their last day is past."""
        return self._due(ArticleTable.expires_on < today)

    def expiring(self, today: date, within: timedelta = ASK_BEFORE) -> list[ArticleRow]:
        """Approved, in force, and near their last day; whether the owner was asked, their history tells."""
        return self._due(ArticleTable.expires_on.between(today, today + within))

    def ending(self, today: date, within: timedelta = ASK_BEFORE) -> list[ArticleRow]:
        """Near their last day, or expired as short a time ago."""
        over = ArticleTable.state == ArticleState.EXPIRED.value, ArticleTable.expires_on >= today - within
        query = select(ArticleTable).where(*over).order_by(ArticleTable.expires_on)
        return [*self.expiring(today, within), *map(self._row, self._session.scalars(query))]

    def owners_consultant(self, article: ArticleRow) -> str | None:
        """Which consultant the owner is; None: none."""
        return self._session.get_one(AccountTable, article.owner.id).consultant_id

    def askers(self, article: ArticleRow) -> list[AskerRow]:
        """To whom an edition before this one was said: in an answer that cites it, or by the consultant who wrote it.

        Only those whose body may find this one; what was taken back is left out. By consultation, the first first.
        """
        if article.approved_at is None or article.edition == 1:
            return []
        document = select(DocumentTable.id).where(DocumentTable.path == path_of(article.number)).scalar_subquery()
        cited = (
            select(InquiryTable.id)
            .join(CitationTable, CitationTable.inquiry_id == InquiryTable.id)
            .where(
                CitationTable.document_id == document,
                InquiryTable.decided_at < article.approved_at,
                or_(InquiryTable.outcome == OutcomeKind.ANSWER.value, CitationTable.is_reference),
            )
        )
        answered = (
            select(CaseTable.inquiry_id)
            .join(ArticleTable, ArticleTable.case_id == CaseTable.id)
            .where(
                ArticleTable.number == article.number,
                ArticleTable.edition < article.edition,
                ArticleTable.approved_at.is_not(None),
            )
        )
        asked = InquiryTable
        query = select(asked).where(asked.withdrawn_at.is_(None), asked.id.in_(cited.union(answered)))
        found: dict[str, AskerRow] = {}
        for row in self._session.scalars(query.order_by(asked.received_at)):
            asker = self._asker(article, row)
            if article.for_all or asker.consultation.municipality == article.body:
                found[row.consultation_id] = asker
        return list(found.values())

    def _asker(self, article: ArticleRow, row: InquiryTable) -> AskerRow:
        pages = Pages(self._session)
        told = select(TurnTable.at).where(TurnTable.key == told_key(article.id, ConsultationId(row.consultation_id)))
        consultation = pages.consultation(ConsultationId(row.consultation_id))
        return AskerRow(consultation, pages.inquiry(InquiryId(row.id)), self._session.scalar(told))

    def _due(self, when: ColumnElement[bool]) -> list[ArticleRow]:
        query = select(ArticleTable).where(ArticleTable.state == ArticleState.APPROVED.value, when)
        return [self._row(row) for row in self._session.scalars(query.order_by(ArticleTable.expires_on))]

    def _row(self, row: ArticleTable) -> ArticleRow:
        body = self._session.get_one(MunicipalityTable, row.municipality_code)
        sources = self._session.scalars(
            select(ArticleSourceTable).where(ArticleSourceTable.article_id == row.id).order_by(ArticleSourceTable.rank)
        )
        return ArticleRow(
            id=ArticleId(row.id),
            number=row.number,
            edition=row.edition,
            state=ArticleState(row.state),
            question=row.question,
            answer=row.answer,
            body=Municipality(MunicipalityCode(body.code), body.name, body.prefecture),
            for_all=row.for_all,
            case_id=CaseId(row.case_id) if row.case_id else None,
            author=self._person(row.author_id),
            owner=self._person(row.owner_id),
            expires_on=row.expires_on,
            approved_at=row.approved_at,
            changed_at=row.changed_at,
            sources=tuple(map(_source, sources)),
            history=self._history(row.id),
        )

    def _history(self, article_id: str) -> tuple[ArticleEventRow, ...]:
        events = self._session.execute(
            select(ArticleEventTable, AccountTable.name)
            .outerjoin(AccountTable, AccountTable.id == ArticleEventTable.by)
            .where(ArticleEventTable.article_id == article_id)
            .order_by(ArticleEventTable.id)
        )
        return tuple(
            ArticleEventRow(ArticleDeed(event.deed), event.by, name or "", event.at, event.why)
            for event, name in events
        )

    def _person(self, account_id: str) -> PersonRow:
        return PersonRow(account_id, self._session.get_one(AccountTable, account_id).name)


def told_key(article_id: ArticleId, consultation_id: ConsultationId) -> str:
    """What makes telling a consultation of an edition a deed done once."""
    return f"article:{article_id}:{consultation_id}"


def _source(row: ArticleSourceTable) -> Citation:
    return Citation(
        PassageId(row.passage_id),
        DocumentId(row.document_id),
        row.document_version,
        row.document,
        row.locator,
        row.quote,
        0.0,
    )


def was_asked(article: ArticleRow) -> bool:
    """Whether the owner was asked whether it still holds, since it was approved or renewed last."""
    settled = {ArticleDeed.APPROVE, ArticleDeed.RENEW}
    later = [event.deed for event in article.history if event.deed in settled | {ArticleDeed.ASK}]
    return bool(later) and later[-1] is ArticleDeed.ASK
