"""The book of deliveries: each visible thing is one row, written before it is posted. Given a session."""

from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from consultation.case import CaseId
from consultation.inquiry import Channel, ConsultationId, InquiryId, Place
from records.rows import DeliveryRow
from records.tables import CaseTable, DeliveryTable, InquiryTable

WAITING, ATTEMPTED, POSTED, FAILED, DROPPED = "waiting", "attempted", "posted", "failed", "dropped"
NO_CARD = "no_card"
"""What fails with a case's card, which is listed for it, and is retried with it."""
DRAFT = "draft"
"""Purpose and state of a message that shows an answer while it is written; the outcome's post takes it over."""


class PostBook:
    """The deliveries inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(  # noqa: PLR0913  the subject is one of three, by name
        self,
        purpose: str,
        place: Place,
        at: datetime,
        *,
        inquiry_id: InquiryId | None = None,
        case_id: CaseId | None = None,
        turn_id: str | None = None,
        occasion: str = "",
    ) -> DeliveryRow:
        """Plan one delivery; its id follows from purpose, subject and occasion: planning twice is planning once."""
        delivery_id = ":".join(filter(None, (purpose, turn_id or case_id or inquiry_id, occasion)))
        row = self._session.scalar(select(DeliveryTable).where(DeliveryTable.id == delivery_id))
        if row is None:
            row = DeliveryTable(
                id=delivery_id,
                purpose=purpose,
                channel=place.channel.value,
                team=place.team,
                room=place.room,
                thread=place.thread,
                inquiry_id=inquiry_id,
                case_id=case_id,
                turn_id=turn_id,
                state=WAITING,
                created_at=at,
            )
            self._session.add(row)
            self._session.flush()
        return _row(row)

    def get(self, delivery_id: str) -> DeliveryRow:
        return _row(self._row(delivery_id))

    def find(self, delivery_id: str) -> DeliveryRow | None:
        row = self._session.scalar(select(DeliveryTable).where(DeliveryTable.id == delivery_id))
        return _row(row) if row else None

    def about(self, purpose: str, inquiry_id: InquiryId) -> list[DeliveryRow]:
        """The deliveries of that purpose for a question, whether they stand or are on their way."""
        rows = select(DeliveryTable).where(DeliveryTable.purpose == purpose, DeliveryTable.inquiry_id == inquiry_id)
        return [_row(row) for row in self._session.scalars(rows.order_by(DeliveryTable.ordinal))]

    def case_at(self, purpose: str, room: str, ref: str) -> CaseId | None:
        """The case whose delivery of that purpose stands there."""
        query = select(DeliveryTable.case_id).where(
            DeliveryTable.purpose == purpose, DeliveryTable.room == room, DeliveryTable.posted_ref == ref
        )
        found = self._session.scalar(query.limit(1))
        return CaseId(found) if found else None

    def may_stand(self, purpose: str, room: str) -> bool:
        """Whether a post of that purpose may stand in the room already, and we do not know yet where."""
        query = select(DeliveryTable.id).where(
            DeliveryTable.purpose == purpose, DeliveryTable.room == room, DeliveryTable.state == ATTEMPTED
        )
        return self._session.scalar(query.limit(1)) is not None

    def due(self, upto: DeliveryRow) -> list[DeliveryRow]:
        """What is still to be posted in the delivery's lane, itself included and nothing after it, in order."""
        place = upto.place
        rows = self._session.scalars(
            select(DeliveryTable)
            .where(
                DeliveryTable.channel == place.channel.value,
                DeliveryTable.team == place.team,
                DeliveryTable.room == place.room,
                DeliveryTable.state.in_((WAITING, ATTEMPTED)),
                DeliveryTable.ordinal <= upto.ordinal,
            )
            .order_by(DeliveryTable.ordinal)
        )
        return [_row(row) for row in rows]

    def posted(self, purpose: str, case_id: CaseId) -> DeliveryRow | None:
        """The delivery of that purpose for a case, once it stands somewhere (the newest)."""
        row = self._session.scalar(
            select(DeliveryTable)
            .where(DeliveryTable.purpose == purpose, DeliveryTable.case_id == case_id, DeliveryTable.state == POSTED)
            .order_by(DeliveryTable.posted_at.desc())
            .limit(1)
        )
        return _row(row) if row else None

    def carried(self, purpose: str, attachment_id: str) -> list[DeliveryRow]:
        """The deliveries that carry a file."""
        query = select(DeliveryTable).where(
            DeliveryTable.purpose == purpose, DeliveryTable.id.endswith(f":{attachment_id}", autoescape=True)
        )
        return [_row(row) for row in self._session.scalars(query)]

    def draft(self, inquiry_id: InquiryId, place: Place, at: datetime) -> bool:
        """Note, before it is shown, that a draft of the question's answer may stand there. False: noted before."""
        if self.draft_of(inquiry_id) is not None:
            return False
        row = self.plan(DRAFT, place, at, inquiry_id=inquiry_id)
        self._row(row.id).state = DRAFT
        return True

    def drafted(self, inquiry_id: InquiryId, ref: str) -> None:
        """Note where the draft stands (Slack's ts)."""
        self._row(_draft_id(inquiry_id)).posted_ref = ref

    def draft_of(self, inquiry_id: InquiryId) -> DeliveryRow | None:
        """The draft of the question's answer, where one was ever begun."""
        row = self._session.scalar(select(DeliveryTable).where(DeliveryTable.id == _draft_id(inquiry_id)))
        return _row(row) if row else None

    def refs_of_others(self, draft: DeliveryRow) -> frozenset[str]:
        """Where other questions' letters and drafts stand in the draft's room."""
        place = draft.place
        query = select(DeliveryTable.posted_ref).where(
            DeliveryTable.channel == place.channel.value,
            DeliveryTable.team == place.team,
            DeliveryTable.room == place.room,
            DeliveryTable.thread == place.thread,
            DeliveryTable.posted_ref.is_not(None),
            DeliveryTable.inquiry_id.is_distinct_from(draft.inquiry_id),
        )
        return frozenset(ref for ref in self._session.scalars(query) if ref)

    def attempt(self, delivery_id: str) -> None:
        """Note that a post may stand from now on: before a repeat, look."""
        row = self._row(delivery_id)
        if row.state == WAITING:
            row.state = ATTEMPTED

    def settle(self, delivery_id: str, ref: str, at: datetime) -> None:
        """Note where it stands (Slack's ts)."""
        row = self._row(delivery_id)
        row.state, row.posted_ref, row.posted_at, row.failure = POSTED, ref, at, None

    def fail(self, delivery_id: str, failure: str) -> None:
        """Note that it will never stand there, and why: `doctor` and the log show it."""
        row = self._row(delivery_id)
        row.state, row.failure = FAILED, failure

    def hold(self, delivery_id: str, failure: str) -> None:
        """Note that it was refused and goes on waiting, and why: its room is closed for now."""
        row = self._row(delivery_id)
        row.failure = failure

    def retry(self, delivery_id: str | None = None) -> list[DeliveryRow]:
        """Have what failed, or one of it (with what failed with it), wait again in its old place of the order."""
        failed = select(DeliveryTable).where(DeliveryTable.state == FAILED).order_by(DeliveryTable.ordinal)
        if delivery_id is not None:
            case_id = select(DeliveryTable.case_id).where(DeliveryTable.id == delivery_id).scalar_subquery()
            is_with_it = and_(DeliveryTable.case_id == case_id, DeliveryTable.failure == NO_CARD)
            failed = failed.where(or_(DeliveryTable.id == delivery_id, is_with_it))
        rows = list(self._session.scalars(failed))
        for row in rows:
            row.state, row.failure = ATTEMPTED, row.failure or "given_up"  # it may stand: a look comes first
        self._session.flush()
        return [_row(row) for row in rows]

    def held(self) -> list[DeliveryRow]:
        """The last that waits for each closed room: whoever posts it posts the others first."""
        return list({row.place.lane: row for row in self.waiting_for_room()}.values())

    def waiting_for_room(self) -> list[DeliveryRow]:
        """All that waits for rooms in which something was refused, in order, the refused one first."""
        waiting = self.unsettled()
        closed = {row.place.lane for row in waiting if row.failure is not None}
        return [row for row in waiting if row.place.lane in closed]

    def newest(self, purpose: str, case_id: CaseId | None) -> DeliveryRow | None:
        """The delivery of that purpose planned last for a case, whatever became of it."""
        row = self._session.scalar(_of_case(purpose, case_id).order_by(DeliveryTable.ordinal.desc()).limit(1))
        return _row(row) if row else None

    def first_of(self, purpose: str, case_id: CaseId) -> DeliveryRow | None:
        """The delivery of that purpose for a case, whatever became of it (the oldest)."""
        row = self._session.scalar(_of_case(purpose, case_id).order_by(DeliveryTable.ordinal).limit(1))
        return _row(row) if row else None

    def undelivered(self, consultation_id: ConsultationId | None = None) -> list[DeliveryRow]:
        """What failed for good, of a consultation or at all, in order."""
        is_listed = DeliveryTable.failure.is_distinct_from(NO_CARD)
        query = select(DeliveryTable).where(DeliveryTable.state == FAILED, is_listed).order_by(DeliveryTable.ordinal)
        if consultation_id is not None:
            cases = select(CaseTable.id).where(CaseTable.consultation_id == consultation_id)
            inquiries = select(InquiryTable.id).where(InquiryTable.consultation_id == consultation_id)
            query = query.where(or_(DeliveryTable.case_id.in_(cases), DeliveryTable.inquiry_id.in_(inquiries)))
        return [_row(row) for row in self._session.scalars(query)]

    def drop(self, delivery_id: str) -> None:
        """Note that it need not stand there any more (its question was withdrawn before)."""
        self._row(delivery_id).state = DROPPED

    def unsettled(self) -> list[DeliveryRow]:
        """What was planned and does not stand yet, in order."""
        states = (WAITING, ATTEMPTED)
        query = select(DeliveryTable).where(DeliveryTable.state.in_(states)).order_by(DeliveryTable.ordinal)
        return [_row(row) for row in self._session.scalars(query)]

    def failed(self) -> list[tuple[str, str]]:
        """Deliveries that failed for good, with the reason."""
        return [(row.id, row.failure or "") for row in self.undelivered()]

    def _row(self, delivery_id: str) -> DeliveryTable:
        return self._session.scalars(select(DeliveryTable).where(DeliveryTable.id == delivery_id)).one()


def _of_case(purpose: str, case_id: CaseId | None) -> Select[DeliveryTable]:
    return select(DeliveryTable).where(DeliveryTable.purpose == purpose, DeliveryTable.case_id == case_id)


def _draft_id(inquiry_id: InquiryId) -> str:
    return f"{DRAFT}:{inquiry_id}"


def _row(row: DeliveryTable) -> DeliveryRow:
    return DeliveryRow(
        id=row.id,
        ordinal=row.ordinal,
        purpose=row.purpose,
        place=Place(Channel(row.channel), row.team, row.room, row.thread),
        inquiry_id=InquiryId(row.inquiry_id) if row.inquiry_id else None,
        case_id=CaseId(row.case_id) if row.case_id else None,
        turn_id=row.turn_id,
        state=row.state,
        posted_ref=row.posted_ref,
        failure=row.failure,
    )
