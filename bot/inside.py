"""What the acts work with: the desk, the log, and who the clicker is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot import wording
from bot.clicks import Click
from consultation.attachment import LARGEST
from consultation.case import CaseId, Consultant
from consultation.errors import BadInput, Unavailable
from consultation.inquiry import Channel, ConsultationId, InquiryId, Place
from consultation.municipality import MunicipalityCode
from desk import wording as desk_wording
from desk.casework import Deed, Refused
from desk.desk import Desk
from desk.letters import Purpose
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.replies import ReplyBook, ReplyRow
from records.rows import CaseRow, ConsultationRow, InquiryRow


class Hand(Protocol):
    """Whoever clicked, wrote, pointed or sent off, and in which workspace of ours."""

    @property
    def team(self) -> str: ...

    @property
    def user(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Inside:
    """The desk and the log, asked on behalf of somebody in Slack. What is not theirs is not found."""

    desk: Desk
    ledger: Ledger
    largest_file: int = LARGEST
    """In bytes: what is passed on at most."""
    takes_files: Callable[[str], bool] = lambda _team: True
    """Whether the app may have files there: not installed anew since, it would have no modal with a file input."""

    def consultant(self, who: Hand) -> Consultant | None:
        """Somebody registered, in the consultants' workspace: elsewhere the same id may be somebody else's."""
        return self.consultant_at(who.team, who.user)

    def consultant_at(self, team: str, user: str) -> Consultant | None:
        theirs = self.desk.consultants
        if theirs is not None and theirs.team not in {"", team}:
            return None
        return self.ledger.read(lambda session: Registry(session).consultant_in_slack(user))

    def consultants(self) -> list[Consultant]:
        return self.ledger.read(lambda session: Registry(session).consultants())

    def body(self, click: Click) -> MunicipalityCode:
        """The body on whose behalf the click is made. Raises NotYours where there is none."""
        place = Place(Channel.SLACK, click.team, click.channel, click.thread or "")
        found = self.ledger.read(lambda session: body_in(session, place, click.user))
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

    def case_under(self, room: str, thread: str) -> CaseRow | None:
        """The case whose card stands there. Raises Unavailable while a card may stand and nobody knows yet where."""

        def view(session: Session) -> CaseRow | None:
            posts = PostBook(session)
            found = posts.case_at(Purpose.CARD, room, thread)
            if found is None and posts.may_stand(Purpose.CARD, room):
                raise Unavailable("a card is on its way")
            return Pages(session).case(found) if found is not None else None

        return self.ledger.read(view)

    def reply_of(self, key: str) -> ReplyRow | None:
        """What was sent under this identity."""
        return self.ledger.read(lambda session: ReplyBook(session).of_key(key))

    def owned(self, click: Click) -> tuple[CaseRow, Consultant]:
        """The case and its owner, where that is the clicker. Raises BadInput, which says why not."""
        return self.owner_of(self.case(click.value), click)

    def owner_of(self, case: CaseRow, who: Hand) -> tuple[CaseRow, Consultant]:
        """As `owned`, where the case is known."""
        consultant = self.consultant(who)
        if consultant is None:
            raise BadInput(desk_wording.NOT_CONSULTANT)
        if case.owner is None:
            raise BadInput(desk_wording.NOT_CLAIMED)
        if case.owner.id != consultant.id:
            raise BadInput(desk_wording.NOT_OWNER.format(owner=case.owner.name))
        return case, consultant


def body_in(session: Session, place: Place, user: str) -> MunicipalityCode | None:
    """The body of somebody at a place: by the register; in a direct message, the one that its thread was begun for."""
    found = Registry(session).body_at(place.team, place.room, user)
    if found is not None or not place.room.startswith("D"):
        return found
    standing = Pages(session).consultation_at(place)
    if standing is None or standing.asker_id != f"{place.team}:{user}":
        return None
    body = standing.municipality.code
    return None if Registry(session).has_left(body) else body


class NotYours(BadInput):
    """The clicker belongs to no body here."""

    def __init__(self) -> None:
        super().__init__(wording.NOT_YOURS)


def refusal(deed: Deed) -> str | None:
    """What to tell the clicker: nothing where the deed is done, since the thread or the card shows it."""
    return deed.sentence if isinstance(deed, Refused) else None
