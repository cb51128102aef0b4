"""What the acts work with: the desk, the log, and who the clicker is there."""

from dataclasses import dataclass

from bot import wording
from bot.clicks import Click
from consultation.attachment import LARGEST
from consultation.case import CaseId, Consultant
from consultation.errors import BadInput
from consultation.inquiry import ConsultationId, InquiryId
from consultation.municipality import MunicipalityCode
from desk import wording as desk_wording
from desk.casework import Deed, Refused
from desk.desk import Desk
from records.casebook import CaseBook
from records.ledger import Ledger
from records.pages import Pages
from records.registry import Registry
from records.rows import CaseRow, ConsultationRow, InquiryRow


@dataclass(frozen=True, slots=True)
class Inside:
    """The desk and the log, asked on behalf of somebody in Slack. What is not theirs is not found."""

    desk: Desk
    ledger: Ledger
    largest_file: int = LARGEST
    """In bytes: what is passed on at most."""
    takes_files: bool = True
    """Whether the app may have files: one that was not installed anew since would have no modal with a file input."""

    def consultant(self, user: str) -> Consultant | None:
        return self.ledger.read(lambda session: Registry(session).consultant_in_slack(user))

    def consultants(self) -> list[Consultant]:
        return self.ledger.read(lambda session: Registry(session).consultants())

    def body(self, click: Click) -> MunicipalityCode:
        """The body on whose behalf the click is made. Raises NotYours where there is none."""
        found = self.ledger.read(lambda session: Registry(session).body_at(click.team, click.channel, click.user))
        if found is None:
            raise NotYours
        return found

    def inquiry(self, click: Click, inquiry_id: str) -> InquiryRow:
        """The question, if it is the clicker's body's."""
        body = self.body(click)
        return self.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id), body))

    def consultation(self, click: Click, consultation_id: str) -> ConsultationRow:
        """The consultation, if it is the clicker's body's."""
        body = self.body(click)
        return self.ledger.read(lambda session: Pages(session).consultation(ConsultationId(consultation_id), body))

    def open_case(self, consultation: ConsultationRow) -> CaseId | None:
        return self.ledger.read(lambda session: CaseBook(session).open_case(consultation.id))

    def last_case(self, consultation: ConsultationRow) -> CaseId | None:
        found = self.ledger.read(lambda session: CaseBook(session).last_case(consultation.id))
        return found[0] if found else None

    def case(self, case_id: str) -> CaseRow:
        return self.ledger.read(lambda session: Pages(session).case(CaseId(case_id)))

    def owned(self, click: Click) -> tuple[CaseRow, Consultant]:
        """The case and its owner, where that is the clicker. Raises BadInput, which says why not."""
        case, consultant = self.case(click.value), self.consultant(click.user)
        if consultant is None:
            raise BadInput(desk_wording.NOT_CONSULTANT)
        if case.owner is None:
            raise BadInput(desk_wording.NOT_CLAIMED)
        if case.owner.id != consultant.id:
            raise BadInput(desk_wording.NOT_OWNER.format(owner=case.owner.name))
        return case, consultant


class NotYours(BadInput):
    """The clicker belongs to no body here."""

    def __init__(self) -> None:
        super().__init__(wording.NOT_YOURS)


def refusal(deed: Deed) -> str | None:
    """What to tell the clicker: nothing where the deed is done, since the thread or the card shows it."""
    return deed.sentence if isinstance(deed, Refused) else None
