"""Files as a reader of their conversation may open them. Given a session; every query takes its tenant."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultation.attachment import AttachmentState
from consultation.errors import NotFound
from consultation.municipality import MunicipalityCode
from records.tables import AttachmentTable, CaseTable, ConsultationTable, InquiryTable, TurnTable

# Of which consultation a file is, where question and turn are joined to it.
_CONSULTATION = func.coalesce(InquiryTable.consultation_id, TurnTable.consultation_id)


class OpenFiles:
    """The files inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def check(self, attachment_id: str, body: MunicipalityCode | None) -> None:
        """Raises NotFound: not there, not that body's, not passed on, or its words were taken back."""
        whose = (
            select(ConsultationTable.municipality_code)
            .select_from(AttachmentTable)
            .outerjoin(InquiryTable, InquiryTable.id == AttachmentTable.inquiry_id)
            .outerjoin(TurnTable, TurnTable.id == AttachmentTable.turn_id)
            .join(ConsultationTable, ConsultationTable.id == _CONSULTATION)
            .where(
                AttachmentTable.id == attachment_id,
                AttachmentTable.state != AttachmentState.REFUSED.value,
                func.coalesce(InquiryTable.withdrawn_at, TurnTable.withdrawn_at).is_(None),
            )
        )
        found = self._session.scalar(whose)
        if found is None or body not in {None, found}:
            raise NotFound("このファイルは見つかりません。")

    def is_in_case(self, attachment_id: str) -> bool:
        """Whether its consultation was handed over, so that consultants read it."""
        query = (
            select(CaseTable.id)
            .select_from(AttachmentTable)
            .outerjoin(InquiryTable, InquiryTable.id == AttachmentTable.inquiry_id)
            .outerjoin(TurnTable, TurnTable.id == AttachmentTable.turn_id)
            .join(CaseTable, CaseTable.consultation_id == _CONSULTATION)
            .where(AttachmentTable.id == attachment_id)
        )
        return self._session.scalar(query.limit(1)) is not None
