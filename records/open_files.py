"""Files as a reader of their conversation may open them. Given a session; every query takes its tenant."""

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consultation.attachment import HELD, OF_THE_WAY, AttachmentState
from consultation.errors import NotFound
from consultation.municipality import MunicipalityCode
from records.tables import AttachmentTable, CaseTable, ConsultationTable, InquiryTable, TurnTable

CONSULTATION_OF = func.coalesce(InquiryTable.consultation_id, TurnTable.consultation_id)
"""Of a file, in what `of_files` selects."""


def of_files(column: InstrumentedAttribute[str]) -> Select[str]:
    """A column of what files came with, which is a question or a consultant's words."""
    return (
        select(column)
        .select_from(AttachmentTable)
        .outerjoin(InquiryTable, InquiryTable.id == AttachmentTable.inquiry_id)
        .outerjoin(TurnTable, TurnTable.id == AttachmentTable.turn_id)
    )


class OpenFiles:
    """The files inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def check(self, attachment_id: str, body: MunicipalityCode | None) -> None:
        """Raises NotFound: not there, not that body's, not passed on, or its words were taken back."""
        way = [why.value for why in OF_THE_WAY]
        whose = (
            of_files(ConsultationTable.municipality_code)
            .join(ConsultationTable, ConsultationTable.id == CONSULTATION_OF)
            .where(
                AttachmentTable.id == attachment_id,
                or_(
                    AttachmentTable.state != AttachmentState.REFUSED.value,
                    and_(AttachmentTable.team == HELD, AttachmentTable.unfit.in_(way)),
                ),
                func.coalesce(InquiryTable.withdrawn_at, TurnTable.withdrawn_at).is_(None),
            )
        )
        found = self._session.scalar(whose)
        if found is None or body not in {None, found}:
            raise NotFound("このファイルは見つかりません。")

    def is_in_case(self, attachment_id: str) -> bool:
        """Whether its consultation was handed over, so that consultants read it."""
        query = (
            of_files(CaseTable.id)
            .join(CaseTable, CaseTable.consultation_id == CONSULTATION_OF)
            .where(AttachmentTable.id == attachment_id)
        )
        return self._session.scalar(query.limit(1)) is not None
