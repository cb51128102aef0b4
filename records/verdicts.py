"""Reviewers' verdicts on the machine's answers, as they are read. Given a session; Book writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from consultation.inquiry import ConsultationId, InquiryId
from records.accounts import AccountId
from records.tables import AccountTable, CitationTable, InquiryTable, VerdictEventTable, VerdictTable

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A verdict as it was given; a reviewer's last one counts."""

    by: AccountId
    name: str
    is_right: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """An answer that the gate let through from `threshold` on, and the latest verdict on it."""

    document: str
    """That it cites first; empty: none."""
    confidence: float
    threshold: float
    features: dict[str, float]
    versions: dict[str, str]
    is_right: bool


class Verdicts:
    """The verdicts inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def on(self, consultation_id: ConsultationId) -> Mapping[InquiryId, tuple[VerdictRow, ...]]:
        """All that were ever given, by question, in order."""
        found = self._session.execute(
            select(VerdictTable.inquiry_id, VerdictTable.by, AccountTable.name, VerdictEventTable)
            .join(VerdictEventTable, VerdictEventTable.verdict_id == VerdictTable.id)
            .join(AccountTable, AccountTable.id == VerdictTable.by)
            .join(InquiryTable, InquiryTable.id == VerdictTable.inquiry_id)
            .where(InquiryTable.consultation_id == consultation_id)
            .order_by(VerdictTable.inquiry_id, VerdictEventTable.id)
        )
        return {
            InquiryId(inquiry_id): tuple(
                VerdictRow(AccountId(by), name, event.is_right, event.at) for _, by, name, event in rows
            )
            for inquiry_id, rows in groupby(found, key=lambda row: row[0])
        }

    def seen(self, since: datetime = EVER) -> tuple[int, datetime | None]:
        """How many there are from then on, and when the last was given: while both stay, none came, went or changed."""
        counted = select(func.count(), func.max(VerdictTable.at)).where(VerdictTable.at >= since)
        count, latest = self._session.execute(counted).one()
        return count, latest

    def judged(self, since: datetime = EVER) -> list[JudgedRow]:
        """Every answer that the gate let through and that was judged from then on, the longest ago first."""
        asked = InquiryTable
        found = self._session.execute(
            select(
                asked.id,
                CitationTable.document_id,
                asked.confidence,
                asked.threshold,
                asked.features,
                asked.versions,
                VerdictTable.is_right,
            )
            .join(asked, asked.id == VerdictTable.inquiry_id)
            .outerjoin(CitationTable, and_(CitationTable.inquiry_id == asked.id, CitationTable.rank == 1))
            .where(VerdictTable.at >= since, asked.threshold.is_not(None))
            .order_by(VerdictTable.at, VerdictTable.id)
        )
        rows: dict[str, JudgedRow] = {}
        for inquiry_id, document, confidence, threshold, *rest in found:
            rows.pop(inquiry_id, None)  # of several reviewers the latest counts
            rows[inquiry_id] = JudgedRow(document or "", confidence or 0.0, threshold, *rest)
        return list(rows.values())
