"""The book of files: noted with their words, planned, then delivered or refused. Given a session."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consultation.attachment import HELD, Attached, AttachmentState, Unfit
from consultation.inquiry import ConsultationId, InquiryId
from records.base import new_id
from records.held import HeldBook
from records.rows import AttachmentRow
from records.tables import AttachmentTable, InquiryTable


class AttachmentBook:
    """The files inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(
        self, files: Sequence[Attached], at: datetime, *, inquiry_id: str | None = None, turn_id: str | None = None
    ) -> list[AttachmentRow]:
        """Note the files of words, in order; one that is named twice, or was noted before, is one."""
        if not files:
            return []
        standing = {file.ref for file in self.of_inquiry(inquiry_id)} if inquiry_id else set()
        once = [file for ref, file in {file.ref: file for file in files}.items() if ref not in standing]
        rows = [
            AttachmentTable(
                id=new_id(),
                inquiry_id=inquiry_id,
                turn_id=turn_id,
                ordinal=ordinal,
                team=file.team,
                ref=file.ref,
                name=file.name,
                size=file.size,
                state=(AttachmentState.REFUSED if file.unfit else AttachmentState.NOTED).value,
                unfit=file.unfit.value if file.unfit else None,
                changed_at=at,
            )
            for ordinal, file in enumerate(once, start=len(standing) + 1)
        ]
        self._session.add_all(rows)
        self._session.flush()
        return [_row(row) for row in rows]

    def get(self, attachment_id: str) -> AttachmentRow:
        return _row(self._session.get_one(AttachmentTable, attachment_id))

    def of_inquiry(self, inquiry_id: str) -> tuple[AttachmentRow, ...]:
        query = select(AttachmentTable).where(AttachmentTable.inquiry_id == inquiry_id)
        return tuple(map(_row, self._session.scalars(query.order_by(AttachmentTable.ordinal))))

    def of_turn(self, turn_id: str) -> tuple[AttachmentRow, ...]:
        query = select(AttachmentTable).where(AttachmentTable.turn_id == turn_id)
        return tuple(map(_row, self._session.scalars(query.order_by(AttachmentTable.ordinal))))

    def asked_with(self, consultation_id: ConsultationId) -> list[AttachmentRow]:
        """The municipality's files of a consultation, in order; none whose words were taken back, or are to come."""
        query = (
            select(AttachmentTable)
            .join(InquiryTable, InquiryTable.id == AttachmentTable.inquiry_id)
            .where(
                InquiryTable.consultation_id == consultation_id,
                InquiryTable.withdrawn_at.is_(None),
                InquiryTable.outcome.is_not(None),
            )
            .order_by(InquiryTable.ordinal, AttachmentTable.ordinal)
        )
        return [_row(row) for row in self._session.scalars(query)]

    def plan(self, attachment_id: str, at: datetime) -> None:
        self._set(attachment_id, AttachmentState.PLANNED, at)

    def unplan(self, attachment_id: str, at: datetime) -> None:
        """It was not sent after all, and may be later."""
        self._set(attachment_id, AttachmentState.NOTED, at)

    def learn(self, attachment_id: str, name: str, size: int) -> None:
        """What only its workspace could say of it. What was taken back stays without a name."""
        row = self._session.get_one(AttachmentTable, attachment_id)
        asked = self._session.get(InquiryTable, row.inquiry_id) if row.inquiry_id else None
        row.size = size
        if asked is None or asked.withdrawn_at is None:
            row.name = name

    def uploaded(self, attachment_id: str, upload_ref: str) -> None:
        """Note the copy before it becomes visible: whoever tries again looks for it first."""
        self._session.get_one(AttachmentTable, attachment_id).upload_ref = upload_ref

    def deliver(self, attachment_id: str, at: datetime) -> None:
        self._set(attachment_id, AttachmentState.DELIVERED, at).unfit = None

    def refuse(self, attachment_id: str, why: Unfit, at: datetime) -> None:
        self._set(attachment_id, AttachmentState.REFUSED, at).unfit = why.value

    def forget(self, inquiry_id: str, at: datetime) -> None:
        """Its question was taken back: the names go, and what we hold. Copies keep their id, to be taken away."""
        theirs = update(AttachmentTable).where(AttachmentTable.inquiry_id == inquiry_id)
        self._session.execute(theirs.values(name="", changed_at=at))
        self.let_go(self.of_inquiry(inquiry_id), at)

    def let_go(self, files: Sequence[Attached] | Sequence[AttachmentRow], at: datetime) -> None:
        """What we hold of them goes at once."""
        HeldBook(self._session).let_go([file.ref for file in files if file.team == HELD], at)

    def copies_of(self, inquiry_ids: Sequence[InquiryId]) -> list[AttachmentRow]:
        """The files of these questions of which a copy stands, or may."""
        query = select(AttachmentTable).where(
            AttachmentTable.inquiry_id.in_(inquiry_ids), AttachmentTable.state == AttachmentState.DELIVERED.value
        )
        return [_row(row) for row in self._session.scalars(query)]

    def _set(self, attachment_id: str, state: AttachmentState, at: datetime) -> AttachmentTable:
        row = self._session.get_one(AttachmentTable, attachment_id)
        row.state, row.changed_at = state.value, at
        return row


def _row(row: AttachmentTable) -> AttachmentRow:
    return AttachmentRow(
        id=row.id,
        inquiry_id=InquiryId(row.inquiry_id) if row.inquiry_id else None,
        turn_id=row.turn_id,
        team=row.team,
        ref=row.ref,
        name=row.name,
        size=row.size,
        state=AttachmentState(row.state),
        unfit=Unfit(row.unfit) if row.unfit else None,
        upload_ref=row.upload_ref,
        let_go_at=row.let_go_at,
    )
