"""The read side of the log: typed rows for pages, cards and exports. Given a session; every query takes its tenant.

`body` None means: one who may see all bodies (consultant, reviewer, operator).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consultation.case import (
    OPEN_STATES,
    CaseDeed,
    CaseEvent,
    CaseId,
    CaseState,
    Consultant,
    ConsultantId,
)
from consultation.consent import Consent
from consultation.errors import NotFound
from consultation.inquiry import Channel, ConsultationId, InquiryId, MessageKey, Place, Wish
from consultation.municipality import Municipality, MunicipalityCode
from consultation.outcome import Citation, OutcomeKind, Reason
from consultation.passage import DocumentId, PassageId
from records.attachments import AttachmentBook
from records.book import ASKER
from records.ratings import Ratings
from records.registry import consultant_from
from records.roster import Roster
from records.rows import (
    CaseRow,
    ConsultationFile,
    ConsultationRow,
    InquiryRow,
    LogLine,
    TurnRow,
)
from records.tables import (
    CaseEventTable,
    CaseTable,
    CitationTable,
    ConsultantTable,
    ConsultationTable,
    EarlierWordingTable,
    FeedbackTable,
    InquiryTable,
    MunicipalityTable,
    TurnTable,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a reviewer looks for in the log; empty fields do not narrow."""

    body: MunicipalityCode | None = None
    outcome: OutcomeKind | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


class Pages:
    """The read side inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def inquiry(self, inquiry_id: InquiryId, body: MunicipalityCode | None = None) -> InquiryRow:
        """One question. Raises NotFound: it is not there, or not that body's."""
        row = self._session.get(InquiryTable, inquiry_id)
        if row is None or not self._may(row.consultation_id, body):
            raise NotFound("この質問は見つかりません。")
        return self._inquiry(row)

    def inquiry_of(self, key: MessageKey) -> InquiryRow | None:
        """The question that a message is, if it is one."""
        row = self._session.scalar(select(InquiryTable).where(InquiryTable.key == key))
        return self._inquiry(row) if row else None

    def consultation(self, consultation_id: ConsultationId, body: MunicipalityCode | None = None) -> ConsultationRow:
        row = self._session.get(ConsultationTable, consultation_id)
        if row is None or not self._may(row.id, body):
            raise NotFound("この相談は見つかりません。")
        return self._consultation(row)

    def consultation_at(self, place: Place) -> ConsultationRow | None:
        """The consultation that is held at a place, if one is."""
        row = self._session.scalar(
            select(ConsultationTable).where(
                ConsultationTable.channel == place.channel.value,
                ConsultationTable.team == place.team,
                ConsultationTable.room == place.room,
                ConsultationTable.thread == place.thread,
            )
        )
        return self._consultation(row) if row else None

    def file(self, consultation_id: ConsultationId, body: MunicipalityCode | None = None) -> ConsultationFile:
        """Everything of one consultation, in order."""
        consultation = self.consultation(consultation_id, body)
        inquiries = self._session.scalars(
            select(InquiryTable).where(InquiryTable.consultation_id == consultation_id).order_by(InquiryTable.ordinal)
        )
        turns = self._session.scalars(
            select(TurnTable).where(TurnTable.consultation_id == consultation_id).order_by(TurnTable.ordinal)
        )
        cases = self._session.scalars(
            select(CaseTable).where(CaseTable.consultation_id == consultation_id).order_by(CaseTable.opened_at)
        )
        return ConsultationFile(
            consultation,
            tuple(self._inquiry(row) for row in inquiries),
            tuple(self._turn(row) for row in turns),
            tuple(self._case(row) for row in cases),
        )

    def case(self, case_id: CaseId, body: MunicipalityCode | None = None) -> CaseRow:
        row = self._session.get(CaseTable, case_id)
        if row is None or not self._may(row.consultation_id, body):
            raise NotFound("この引継ぎは見つかりません。")
        return self._case(row)

    def turn(self, turn_id: str) -> TurnRow:
        return self._turn(self._session.get_one(TurnTable, turn_id))

    def open_cases(self) -> list[CaseRow]:
        """Every open case, the longest waiting first (consultants see all bodies)."""
        states = [state.value for state in OPEN_STATES]
        rows = self._session.scalars(select(CaseTable).where(CaseTable.state.in_(states)).order_by(CaseTable.opened_at))
        return [self._case(row) for row in rows]

    def watched_cases(self) -> list[CaseRow]:
        """Those whose clock runs: the open ones, and those of which it is asked whether they are solved."""
        states = [state.value for state in (*OPEN_STATES, CaseState.RESOLVED)]
        return [self._case(row) for row in self._session.scalars(select(CaseTable).where(CaseTable.state.in_(states)))]

    def log(self, wanted: LogFilter, offset: int = 0, limit: int = PAGE) -> list[LogLine]:
        """The log's lines, newest first."""
        rows = self._session.execute(_narrowed(wanted).offset(offset).limit(limit)).all()
        return [
            LogLine(self._inquiry(inquiry), self._consultation(consultation), CaseState(state) if state else None)
            for inquiry, consultation, state in rows
        ]

    def asked_consent(self) -> list[InquiryRow]:
        """Questions whose askers were asked once whether they want a person, and have not said."""
        query = select(InquiryTable).where(
            InquiryTable.consent == Consent.ASKED.value, InquiryTable.withdrawn_at.is_(None)
        )
        return [self._inquiry(row) for row in self._session.scalars(query)]

    def unstarted(self) -> list[InquiryId]:
        """Questions that were entered and are neither decided nor withdrawn, oldest first."""
        query = select(InquiryTable.id).where(InquiryTable.outcome.is_(None), InquiryTable.withdrawn_at.is_(None))
        return [InquiryId(found) for found in self._session.scalars(query.order_by(InquiryTable.received_at))]

    def _may(self, consultation_id: str, body: MunicipalityCode | None) -> bool:
        if body is None:
            return True
        owner = select(ConsultationTable.municipality_code).where(ConsultationTable.id == consultation_id)
        return self._session.scalar(owner) == body

    def _consultation(self, row: ConsultationTable) -> ConsultationRow:
        body = self._session.get_one(MunicipalityTable, row.municipality_code)
        return ConsultationRow(
            ConsultationId(row.id),
            row.number,
            Municipality(MunicipalityCode(body.code), body.name, body.prefecture),
            Place(Channel(row.channel), row.team, row.room, row.thread),
            row.asker_id,
            row.asker_name,
            row.opened_at,
        )

    def _case(self, row: CaseTable) -> CaseRow:
        events = self._session.scalars(
            select(CaseEventTable).where(CaseEventTable.case_id == row.id).order_by(CaseEventTable.id)
        )
        consultation = self.consultation(ConsultationId(row.consultation_id))
        return CaseRow(
            CaseId(row.id),
            consultation,
            self.inquiry(InquiryId(row.inquiry_id)),
            CaseState(row.state),
            Reason(row.reason),
            self._consultant(row.owner_id),
            row.opened_at,
            tuple(map(event_from, events)),
            self._consultant(row.turned_to_id),
            row.topic,
            row.is_urgent,
            Roster(self._session).team_of(consultation.municipality.code),
            Ratings(self._session).of(row.id),
        )

    def _consultant(self, consultant_id: str | None) -> Consultant | None:
        row = self._session.get(ConsultantTable, consultant_id) if consultant_id else None
        return consultant_from(row) if row else None

    def _turn(self, row: TurnTable) -> TurnRow:
        inquiry_id = InquiryId(row.inquiry_id) if row.inquiry_id else None
        changed = row.revised_at is not None or row.withdrawn_at is not None
        earlier = tuple(self._session.scalars(_earlier(row.id))) if changed else ()
        book, is_asked = AttachmentBook(self._session), row.speaker == ASKER and row.inquiry_id is not None
        files = book.of_inquiry(row.inquiry_id or "") if is_asked else book.of_turn(row.id)
        return TurnRow(
            *(row.speaker, row.name, row.text, row.at, inquiry_id, row.id),
            *(row.revised_at, row.withdrawn_at),
            earlier,
            files,
        )

    def _inquiry(self, row: InquiryTable) -> InquiryRow:
        citations = self._session.scalars(
            select(CitationTable).where(CitationTable.inquiry_id == row.id).order_by(CitationTable.rank)
        )
        verdict = self._session.scalar(
            select(FeedbackTable.helpful)
            .where(FeedbackTable.inquiry_id == row.id)
            .order_by(FeedbackTable.at.desc())
            .limit(1)
        )
        return InquiryRow(
            id=InquiryId(row.id),
            consultation_id=ConsultationId(row.consultation_id),
            key=row.key,
            ordinal=row.ordinal,
            asker_id=row.asker_id,
            asker_name=row.asker_name,
            text=row.text,
            masked=tuple(row.masked),
            chosen=row.chosen,
            received_at=row.received_at,
            withdrawn_at=row.withdrawn_at,
            outcome=OutcomeKind(row.outcome) if row.outcome else None,
            reason=Reason(row.reason) if row.reason else None,
            answer=row.answer or "",
            choices=tuple(row.choices),
            draft=row.draft,
            confidence=row.confidence or 0.0,
            features=row.features,
            versions=row.versions,
            took_ms=row.took_ms,
            usage=row.usage,
            decided_at=row.decided_at,
            citations=tuple(_citation(citation) for citation in citations),
            helpful=verdict,
            consent=Consent(row.consent) if row.consent else None,
            wish=Wish(row.wants_person, row.topic, row.needed_by),
            threshold=row.threshold,
            amended_at=row.amended_at,
            files=AttachmentBook(self._session).of_inquiry(row.id),
        )


def event_from(row: CaseEventTable) -> CaseEvent:
    to = ConsultantId(row.to_id) if row.to_id else None
    return CaseEvent(CaseDeed(row.deed), row.by, row.at, row.why, to, row.value)


def _earlier(turn_id: str) -> Select[str]:
    wordings = select(EarlierWordingTable.text).where(EarlierWordingTable.turn_id == turn_id)
    return wordings.order_by(EarlierWordingTable.id)


def _citation(row: CitationTable) -> Citation:
    return Citation(
        PassageId(row.passage_id),
        DocumentId(row.document_id),
        row.document_version,
        row.document,
        row.locator,
        row.quote,
        row.score,
        row.is_reference,
    )


def _narrowed(wanted: LogFilter) -> Select[InquiryTable, ConsultationTable, str]:
    query = (
        select(InquiryTable, ConsultationTable, CaseTable.state)
        .join(ConsultationTable, ConsultationTable.id == InquiryTable.consultation_id)
        .outerjoin(CaseTable, CaseTable.inquiry_id == InquiryTable.id)
        .order_by(InquiryTable.received_at.desc(), InquiryTable.ordinal.desc())
    )
    if wanted.body:
        query = query.where(ConsultationTable.municipality_code == wanted.body)
    if wanted.outcome:
        query = query.where(InquiryTable.outcome == wanted.outcome.value)
    if wanted.since:
        query = query.where(InquiryTable.received_at >= wanted.since)
    if wanted.until:
        query = query.where(InquiryTable.received_at < wanted.until)
    for word in wanted.words.split():
        query = query.where(
            or_(
                InquiryTable.text.icontains(word, autoescape=True),
                InquiryTable.answer.icontains(word, autoescape=True),
                ConsultationTable.number.icontains(word, autoescape=True),
            )
        )
    return query
