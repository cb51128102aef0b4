"""Reviewers' verdicts on the machine's answers, as they are read. Given a session; Book writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultation.inquiry import ConsultationId, InquiryId
from records.accounts import AccountId
from records.tables import AccountTable, InquiryTable, VerdictEventTable, VerdictTable


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A verdict as it was given; a reviewer's last one counts."""

    by: AccountId
    name: str
    is_right: bool
    at: datetime


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
